using System.Text.RegularExpressions;

namespace NetGen.Tool.Tests;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    public static ToolRun Of(params string[] arguments) => Of(hasColour: false, arguments);

    public static ToolRun Of(bool hasColour, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int exitCode = CommandLine.Run(arguments, new ToolContext(output, error, hasColour, new FixedMachine(16)));
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What it wrote, where it must have done all that it was asked.</summary>
    public static string Done(params string[] arguments)
    {
        ToolRun run = Of(arguments);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        return run.Out;
    }

    /// <summary>What it says is wrong, which is one line, where it must have ended with a code.</summary>
    public static string Refused(int exitCode, params string[] arguments)
    {
        ToolRun run = Of(arguments);
        run.MustBeRefused(exitCode);
        return run.Error.TrimEnd('\n');
    }

    public void MustBeRefused(int exitCode)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.StartsWith("netgen: ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain("a fault of the tool", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.InRange(Error.Length, 10, 1100);
    }

    /// <summary>All of it, without the folder of the test.</summary>
    public string Text(string folder) =>
        WithoutOperators((Out + (Error.Length > 0 ? $"[stderr]\n{Error}" : "") + $"[exit code {ExitCode}]\n").Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));

    /// <summary>A text without the list of all operators, which grows.</summary>
    public static string WithoutOperators(string text) => Regex.Replace(text, "supported are [A-Z][A-Za-z, ]*", "supported are …");
}
