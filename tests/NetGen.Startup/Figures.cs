namespace NetGen.Startup;

/// <summary>What one process measured; times in seconds.</summary>
/// <param name="Create">The network's constructor.</param>
/// <param name="First">Call 1.</param>
/// <param name="Early">A call of 2 to 30, which is where the runtime begins to count.</param>
/// <param name="EarlyWorst">The slowest of them.</param>
/// <param name="Later">A call of 31 to 1,000.</param>
/// <param name="LaterWorst">The slowest of them.</param>
/// <param name="Steady">A call after the just-in-time compiler has come to rest.</param>
/// <param name="JitFirst">What the just-in-time compiler took for call 1.</param>
/// <param name="JitAll">What it took from call 1 until it came to rest, on all threads.</param>
/// <param name="MethodsFirst">How many methods it compiled for call 1.</param>
/// <param name="MethodsAll">How many until it came to rest; a method counts once for each tier.</param>
internal sealed record Figures(
    double Create,
    double First,
    double Early,
    double EarlyWorst,
    double Later,
    double LaterWorst,
    double Steady,
    double JitFirst,
    double JitAll,
    long MethodsFirst,
    long MethodsAll)
{
    public IEnumerable<(string What, double Value)> Values =>
    [
        ("create", Create),
        ("first", First),
        ("early", Early),
        ("early_worst", EarlyWorst),
        ("later", Later),
        ("later_worst", LaterWorst),
        ("steady", Steady),
        ("jit_first", JitFirst),
        ("jit_all", JitAll),
        ("methods_first", MethodsFirst),
        ("methods_all", MethodsAll),
    ];
}
