namespace NetGen.Generator;

/// <summary>Writes TrainBatch, which goes tile by tile through the rows of a batch.</summary>
internal sealed class TilesWriter(ClassPlan plan, CodeWriter writer) : RowsWriter(plan, writer)
{
    public const string Support = "global::NetGen.CompilerServices.TileTeam";

    // Also where there are no vectors: rounding depends on it, and so nothing else may.
    private readonly string _tileRows = Literal.Of(plan.TileRows);

    public void Write()
    {
        OnOneThread();
        OnSeveral();
        OfAllKinds();
        Release();
    }

    private static (string, string) Degree => ("degreeOfParallelism", "the most threads to use, with the caller's; at least 1");

    private const string BadRateOrDegree = "The learning rate is negative, infinite or NaN, or the degree is below 1.";

    private (string, string)[] Parameters(string targets) => [("inputs", InputRows + ", n at least 1"), ("targets", targets), Rate];

    private string Summary => $"One step of {Optimizer.Name} on the mean gradient of n samples. Gradients that Backward gathered before are forgotten. A loss or gradient that is not finite changes nothing else.";

    private string Returns => $"The mean loss before the step ({Plan.Model.Loss}); not finite where there was no step: NaN where the gradient alone is not.";

    private const string Throws = "The spans do not hold the same number of rows, or a number in one of them is infinite or NaN.";

    private void OnOneThread()
    {
        using (Member(
            $"public float TrainBatch({ReadSpan} inputs, {ReadSpan} targets, float learningRate)",
            Summary,
            Parameters(OutputRows),
            Returns,
            Throws,
            BadRate))
        {
            Writer.Line($"return TrainBatch(inputs, {BatchTargets}.Of(targets), learningRate, 1);");
        }
    }

    private void OnSeveral()
    {
        using (Member(
            $"public float TrainBatch({ReadSpan} inputs, {ReadSpan} targets, float learningRate, int degreeOfParallelism)",
            $"The same on several threads, to the same bits whatever their number. A thread takes {_tileRows} rows at a time; "
                + "threads and their memory are made when a batch first needs them, and end with ReleaseThreads or when the network is collected.",
            [.. Parameters(OutputRows), Degree],
            Returns,
            Throws,
            BadRateOrDegree))
        {
            Writer.Line($"return TrainBatch(inputs, {BatchTargets}.Of(targets), learningRate, degreeOfParallelism);");
        }
    }

