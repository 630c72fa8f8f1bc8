namespace NetGen.Tool;

internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>A file cannot be read or written, or holds what is not supported.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;
}
