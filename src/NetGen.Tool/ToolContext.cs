using NetGen.Tool.Inspect;

namespace NetGen.Tool;

/// <summary>What commands know of the process that they run in.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">What is wrong, a line.</param>
/// <param name="HasColour">Whether results may have escape sequences: nobody but a terminal understands them.</param>
/// <param name="Machine">What the network would run on.</param>
internal sealed record ToolContext(TextWriter Out, TextWriter Error, bool HasColour, IMachine Machine)
{
    public static ToolContext OfProcess() => new(Console.Out, Console.Error, IsColoured(), new ThisMachine());

    // https://no-color.org
    private static bool IsColoured() => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
