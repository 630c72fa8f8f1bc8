using System.CommandLine.Invocation;

namespace NetGen.Tool;

/// <summary>The library's help, with examples and exit codes.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private static readonly string[] Examples =
    [
        "netgen inspect policy.onnx",
        "netgen inspect policy.safetensors",
        "netgen inspect policy.onnx --outputs action value",
        "netgen inspect policy.onnx | grep multiply-adds",
        "netgen scaffold policy.onnx --namespace Game > Policy.cs",
        "netgen scaffold policy.safetensors --name Policy --activation relu --output-activation softmax",
        "netgen scaffold policy.safetensors --training --activation tanh",
        "netgen convert policy.onnx policy.safetensors",
        "netgen convert policy.safetensors policy.onnx --activation relu --output-activation softmax",
    ];

    private static readonly string[] ExitCodes =
    [
        "0  done",
        "1  a file cannot be read or written, or holds what is not supported",
        "2  wrong usage",
    ];

    // Help is asked for where something is missing.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        int exitCode = help.Invoke(parsed);
        string command = parsed.CommandResult.Command.Name;
        bool isOfAll = parsed.CommandResult.Parent is null;
        Write("Examples:", isOfAll ? Examples : Examples.Where(e => e.Split(' ')[1] == command));
        parsed.InvocationConfiguration.Output.WriteLine();
        Write("Exit codes:", ExitCodes);
        return exitCode;

        void Write(string title, IEnumerable<string> lines)
        {
            parsed.InvocationConfiguration.Output.WriteLine(title);
            foreach (string line in lines)
            {
                parsed.InvocationConfiguration.Output.WriteLine("  " + line);
            }
        }
    }
}
