namespace NetGen.Generator;

/// <summary>An ONNX file that cannot be read, or holds what is not supported. The message names the place.</summary>
internal sealed class OnnxException(string message) : FrontEndException(message)
{
    /// <summary>The file is sound, but has an operator that is not supported.</summary>
    public bool IsOperator { get; init; }

    /// <summary>The property of [OnnxNetwork] that has to say more, or something else; empty where none would help.</summary>
    public string Setting { get; init; } = "";

    /// <summary>A name of the file as messages show it: whatever it holds, a piece of one line.</summary>
    public static string Quote(string name) => $"'{FileText.Shown(name)}'";
}