    private void OfAllKinds()
    {
        const string BadBatch = "There is not a target for each input, a number is infinite or NaN, or all weights are 0.";
        using (Member(
            $"public float TrainBatch({ReadSpan} inputs, {BatchTargets} targets, float learningRate)",
            "The same with the indices of classes, or samples that weigh: of their weighted mean.",
            Parameters(TargetsText),
            Returns,
            BadBatch,
            $"{BadTargets} {BadRate}"))
        {
            Writer.Line("return TrainBatch(inputs, targets, learningRate, 1);");
        }

        using (Member(
            $"public float TrainBatch({ReadSpan} inputs, {BatchTargets} targets, float learningRate, int degreeOfParallelism)",
            "The same on several threads, to the same bits whatever their number.",
            [.. Parameters(TargetsText), Degree],
            Returns,
            BadBatch,
            $"{BadTargets} {BadRateOrDegree}"))
        {
            CheckTargets();
            CheckLearningRate();
            Writer.Line("global::NetGen.CompilerServices.Check.DegreeOfParallelism(degreeOfParallelism);");
            Writer.Line($"bool isParallel = degreeOfParallelism > 1 && rows > {_tileRows};");
            if (KnowsFactors)
            {
                Writer.Line("float largest = 0f; // magnitude of what gradients are sums of products of");
            }

            using (Writer.Braces("if (isParallel)"))
            {
                string slots = Plan.StepsInShares ? string.Join(", ", Optimizer.SlotNames.Select(Slot)) : "";
                Writer.Line($"_team ??= new {GeneratedMembers.Formulas}.Team({slots});");
                Writer.Line($"_team.CheckFinite(degreeOfParallelism, inputs, {Wanted});");
            }

            using (Writer.Braces("else"))
            {
                if (KnowsFactors)
                {
                    Writer.Line($"largest = global::System.Math.Max({Finite("inputs", "inputs")}, {Wanted}.CheckFinite());");
                }
                else
                {
                    CheckFinite("inputs", "inputs");
                    Writer.Line($"{Wanted}.CheckFinite();");
                }
            }

            Writer.Line();
            UseBatch();
            Writer.Line("_samples = 0;");
            Scale("rows");
            if (Plan.StepsInShares)
            {
                StepScalars(Optimizer);
            }

            Writer.Line("double sum = 0d;");
            using (Writer.Braces("if (isParallel)"))
            {
                string own = ByForm("_gradients", TileGradients);
                if (Plan.StepsInShares)
                {
                    Writer.Line($"_team!.StepWith({string.Join(", ", OptimizerSteps.Scalars(Optimizer))});");
                }

                Writer.Line($"sum = _team{(Plan.StepsInShares ? "" : "!")}.TrainBatch(degreeOfParallelism, _parameters, _gradients, {own}, {BatchScratch}, inputs, {Wanted}, {OptimizerSteps.Scale}, {OfOptimizer(Optimizer)});");
            }

            using (Writer.Braces("else"))
            {
                ByForm(WithVectors, OneByOne);
                Writer.Line();
                LookThrough("sum", "", "_gradients", KnowsFactors ? "largest" : null);
                if (Plan.StepsInShares)
                {
                    using (Writer.Braces($"if ({StepCheck}.IsFinite(sum))"))
                    {
                        Update(Optimizer);
                    }
                }
            }

            Writer.Line();
            using (Writer.Braces($"if ({StepCheck}.IsFinite(sum))"))
            {
                if (!Plan.StepsInShares)
                {
                    LimitNorm("_gradients");
                    StepScalars(Optimizer);
                    Update(Optimizer);
                }

                KeepPowers(Optimizer);
                ParametersChanged();
            }

            Writer.Line();
            Writer.Line($"return {Canonical("(float)(sum / rows)")};");
        }
    }

    private void Release()
    {
        using (Member(
            "public void ReleaseThreads()",
            "Ends the threads that TrainBatch started, and gives up their memory. The next batch on several threads starts new ones."))
        {
            Writer.Line("_team?.Dismiss();");
            Writer.Line("_team = null;");
        }
    }

    private void OneByOne()
    {
        using (ForEachTileOfBatch())
        {
            InItsOwnMemory();
        }
    }

    private void WithVectors()
    {
        Transpose();
        using (ForEachTileOfBatch())
        {
            AddLosses();
            Writer.Line($"bool {GradientSums.Adds} = row > 0;");
            CallTile(EntryPoints.BackRows);
            if (KnowsFactors)
            {
                Writer.Line($"largest = global::System.Math.Max(largest, {GeneratedMembers.Formulas}.{VectorSupportWriter.LargestOfTile}({BatchScratch}, count));");
            }
        }
    }

    private bool KnowsFactors => Vectors is { RowFactors.Count: > 0 };

    private CodeWriter.Block ForEachTileOfBatch() => ForEachTile(_tileRows, TargetsOfTile);

    // The scalar form adds sample by sample. Vectors gather a tile's gradient in registers before they add it.
    private void InItsOwnMemory()
    {
        using (Writer.Braces("if (row == 0)"))
        {
            Writer.Line($"sum = {AddTileTo("_gradients")};");
            Writer.Line("continue;");
        }

        Writer.Line();
        Writer.Line("// Tile by tile, as threads add: the sum rounds alike whatever their number.");
        Writer.Line($"sum += {AddTileTo(TileGradients)};");
        Writer.Line($"{Support}.Add(_gradients, _tileGradients);");
    }

    private static string AddTileTo(string gradients) =>
        $"{GeneratedMembers.Formulas}.AddTile(_parameters, {gradients}, {BatchScratch}, inputsOfTile, targetsOfTile, adds: false)";
}
