using System.Text;

namespace NetGen.Generator;

/// <summary>Writes ExportOnnx: the file is known when the network is compiled, but for the parameters.</summary>
internal sealed class ExportWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string File = "global::NetGen.CompilerServices.OnnxFile";
    private const int PerLine = 24;

    public static void Write(ClassPlan plan, NetworkGraph network, CodeWriter writer)
    {
        var members = new ExportWriter(plan, writer);
        try
        {
            members.Exports(OnnxExporter.Export(network, plan.Model.Type.Declaration.Name, Tool.Name, Tool.Version));
        }
        catch (NotExportableException e)
        {
            members.Refuses(e.Message);
        }
    }

    private void Exports(OnnxExport export)
    {
        foreach (Destination destination in Destination.All)
        {
            using (Member(
                $"public void ExportOnnx({destination.Parameter})",
                $"Writes the network with its parameters as an ONNX file of opset {Literal.Of(OnnxExporter.Opset)}, {destination.Where}.",
                [(destination.Name, destination.Text)],
                throws: destination.Throws))
            {
                Writer.Line("float[] parameters = new float[ParameterCount];");
                Writer.Line("GetParameters(parameters);");
                Writer.Line($"{File}.Write({destination.Name}, OnnxBytes, _onnxHoles, parameters);");
            }
        }

        Writer.Line();
        foreach (string node in export.Nodes)
        {
            Writer.Line($"// {node}");
        }

        Writer.Line("// All of the file but the parameters.");
        Writer.Generated();
        using (Writer.Braces($"private static global::System.ReadOnlySpan<byte> OnnxBytes => new byte[{Literal.Of(export.Bytes.Count)}]", end: "};"))
        {
            for (int i = 0; i < export.Bytes.Count; i += PerLine)
            {
                Writer.Line(Line(export, i));
            }
        }

        Writer.Line();
        Writer.Line("// Where the parameters go among those bytes, and how many floats go there.");
        Writer.Generated();
        string holes = string.Join(", ", export.Holes.Select(h => $"{Literal.Of(h.At)}, {Literal.Of(h.Count)}"));
        Writer.Line($"private static readonly int[] _onnxHoles = {{ {holes} }};");
    }

    // The interface has them, and a caller who has no more than that learns why at the call.
    private void Refuses(string reason)
    {
        foreach (Destination destination in Destination.All)
        {
            Writer.Line();
            Document("Always throws: this network has no form as an ONNX file.", [(destination.Name, "Not looked at.")]);
            Writer.Line($"/// <exception cref=\"T:System.NotSupportedException\">{Xml(char.ToUpperInvariant(reason[0]) + reason.Substring(1))}.</exception>");
            Writer.Generated();
            string text = $"The network '{Plan.Model.Type.Declaration.Name.TrimStart('@')}' has no form as an ONNX file: {reason}.";
            Writer.Line($"public void ExportOnnx({destination.Parameter}) => throw new global::System.NotSupportedException({Literal.Of(text)});");
        }
    }

    private static string Line(OnnxExport export, int start)
    {
        var line = new StringBuilder();
        for (int i = start; i < Math.Min(start + PerLine, export.Bytes.Count); i++)
        {
            line.Append(line.Length > 0 ? " " : "").Append(Literal.Of(export.Bytes[i])).Append(',');
        }

        return line.ToString();
    }

    private sealed record Destination(string Parameter, string Where, string Text, string Throws)
    {
        public static Destination[] All { get; } =
        [
            new("string path", "as a whole or not at all", "Where; a file that is there is replaced.", "The path is not one of a file."),
            new("global::System.IO.Stream destination", "to a stream, which is left open", "Where.", "The stream is null or cannot be written."),
        ];

        public string Name => Parameter.Substring(Parameter.LastIndexOf(' ') + 1);
    }
}
