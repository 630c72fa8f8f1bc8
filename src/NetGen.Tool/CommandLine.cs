using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NetGen.Tool.Conversion;
using NetGen.Tool.Inspect;
using NetGen.Tool.Scaffold;

namespace NetGen.Tool;

/// <summary>The commands, and how they end: with a code, and at most one line on what is wrong.</summary>
internal static class CommandLine
{
    private const string Name = "netgen";

    public static int Run(IReadOnlyList<string> arguments, ToolContext context)
    {
        try
        {
            // A file's name may begin with @, which would be a file of arguments otherwise.
            ParseResult parsed = Build(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                string command = parsed.CommandResult.Command.Name is Name ? Name : $"{Name} {parsed.CommandResult.Command.Name}";

                // The last says most: that a word is no command, rather than that there is none.
                return Fail($"{parsed.Errors[^1].Message} See '{command} --help'.", ExitCodes.WrongUsage);
            }

            return parsed.Invoke(new InvocationConfiguration { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false });
        }
        catch (ToolException e)
        {
            return Fail(e.Message, e.ExitCode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or OutOfMemoryException)
        {
            return Fail(e.Message, ExitCodes.Refused);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nobody can do anything with where it was, but whoever reports it can say what it was.
            return Fail($"a fault of the tool itself, {e.GetType().Name}: {e.Message}", ExitCodes.Refused);
        }

        int Fail(string message, int exitCode)
        {
            context.Error.WriteLine($"{Name}: " + OneLine.Message(message));
            return exitCode;
        }
    }

    // No RootCommand: that is called what the process is called, which for a tool is dotnet.
    private static Command Build(ToolContext context)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        return new Command(Name, "Looks into ONNX and safetensors files for NetGen, the compiler of small neural networks.")
        {
            InspectCommand.Build(context),
            ScaffoldCommand.Build(context),
            ConvertCommand.Build(context),
            help,
            new VersionOption(),
        };
    }
}
