using System.CommandLine;
using NetGen.Tool.Files;

namespace NetGen.Tool.Inspect;

/// <summary>Says what is in a file, and what the network in it costs.</summary>
internal static class InspectCommand
{
    public static Command Build(ToolContext context)
    {
        var file = new Argument<string>("FILE") { Description = "An .onnx or .safetensors file." };
        var options = new OnnxOptions();
        var command = new Command(
            "inspect",
            "Shows the layers, inputs, outputs and parameters of a file, the memory that its network takes, and about how long a call takes on this machine. "
            + "Of an ONNX file with something that is not supported it shows the nodes, and what that is.")
        {
            file,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            InputFile input = InputFile.Of(parsed.GetRequiredValue(file));
            if (input.Format == ModelFormat.Onnx)
            {
                new OnnxReport(OnnxSource.Read(input, options.Read(parsed)), context).Write();
            }
            else
            {
                new WeightsReport(WeightsSource.Read(input), context).Write();
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
