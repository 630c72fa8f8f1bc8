namespace NetGen.Testing.Onnx;

/// <summary>The value of an attribute, from what is written in C#.</summary>
internal sealed class OnnxValueOf(Action<ProtoMessage> write)
{
    // The types of attributes in onnx.proto.
    private enum Kind
    {
        Float = 1,
        Integer = 2,
        Text = 3,
        Tensor = 4,
        Graph = 5,
        Floats = 6,
        Integers = 7,
        Texts = 8,
    }

    public static implicit operator OnnxValueOf(float value) => Of(Kind.Float, m => m.Add(2, value));

    public static implicit operator OnnxValueOf(int value) => (long)value;

    public static implicit operator OnnxValueOf(long value) => Of(Kind.Integer, m => m.Add(3, value));

    public static implicit operator OnnxValueOf(string value) => Of(Kind.Text, m => m.Add(4, value));

    /// <summary>A tensor, as <see cref="OnnxFile.Tensor(string, int[], float[], NetGen.Generator.OnnxElementType, OnnxStorage)"/> makes it.</summary>
    public static implicit operator OnnxValueOf(ProtoMessage tensor) => Of(Kind.Tensor, m => m.Add(5, tensor));

    public static implicit operator OnnxValueOf(float[] values) => Of(Kind.Floats, m => Array.ForEach(values, v => m.Add(7, v)));

    public static implicit operator OnnxValueOf(long[] values) => Of(Kind.Integers, m => Array.ForEach(values, v => m.Add(8, v)));

    public static implicit operator OnnxValueOf(int[] values) => Array.ConvertAll(values, v => (long)v);

    public static implicit operator OnnxValueOf(string[] values) => Of(Kind.Texts, m => Array.ForEach(values, v => m.Add(9, v)));

    /// <summary>A branch: the graph of a file that is written only to be one.</summary>
    public static implicit operator OnnxValueOf(OnnxFile branch) => Of(Kind.Graph, m => m.Add(6, branch.ToGraph()));

    public ProtoMessage ToMessage(string name)
    {
        ProtoMessage attribute = new ProtoMessage().Add(1, name);
        write(attribute);
        return attribute;
    }

    private static OnnxValueOf Of(Kind kind, Action<ProtoMessage> value) => new(m =>
    {
        value(m);
        m.Add(20, (long)kind);
    });
}
