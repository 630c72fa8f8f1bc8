namespace NetGen.Testing.Onnx;

/// <summary>The rows of a file's vectors as a network takes them: all inputs of a row one after the other, and all outputs.</summary>
internal sealed class OnnxRows
{
    private readonly OnnxVectors _vectors;

    private OnnxRows(OnnxVectors vectors)
    {
        _vectors = vectors;
        Count = vectors.Inputs.Values.First().Shape[0];
    }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    public static OnnxRows Of(OnnxVectors vectors) => new(vectors);

    public double[] Input(int row) => [.. _vectors.Inputs.Values.SelectMany(v => Row(v, row))];

    public double[] Output(int row) => [.. _vectors.Outputs.Values.SelectMany(v => Row(v, row))];

    // What does not depend on the input is the same for all.
    private IEnumerable<double> Row(OnnxVector vector, int row)
    {
        if (vector.Shape.Count == 0 || vector.Shape[0] != Count)
        {
            return vector.Values;
        }

        int length = vector.Values.Count / Count;
        return vector.Values.Skip(row * length).Take(length);
    }
}
