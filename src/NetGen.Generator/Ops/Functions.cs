namespace NetGen.Generator;

/// <summary>The elementary functions that formulas may call.</summary>
internal static class Functions
{
    public static EquatableArray<FunctionRow> All { get; } = [];

    public static FunctionRow Get(string name) => All.Single(row => row.Name == name);
}
