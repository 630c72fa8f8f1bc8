namespace NetGen.Generator;

/// <summary>What generated files say of their maker.</summary>
internal static class Tool
{
    public const string Name = "NetGen";

    /// <summary>The version of what generated code finds in the library: see tests/NetGen.Runtime.Tests/contract.txt.</summary>
    public const int Contract = 1;

    public static string Version { get; } = typeof(Tool).Assembly.GetName().Version.ToString(3);
}
