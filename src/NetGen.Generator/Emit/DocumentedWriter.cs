namespace NetGen.Generator;

/// <summary>What members say of themselves to those who call them.</summary>
internal abstract class DocumentedWriter(ClassPlan plan, CodeWriter writer)
{
    protected const string Spans = "A span is longer or shorter than its shape.";

    protected const string BadRate = "The learning rate is negative, infinite or NaN.";

    protected const string BadTargets = "There is no class of an index, or a weight is negative.";

    protected const string TargetsText = "of n samples: targets, or the indices of classes, as an array or span of int, with weights or without";

    protected ClassPlan Plan { get; } = plan;

    protected CodeWriter Writer { get; } = writer;

    protected OptimizerRow Optimizer { get; } = plan.Model.Rule;

    protected (string, string) Rate { get; } = ("learningRate", "lr, finite and at least 0");

    /// <summary>Opens a documented member.</summary>
    /// <param name="parameters">Names with what to pass.</param>
    /// <param name="throws">When it throws an ArgumentException.</param>
    /// <param name="outOfRange">When it throws an ArgumentOutOfRangeException.</param>
    /// <param name="throwsWithoutForward">It throws an InvalidOperationException before the first Forward.</param>
    /// <param name="throwsOnBadFile">It throws an InvalidDataException where a file is not one of this network.</param>
    /// <param name="throwsOnBadGradient">It throws an ArithmeticException where a gradient is not finite.</param>
    protected CodeWriter.Block Member(
        string signature,
        string summary,
        IReadOnlyList<(string Name, string Text)>? parameters = null,
        string returns = "",
        string throws = "",
        string outOfRange = "",
        bool throwsWithoutForward = false,
        bool throwsOnBadFile = false,
        bool throwsOnBadGradient = false)
    {
        Writer.Line();
        Document(summary, parameters ?? [], returns, throws, outOfRange, throwsWithoutForward, throwsOnBadFile, throwsOnBadGradient);
        Writer.Generated();
        return Writer.Braces(signature);
    }

    protected void Document(
        string summary,
        IReadOnlyList<(string Name, string Text)>? parameters = null,
        string returns = "",
        string throws = "",
        string outOfRange = "",
        bool throwsWithoutForward = false,
        bool throwsOnBadFile = false,
        bool throwsOnBadGradient = false)
    {
        Writer.Line($"/// <summary>{Xml(summary)}</summary>");
        foreach ((string name, string text) in parameters ?? [])
        {
            Writer.Line($"/// <param name=\"{name}\">{Xml(text)}</param>");
        }

        if (returns.Length > 0)
        {
            Writer.Line($"/// <returns>{Xml(returns)}</returns>");
        }

        // By their ids: names would be looked up in the user's namespace.
        if (throws.Length > 0)
        {
            Writer.Line($"/// <exception cref=\"T:System.ArgumentException\">{Xml(throws)} Nothing has changed then.</exception>");
        }

        if (outOfRange.Length > 0)
        {
            Writer.Line($"/// <exception cref=\"T:System.ArgumentOutOfRangeException\">{Xml(outOfRange)} Nothing has changed then.</exception>");
        }

        if (throwsWithoutForward)
        {
            Writer.Line("/// <exception cref=\"T:System.InvalidOperationException\">There was no Forward since the parameters changed last.</exception>");
        }

        if (throwsOnBadFile)
        {
            Writer.Line("/// <exception cref=\"T:System.IO.InvalidDataException\">The file is damaged, or is one of another network. Nothing has changed then.</exception>");
        }

        if (throwsOnBadGradient)
        {
            string squares = OptimizerSteps.NeedsSquares(Plan.Model, Optimizer) ? ", or so large that its square is not" : "";
            Writer.Line($"/// <exception cref=\"T:System.ArithmeticException\">The mean gradient is not finite{squares}. It is forgotten, and nothing else has changed.</exception>");
        }
    }

    protected static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
