using System.CommandLine;
using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Scaffold;

/// <summary>Prints the class that compiles what is in a file.</summary>
internal static class ScaffoldCommand
{
    public static Command Build(ToolContext context)
    {
        var file = new Argument<string>("FILE") { Description = "An .onnx or .safetensors file." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "What the class is called; the file's name if not given." };
        var space = new Option<string?>("--namespace") { HelpName = "NAME", Description = "Its namespace; none if not given." };
        var training = new Option<bool>("--training") { Description = "Whether the network can be trained on." };
        var options = new OnnxOptions();
        Option<string?> activation = ActivationNames.Option("--activation", "What the hidden layers of a safetensors file end with, which the file does not say.");
        Option<string?> outputActivation = ActivationNames.Option("--output-activation", "The same for the last layer; Linear if not given.");
        var command = new Command("scaffold", "Prints the class that compiles the network of a file, as C# to paste.")
        {
            file, name, space, training, activation, outputActivation,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            InputFile input = InputFile.Of(parsed.GetRequiredValue(file));
            var text = new ClassText(
                input.Name,
                ClassNames.OfClass(parsed.GetValue(name), input),
                ClassNames.OfNamespace(parsed.GetValue(space)),
                parsed.GetValue(training));
            string? hidden = parsed.GetValue(activation), last = parsed.GetValue(outputActivation);
            if (input.Format == ModelFormat.SafeTensors)
            {
                context.Out.Write(OfWeights(WeightsSource.Read(input), hidden, last, text));
            }
            else if ((hidden ?? last) is not null)
            {
                throw new ToolException($"{input.Shown}: an ONNX file says itself which activations it has", ExitCodes.WrongUsage);
            }
            else
            {
                context.Out.Write(text.OfOnnx(OnnxSource.Read(input, options.Read(parsed))));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static string OfWeights(WeightsSource weights, string? activation, string? outputActivation, ClassText text)
    {
        (DenseChain? chain, string problem) = ChainOfWeights.Find(weights, activation ?? ActivationNames.Linear, outputActivation ?? ActivationNames.Linear);
        return chain is null
            ? throw weights.File.Error($"it is no chain of dense layers: {problem}")
            : text.OfWeights(chain, isActivationKnown: activation is not null || chain.Layers.Count == 1, [.. weights.Optimizers().Select(row => row.Name)]);
    }
}
