using NetGen.CompilerServices;

namespace NetGen.Generator;

/// <summary>
/// Writes numbers that are known at compile time: as static data of the assembly, which is there without being parsed,
/// and as what copies them to where they are read.
/// </summary>
internal sealed class StaticDataWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string Parameters = "FileParameters";
    private const string Constants = "FileConstants";

    private const string FloatBytes = "global::NetGen.CompilerServices.FloatBytes";

    private const int PerLine = 8;

    // Of a text.
    private const int CharactersPerLine = 120;

    /// <summary>The data, in logical order.</summary>
    public void WriteData()
    {
        if (Plan.IsTrained)
        {
            Data(Parameters, Plan.StaticParameters);
        }

        if (Plan.Constants.Count > 0)
        {
            Data(Constants, Plan.StaticConstants);
        }
    }

    /// <summary>What fills memory with it.</summary>
    public void WriteLoaders()
    {
        if (Plan.IsTrained)
        {
            Writer.Line();
            Writer.Generated();
            using (Writer.Braces("private static float[] LoadParameters(float[] parameters)"))
            {
                Writer.Line($"{ReadSpan} source = {Read(Parameters, Plan.StaticParameters)};");
                Copy(("Pack(source, parameters);", "source.CopyTo(parameters);"));
                Writer.Line("return parameters;");
            }
        }

        if (Plan.Constants.Count > 0)
        {
            LoadConstants();
        }
    }

    private void LoadConstants()
    {
        Writer.Line();
        Writer.Generated();
        using (Writer.Braces("private static float[] LoadConstants()"))
        {
            Writer.Line($"{ReadSpan} source = {Read(Constants, Plan.StaticConstants)};");
            ByForm(
                () =>
                {
                    Writer.Line($"float[] memory = {Aligned}.Allocate({Literal.Of(Vectors!.ConstantLength)});");
                    foreach ((TensorPlan constant, TensorPlan logical) in Vectors.Constants.Zip(Plan.Constants, (c, l) => (c, l)))
                    {
                        Writer.Line($"source.Slice({Literal.Of(logical.Offset)}, {Literal.Of(logical.Shape.Count)}).CopyTo({VectorSupportWriter.Memory(constant)}); // {constant.Name}");
                    }

                    Writer.Line("return memory;");
                },
                () => Writer.Line("return source.ToArray();"),
                leaves: true);
        }
    }

    private void Data(string name, StaticData data)
    {
        if (data.Form is StaticForm.Floats or StaticForm.Bits)
        {
            Array(name, data);
            return;
        }

        Writer.Line(data.File is { } file
            ? $"// In the file that the build embeds, {FileText.Shown(file.Resource)}."
            : "// The bytes of floats in base 64.");
        Writer.Generated();
        using (Writer.Braces($"private static {ReadSpan} {name}"))
        using (Writer.Braces("get"))
        {
            Writer.Line($"float[] numbers = new float[{Literal.Of(data.Count)}];");
            if (data.File is not null)
            {
                string hash = Literal.Of(FileHash.Of(data.File.Content.AsSpan()));
                Writer.Line($"{FloatBytes} file = {FloatBytes}.OfResource(typeof({Plan.Model.Type.Declaration.Reference}), {Literal.Of(data.File.Resource)}, {Literal.Of(data.File.Content.Count)}, {hash});");
            }

            if (data.Tensors.Any(t => t.Place is null))
            {
                Text(data.Tensors.Where(t => t.Place is null));
            }

            int at = 0, inText = 0;
            foreach (StaticTensor tensor in data.Tensors)
            {
                string destination = $"new {WriteSpan}(numbers, {Literal.Of(at)}, {Literal.Of(tensor.Values.Count)})); // {tensor.Node.Name} {tensor.Node.Shape}";
                if (tensor.Place is not { } place)
                {
                    Writer.Line($"text.Read({Literal.Of(inText)}, {destination}");
                    inText += sizeof(float) * tensor.Values.Count;
                }
                else
                {
                    Writer.Line(place.IsTransposed
                        ? $"file.ReadTransposed({Literal.Of(place.Offset)}, {Literal.Of(tensor.Node.Shape[1])}, {destination}"
                        : $"file.Read({Literal.Of(place.Offset)}, {destination}");
                }

                at += tensor.Values.Count;
            }

            Writer.Line("return numbers;");
        }
    }

    // One literal: a compiler adds up many in its own time.
    private void Text(IEnumerable<StaticTensor> tensors)
    {
        string text = Convert.ToBase64String([.. tensors.SelectMany(t => StaticData.Bytes(t.Values.Values))]);
        Writer.Line($"{FloatBytes} text = {FloatBytes}.OfText(@\"");
        for (int i = 0; i < text.Length; i += CharactersPerLine)
        {
            Writer.Line(text.Substring(i, Math.Min(CharactersPerLine, text.Length - i)));
        }

        Writer.Line("\");");
    }

    private void Array(string name, StaticData data)
    {
        if (data.Form == StaticForm.Bits)
        {
            Bits(name, data);
            return;
        }

        Writer.Line("// Row by row.");
        Writer.Generated();
        using (Writer.Braces($"private static {ReadSpan} {name} => new float[{Literal.Of(data.Count)}]", end: "};"))
        {
            foreach ((Node node, TensorData values) in data.Tensors.Select(t => (t.Node, t.Values)))
            {
                Writer.Line($"// {node.Name} {node.Shape}");
                int perRow = node.Shape.Rank == 2 ? node.Shape[1] : values.Count;
                for (int row = 0; row < values.Count; row += perRow)
                {
                    for (int i = 0; i < perRow; i += PerLine)
                    {
                        Writer.Line(string.Concat(values.Values.Slice(row + i, Math.Min(PerLine, perRow - i)).ToArray().Select(v => Literal.Of(v) + ", ")).TrimEnd());
                    }
                }
            }
        }
    }

    // Half as many numbers for the compiler to read. The first float is the lower half, as in memory.
    private void Bits(string name, StaticData data)
    {
        byte[] bytes = [.. data.Tensors.SelectMany(t => StaticData.Bytes(t.Values.Values)), .. new byte[data.Count % 2 * sizeof(float)]];
        ReadOnlySpan<ulong> pairs = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        Writer.Line($"// The bits of floats, two to a number: {string.Join(", ", data.Tensors.Select(t => $"{t.Node.Name} {t.Node.Shape}"))}.");
        Writer.Generated();
        using (Writer.Braces($"private static global::System.ReadOnlySpan<ulong> {name} => new ulong[{Literal.Of(pairs.Length)}]", end: "};"))
        {
            for (int i = 0; i < pairs.Length; i += PerLine)
            {
                Writer.Line(string.Concat(pairs.Slice(i, Math.Min(PerLine, pairs.Length - i)).ToArray().Select(p => Literal.Of(p) + ", ")).TrimEnd());
            }
        }
    }

    private static string Read(string name, StaticData data) => data.Form == StaticForm.Bits
        ? $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, float>({name}).Slice(0, {Literal.Of(data.Count)})"
        : name;
}
