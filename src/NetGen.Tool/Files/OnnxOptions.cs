using System.CommandLine;

namespace NetGen.Tool.Files;

/// <summary>The options that say what [OnnxNetwork] says of a file.</summary>
internal sealed class OnnxOptions
{
    private readonly Option<string[]> _outputs = Several("--outputs", "NAMES",
        "The values of an ONNX file to compute, its outputs or others on the way to them; the outputs if not given. What only others need is left out.");

    private readonly Option<string[]> _dimensions = Several("--dimensions", "SIZES", "The sizes of axes that an ONNX file leaves open: sequence=576, or state[1]=4 for axis 1 of the input state.");

    private readonly Option<string[]> _constants = Several("--constants", "VALUES", "Inputs of an ONNX file that never change: sr=16000.");

    public void AddTo(Command command)
    {
        command.Options.Add(_outputs);
        command.Options.Add(_dimensions);
        command.Options.Add(_constants);
    }

    public OnnxSettings Read(ParseResult parsed) => new(parsed.GetRequiredValue(_outputs).ToEquatableArray())
    {
        Dimensions = string.Join(", ", parsed.GetRequiredValue(_dimensions)),
        Constants = string.Join(", ", parsed.GetRequiredValue(_constants)),
    };

    private static Option<string[]> Several(string name, string value, string description) => new(name)
    {
        HelpName = value,
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
