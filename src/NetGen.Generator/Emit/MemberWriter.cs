namespace NetGen.Generator;

/// <summary>What the writers of members share: checks, and calls of the planned methods.</summary>
internal abstract class MemberWriter(ClassPlan plan, CodeWriter writer) : DocumentedWriter(plan, writer)
{
    public const string ReadSpan = "global::System.ReadOnlySpan<float>";
    public const string WriteSpan = "global::System.Span<float>";

    /// <summary>The memory of the last <c>Forward</c>, which <c>Backward</c> reads.</summary>
    protected const string SampleScratch = "_scratch";

    /// <summary>The local with the memory of a batch.</summary>
    protected const string BatchScratch = "batch";

    /// <summary>The local with the memory of a step from one sample.</summary>
    protected const string StepScratch = "scratch";

    /// <summary>The memory of a second gradient, once one is needed.</summary>
    protected string TileGradients => $"(_tileGradients ??= {NewParameters})";

    /// <summary>Targets as callers give them, and as rows of a batch that are known to fit.</summary>
    protected const string BatchTargets = "global::NetGen.BatchTargets";
    public const string TargetRows = "global::NetGen.CompilerServices.TargetRows";

    /// <summary>The rows of <see cref="TargetRows"/> in members.</summary>
    protected const string Wanted = "wanted";

    protected const string Check = "global::NetGen.CompilerServices.Check";

    public const string Magnitude = "global::NetGen.CompilerServices.Magnitude";

    protected const string StepCheck = "global::NetGen.CompilerServices.StepCheck";

    protected VectorPlan? Vectors => Plan.Vectors;

    public const string Aligned = "global::NetGen.CompilerServices.Aligned";

    public const string CanonicalNaN = "global::NetGen.CompilerServices.CanonicalNaN";

    /// <summary>New memory for the values of a sample.</summary>
    protected string NewSample => NewScratch("NewSample");

    /// <summary>New memory for the values of a batch.</summary>
    protected string NewBatch => NewScratch("NewBatch");

    private string NewScratch(string function) => Vectors is null
        ? $"new float[{Literal.Of(Plan.ScratchLength)}]"
        : $"{GeneratedMembers.Formulas}.{function}()";

    /// <summary>Declares the memory of a batch, which the first one allocates.</summary>
    protected void UseBatch() => Writer.Line($"float[] {BatchScratch} = _batchScratch ??= {NewBatch};");

    /// <summary>Declares the memory of a step from one sample, which the first one allocates.</summary>
    protected void UseStep() => Writer.Line($"float[] {StepScratch} = _stepScratch ??= {NewSample};");

    /// <summary>New memory that holds something for each parameter.</summary>
    protected string NewParameters => Vectors is null ? "new float[ParameterCount]" : $"{GeneratedMembers.Formulas}.NewParameters()";

    private const string HasVectors = $"{GeneratedMembers.Formulas}.HasVectors";

    /// <summary>Writes what is done in the memory of vectors and what is done without it: the one that there is, or a choice.</summary>
    /// <param name="scalar">Null for nothing.</param>
    /// <param name="leaves">The first leaves the member: the other stands behind it.</param>
    protected void ByForm(Action vectors, Action? scalar, bool leaves = false)
    {
        if (!HasChoice)
        {
            (Vectors is null ? scalar : vectors)?.Invoke();
            return;
        }

        using (Writer.Braces($"if ({HasVectors})"))
        {
            vectors();
        }

        if (leaves)
        {
            Writer.Line();
            scalar!();
        }
        else if (scalar is not null)
        {
            using (Writer.Braces("else"))
            {
                scalar();
            }
        }
    }

    // The machine knows whether it has vectors, the compiler does not.
    protected bool HasChoice => Vectors is not null && Plan.HasScalarForm;

    /// <summary>Leaves a member that returns nothing, where the scalar form stands behind.</summary>
    protected void Leave()
    {
        if (HasChoice)
        {
            Writer.Line();
            Writer.Line("return;");
        }
    }

    /// <summary>The value that is right in the memory of vectors, or the other, or a choice.</summary>
    protected string ByForm(string vectors, string scalar) =>
        vectors == scalar || Vectors is null ? scalar : HasChoice ? $"{HasVectors} ? {vectors} : {scalar}" : vectors;

    private bool IsCrossPlatform => Plan.Model.Determinism == DeterminismMode.CrossPlatform;

    protected bool Trains => Plan.Model.Training;

    protected string InputShape { get; } = $"[{Literal.Of(plan.InputCount)}]{Parts(plan.Network.Inputs)}";

    protected string OutputShape { get; } = $"[{Literal.Of(plan.OutputCount)}]{Parts(plan.Network.Outputs)}";

    protected string InputRows { get; } = $"[n, {Literal.Of(plan.InputCount)}], row-major";

    protected string OutputRows { get; } = $"[n, {Literal.Of(plan.OutputCount)}], row-major";

