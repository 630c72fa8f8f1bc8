namespace NetGen.Generator;

/// <summary>
/// Writes numbers that are known at compile time: as static data of the assembly, which is there without being parsed,
/// and as what copies them to where they are read.
/// </summary>
internal sealed class StaticDataWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string Parameters = "FileParameters";
    private const string Constants = "FileConstants";

    // A compiler takes a float twice as long to read as its bits, and nobody reads more than these.
    private const int MostReadable = 4096;

    private const int PerLine = 8;

    /// <summary>The data, in logical order.</summary>
    public void WriteData()
    {
        if (Plan.IsTrained)
        {
            Data(Parameters, Plan.ParameterCount, Plan.Network.Parameters.Select(p => (p, ((ParameterOp)p.Op).Values!)));
        }

        if (Plan.Constants.Count > 0)
        {
            Data(Constants, Plan.ConstantCount, Plan.Network.Constants.Select(c => (c, ((ConstantVectorOp)c.Op).Values)));
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
                Writer.Line($"{ReadSpan} source = {Read(Parameters, Plan.ParameterCount)};");
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
            Writer.Line($"{ReadSpan} source = {Read(Constants, Plan.ConstantCount)};");
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

    private void Data(string name, int count, IEnumerable<(Node Node, TensorData Values)> tensors)
    {
        bool isReadable = count <= MostReadable;
        string type = isReadable ? "float" : "uint";
        Writer.Line(isReadable ? "// Row by row." : "// The bits of floats, row by row.");
        Writer.Generated();
        using (Writer.Braces($"private static global::System.ReadOnlySpan<{type}> {name} => new {type}[{Literal.Of(count)}]", end: "};"))
        {
            foreach ((Node node, TensorData values) in tensors)
            {
                Writer.Line($"// {node.Name} {node.Shape}");
                int perRow = node.Shape.Rank == 2 ? node.Shape[1] : values.Count;
                for (int row = 0; row < values.Count; row += perRow)
                {
                    for (int i = 0; i < perRow; i += PerLine)
                    {
                        Line(values.Values.Slice(row + i, Math.Min(PerLine, perRow - i)), isReadable);
                    }
                }
            }
        }
    }

    private void Line(ReadOnlySpan<float> values, bool isReadable)
    {
        var line = new System.Text.StringBuilder(values.Length * 16);
        foreach (float value in values)
        {
            line.Append(line.Length > 0 ? ", " : "").Append(isReadable ? Literal.Of(value) : Literal.Bits(value));
        }

        Writer.Line(line.Append(',').ToString());
    }

    private static string Read(string data, int count) =>
        count <= MostReadable ? data : $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<uint, float>({data})";
}
