namespace NetGen.Tool;

/// <summary>Why a command ends without what was asked of it.</summary>
/// <param name="message">One line, with the file and the place in it.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed class ToolException(string message, int exitCode = ExitCodes.Refused) : Exception(message)
{
    public int ExitCode => exitCode;
}