    /// <summary>Copies parameters, or what there is one of for each of them, into or out of their memory.</summary>
    /// <param name="copies">For each array, the call where there are vectors, and otherwise.</param>
    protected void Copy(params (string WhereVectors, string Otherwise)[] copies)
    {
        ByForm(
            () => Lines(copies.Select(c => $"{GeneratedMembers.Formulas}.{c.WhereVectors}")),
            () => Lines(copies.Select(c => c.Otherwise)));

        void Lines(IEnumerable<string> calls)
        {
            foreach (string call in calls)
            {
                Writer.Line(call);
            }
        }
    }

    /// <summary>Where the same bits are promised, what a caller sees of NaNs must be the same, too.</summary>
    protected void CanonicalNaNs(string span)
    {
        if (IsCrossPlatform)
        {
            Writer.Line($"{CanonicalNaN}.In({span});");
        }
    }

    /// <summary>The same for a value that is returned.</summary>
    protected string Canonical(string value) => IsCrossPlatform ? $"{CanonicalNaN}.Of({value})" : value;

    /// <summary>Declares what turns the sum over samples into their mean.</summary>
    protected void Scale(string samples)
    {
        string quotient = $"1f / {samples}";
        Writer.Line($"float {OptimizerSteps.Scale} = {(IsCrossPlatform ? $"(float)({quotient})" : quotient)}; // from the sum to the mean");
    }

    /// <summary>The same for a step that is limited by the norm of the whole gradient.</summary>
    protected void LimitNorm(string gradients)
    {
        if (Plan.Model.ClipNorm is > 0 and var most)
        {
            Writer.Line($"{OptimizerSteps.Scale} = {Norm}.Limit({Sums(gradients)}, {OptimizerSteps.Scale}, {Literal.Of((float)most)}); // for a norm of at most {MathText.Number((float)most)}");
        }
    }

    protected const string Norm = "global::NetGen.CompilerServices.GradientNorm";

    protected const string Gradients = "global::NetGen.CompilerServices.Gradients";

    /// <summary>Where gradients are added to what is there, there must be nothing at first.</summary>
    protected void ClearFirst()
    {
        using (Writer.Braces("if (_samples == 0)"))
        {
            Writer.Line("global::System.Array.Clear(_gradients, 0, _gradients.Length);");
        }

        Writer.Line();
    }

    protected void CheckLength(string span, string expected) =>
        Writer.Line($"{Check}.Length({span}.Length, {expected}, \"{span}\");");

    protected void CheckLearningRate() => Writer.Line($"{Check}.LearningRate(learningRate);");

    protected void CheckForward() => Writer.Line($"{Check}.Forwarded(_forwardAt, _changes[0]);");

    /// <summary>What was computed with the parameters that were, Backward must not follow.</summary>
    protected void ParametersChanged() => Writer.Line("_changes[0]++;");

    protected void CheckFinite(string span, string name) => Writer.Line($"{Finite(span, name)};");

    /// <summary>The largest magnitude, once it is known to be finite.</summary>
    protected static string Finite(string span, string name) => $"{Check}.Finite({span}, \"{name}\")";

    /// <summary>Refuses what would make parameters infinite or NaN for good. A network that has diverged may say so with its loss.</summary>
    protected void CheckSample(string input)
    {
        CheckFinite(input, "input");
        CheckFinite("target", "target");
    }

    /// <summary>The gradients in memory, with their padding, which is zero.</summary>
    protected string Sums(string gradients) => Vectors is null ? gradients : $"{GeneratedMembers.Formulas}.Memory({gradients})";

    /// <summary>What checks of gradients ask: where they lie, what makes them a mean, and whether their squares must be finite.</summary>
    protected string OfStep(string gradients, OptimizerRow row) =>
        $"{Sums(gradients)}, {OptimizerSteps.Scale}, {OfOptimizer(row)}";

    /// <summary>Makes a loss NaN if nothing can be learned from its gradient.</summary>
    /// <param name="loss">The local that holds it.</param>
    /// <param name="cast">To its type.</param>
    /// <param name="largest">The largest magnitude of the gradient's factors: if that is small, the gradient need not be looked at. Null if it is not known.</param>
    protected void LookThrough(string loss, string cast, string gradients, string? largest)
    {
        string look = $"{loss} = {cast}{StepCheck}.Of({loss}, {OfStep(gradients, Optimizer)});";
        if (largest is null)
        {
            Writer.Line(look);
            return;
        }

        using (Writer.Braces($"if ({(HasChoice ? $"!{HasVectors} || " : "")}!{StepCheck}.IsSmall({largest}))"))
        {
            Writer.Line(look);
        }

        Writer.Line();
    }

    protected string OfOptimizer(OptimizerRow row) => $"isSquared: {(OptimizerSteps.NeedsSquares(Plan.Model, row) ? "true" : "false")}";

    /// <param name="given">Arguments beside those of a sample that are not called as the parameter is.</param>
    protected void Call(string entryPoint, string scratch, params (string Parameter, string Argument)[] given)
    {
        Dictionary<string, string> arguments = OfSample(scratch);
        foreach ((string parameter, string argument) in given)
        {
            arguments[parameter] = argument;
        }

        foreach (string call in MethodsWriter.Calls(Plan, entryPoint, arguments))
        {
            Writer.Line(call + ";");
        }
    }

