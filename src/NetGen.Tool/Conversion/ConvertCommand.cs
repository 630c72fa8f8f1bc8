using System.CommandLine;
using NetGen.CompilerServices;
using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Conversion;

/// <summary>From ONNX to safetensors, and back.</summary>
internal static class ConvertCommand
{
    public static Command Build(ToolContext context)
    {
        var input = new Argument<string>("IN") { Description = "The file to read, .onnx or .safetensors." };
        var output = new Argument<string>("OUT") { Description = "The file to write, of the other format." };
        var force = new Option<bool>("--force") { Description = "Replace OUT if it is there." };
        var options = new OnnxOptions();
        Option<string?> activation = ActivationNames.Option("--activation", "What the hidden layers of a safetensors file end with; Linear if not given.");
        Option<string?> outputActivation = ActivationNames.Option("--output-activation", "The same for the last layer.");
        var command = new Command(
            "convert",
            "Writes the weights of an ONNX file to a safetensors file, or a chain of dense layers in a safetensors file to an ONNX file.")
        {
            input, output, force, activation, outputActivation,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            InputFile from = InputFile.Of(parsed.GetRequiredValue(input));
            var to = new OutputFile(InputFile.Of(parsed.GetRequiredValue(output)), parsed.GetValue(force));
            string? hidden = parsed.GetValue(activation), last = parsed.GetValue(outputActivation);
            if (from.Format == to.File.Format)
            {
                throw new ToolException($"{to.File.Shown}: both files are of the same format", ExitCodes.WrongUsage);
            }

            if (from.Format == ModelFormat.Onnx && (hidden ?? last) is not null)
            {
                throw new ToolException($"{from.Shown}: an ONNX file says itself which activations it has", ExitCodes.WrongUsage);
            }

            to.Check();
            string written = from.Format == ModelFormat.Onnx
                ? ToSafeTensors(OnnxSource.Read(from, options.Read(parsed)), to)
                : ToOnnx(WeightsSource.Read(from), hidden ?? ActivationNames.Linear, last ?? ActivationNames.Linear, to);
            context.Out.WriteLine($"{to.File.Shown}: {written}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string ToSafeTensors(OnnxSource source, OutputFile output)
    {
        NetworkGraph network = source.Required();
        if (network.Parameters.Count == 0)
        {
            throw source.File.Error("it has no weights");
        }

        var state = new NetworkState(network.Parameters.Sum(p => p.Shape.Count), trains: false);
        int offset = 0;
        foreach (Node parameter in network.Parameters)
        {
            var op = (ParameterOp)parameter.Op;
            state.Add(op.StateName, [.. op.Shape.Dimensions]);
            op.Values!.Values.CopyTo(state.Parameters[offset..]);
            offset += op.Values.Count;
        }

        output.Write(state.Save);
        string constants = network.Constants.Count == 0 ? "" : $"; {Report.Count(network.Constants.Count, "tensor")} that training does not change stay behind";
        return $"{Report.Count(network.Parameters.Count, "tensor")} with {Report.Count(offset, "number")}{constants}";
    }

    private static string ToOnnx(WeightsSource source, string activation, string outputActivation, OutputFile output)
    {
        (DenseChain? chain, string problem) = ChainOfWeights.Find(source, activation, outputActivation);
        if (chain is null)
        {
            throw source.File.Error($"it is no chain of dense layers: {problem}");
        }

        NetworkGraph network = GraphOfWeights.Build(chain, source);
        byte[] file = OnnxOutput.Write(network, output.File);
        output.Write(stream => stream.Write(file));
        return $"{chain.ToModel().Describe(network)} with {Report.Count(network.Parameters.Sum(p => p.Shape.Count), "number")}";
    }
}
