using System.Text;

namespace NetGen.Generator;

/// <summary>Writes ExportOnnx: the file is known when the network is compiled, but for the parameters.</summary>
internal sealed class ExportWriter(ClassPlan plan, OnnxExport export, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string File = "global::NetGen.CompilerServices.OnnxFile";
    private const int PerLine = 24;

    public void Write()
    {
        Export(
            "string path",
            "as a whole or not at all",
            "Where; a file that is there is replaced.",
            "The path is not one of a file.");
        Export("global::System.IO.Stream destination", "to a stream, which is left open", "Where.", "The stream is null or cannot be written.");

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
                Writer.Line(Line(i));
            }
        }

        Writer.Line();
        Writer.Line("// Where the parameters go among those bytes, and how many floats go there.");
        Writer.Generated();
        string holes = string.Join(", ", export.Holes.Select(h => $"{Literal.Of(h.At)}, {Literal.Of(h.Count)}"));
        Writer.Line($"private static readonly int[] _onnxHoles = {{ {holes} }};");
    }

    private void Export(string parameter, string where, string text, string throws)
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        using (Member(
            $"public void ExportOnnx({parameter})",
            $"Writes the network with its parameters as an ONNX file of opset {Literal.Of(OnnxExporter.Opset)}, {where}.",
            [(name, text)],
            throws: throws))
        {
            Writer.Line("float[] parameters = new float[ParameterCount];");
            Writer.Line("GetParameters(parameters);");
            Writer.Line($"{File}.Write({name}, OnnxBytes, _onnxHoles, parameters);");
        }
    }

    private string Line(int start)
    {
        var line = new StringBuilder();
        for (int i = start; i < Math.Min(start + PerLine, export.Bytes.Count); i++)
        {
            line.Append(line.Length > 0 ? " " : "").Append(Literal.Of(export.Bytes[i])).Append(',');
        }

        return line.ToString();
    }
}