    /// <summary>The call of an entry point that returns a value.</summary>
    protected string Value(string entryPoint, string scratch) => MethodsWriter.Calls(Plan, entryPoint, OfSample(scratch)).Single();

    protected static Dictionary<string, string> OfSample(string scratch) => new() { ["scratch"] = scratch, ["t"] = "target" };

    /// <summary>The same where it is known that there are no vectors.</summary>
    protected string ScalarValue(string entryPoint, string scratch) => MethodsWriter.ScalarCalls(Plan, entryPoint, OfSample(scratch)).Single();

    /// <summary>Copies an input into scratch and runs the scalar forward pass over it.</summary>
    protected void Forward(string input, string scratch)
    {
        Writer.Line($"{input}.CopyTo({ScalarPlace(Plan.Network.Input, scratch)});");
        Call(EntryPoints.Forward, scratch);
    }

    protected string Place(Node node, string scratch)
    {
        if (Vectors is null)
        {
            return ScalarPlace(node, scratch);
        }

        TensorPlan tensor = Plan.Get(node.Name);
        string offset = ByForm(Literal.Of(Vectors.Get(node.Name).Offset), Literal.Of(tensor.Offset));
        return $"{GeneratedMembers.Formulas}.Memory({scratch}).Slice({offset}, {Literal.Of(tensor.Shape.Count)})";
    }

    protected string ScalarPlace(Node node, string scratch)
    {
        TensorPlan tensor = Plan.Get(node.Name);
        return $"new {WriteSpan}({scratch}, {Literal.Of(tensor.Offset)}, {Literal.Of(tensor.Shape.Count)})";
    }

    /// <summary>Where the target of a class is written out, in the scalar form.</summary>
    protected string ScalarClassTarget(string scratch) =>
        $"new {WriteSpan}({scratch}, {Literal.Of(Plan.Get(Programs.ClassTarget).Offset)}, OutputCount)";

    protected (string, string) ClassIndex => ("classIndex", Plan.OutputCount > 1 ? $"the class, from 0 to {Literal.Of(Plan.OutputCount - 1)}" : "none: one output tells no classes apart");

    /// <summary>The target of the class <c>classIndex</c>.</summary>
    protected string OfClass
    {
        get
        {
            string scalar = Literal.Of(Plan.Get(Programs.ClassTarget).Offset);
            string memory = Vectors is null
                ? ScalarClassTarget(SampleScratch)
                : $"{GeneratedMembers.Formulas}.Memory({SampleScratch}).Slice({ByForm(Literal.Of(Vectors.Get(Programs.ClassTarget).Offset), scalar)}, OutputCount)";
            return $"{TargetRows}.OfClass(classIndex, {memory})";
        }
    }

    /// <summary>The numbers that an optimizer's step takes beside the learning rate.</summary>
    protected void StepScalars(OptimizerRow row)
    {
        if (row.Scalars.Count == 0)
        {
            return;
        }

        for (int i = 0; i < row.Powers.Count; i++)
        {
            OptimizerPower power = row.Powers[i];
            Writer.Line($"double {power.Name} = _optimizerPowers[{Literal.Of(i)}] * {Literal.Of(power.Factor)}; // {power.Symbol}");
        }

        var exact = new CSharpText(new ConsumerModel(HasMathF: false, HasVectors: false, HasMultiplyAddEstimate: false), isDouble: true);
        foreach (OptimizerUpdate scalar in row.Scalars)
        {
            Writer.Line($"float {scalar.Target} = (float)({exact.Print(Named(scalar.Value))});");
        }

        Writer.Line();
    }

    /// <summary>Keeps the powers of a step that was taken.</summary>
    protected void KeepPowers(OptimizerRow row)
    {
        for (int i = 0; i < row.Powers.Count; i++)
        {
            Writer.Line($"_optimizerPowers[{Literal.Of(i)}] = {row.Powers[i].Name};");
        }
    }

    /// <summary>An optimizer's step for all parameters, if there are any.</summary>
    protected void Update(OptimizerRow row, string gradients = "_gradients")
    {
        // With padding, where there is some.
        string end = Vectors is null || Vectors.ParameterLength == Plan.ParameterCount
            ? "ParameterCount"
            : ByForm(Literal.Of(Vectors.ParameterLength), "ParameterCount");
        var given = new Dictionary<string, string> { ["gradients"] = gradients, [OptimizerSteps.First] = "0", [OptimizerSteps.End] = end };
        foreach (string call in MethodsWriter.Calls(Plan, OptimizerSteps.EntryOf(Plan.Model, row), given))
        {
            Writer.Line(call + ";");
        }
    }

    private static Expr Named(Expr value) =>
        value.Rewrite(e => e is Expr.Local { Name: "lr" } ? new Expr.Local(Programs.LearningRate) : null);

    private static string Parts(EquatableArray<Port> ports) =>
        ports.Count == 0 ? "" : ": " + string.Join(", then ", ports.Select(p => $"{p.Name.TrimStart('@')} {p.Shape}"));

    protected static string Slot(string slot) => "_" + OptimizerSteps.ArrayOf(slot);
}
