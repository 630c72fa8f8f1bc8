namespace NetGen.Generator;

/// <summary>What generated files say of their maker.</summary>
internal static class Tool
{
    public const string Name = "NetGen";

    public static string Version { get; } = typeof(Tool).Assembly.GetName().Version.ToString(3);
}
