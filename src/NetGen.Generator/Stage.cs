namespace NetGen.Generator;

/// <summary>The stages of docs/architecture.md, as they follow each other.</summary>
internal enum Stage
{
    Parse,
    Read,
    Build,
    Differentiate,
    Plan,
    Emit,
    Export,
}

/// <summary>
/// Where the compilation of one network is. NG0031 says so where a stage throws; and a stage that is not wanted any
/// more does not begin.
/// </summary>
/// <param name="entered">What the tests do as a stage begins: they count, or throw; null for nothing.</param>
internal sealed class StageTracker(Action<Stage>? entered, CancellationToken cancellation)
{
    public StageTracker(CancellationToken cancellation)
        : this(null, cancellation)
    {
    }

    public CancellationToken Cancellation { get; } = cancellation;

    public Stage Stage { get; private set; }

    public void Enter(Stage stage)
    {
        Stage = stage;
        Cancellation.ThrowIfCancellationRequested();
        entered?.Invoke(stage);
    }

    /// <summary>What was thrown, and in which stage, in one line.</summary>
    public string Describe(Exception thrown)
    {
        const int Longest = 300;
        string message = string.Join(" ", thrown.Message.Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return $"stage '{Stage}' threw {thrown.GetType().Name}: {(message.Length <= Longest ? message : message.Substring(0, Longest) + "…")}";
    }
}
