namespace NetGen.Generator;

/// <summary>An ONNX file that cannot be read, or holds what is not supported. The message names the place.</summary>
internal sealed class OnnxException(string message) : FrontEndException(message)
{
    private const int LongestName = 80;

    /// <summary>The file is sound, but has an operator that is not supported.</summary>
    public bool IsOperator { get; init; }

    /// <summary>A name of the file as messages show it: whatever it holds, a piece of one line.</summary>
    public static string Quote(string name)
    {
        string start = name.Length > LongestName ? name.Substring(0, LongestName) : name;
        string clean = new([.. start.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c)]);
        return start.Length < name.Length ? $"'{clean}…'" : $"'{clean}'";
    }
}
