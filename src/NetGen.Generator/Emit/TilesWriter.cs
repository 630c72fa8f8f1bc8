namespace NetGen.Generator;

/// <summary>Writes TrainBatch, and what one thread of it does: the gradient of a tile, which is some rows of a batch.</summary>
internal sealed class TilesWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string Support = "global::NetGen.CompilerServices.TileTeam";
    private const string Arrays = "float[] parameters, float[] gradients, float[] batch";
    private const string Rows = $"{ReadSpan} inputs, {ReadSpan} targets";

    private static readonly Dictionary<string, string> OfRow = new()
    {
        ["parameters"] = "parameters",
        ["gradients"] = "gradients",
        ["scratch"] = "batch",
        ["t"] = "target",
    };

    // Also where there are no vectors: rounding depends on it, and so nothing else may.
    private readonly string _tileRows = Literal.Of(plan.TileRows);

    private readonly (string, string)[] _parameters =
    [
        ("inputs", $"[n, {Literal.Of(plan.Model.Inputs)}], row-major, n at least 1"),
        ("targets", $"[n, {Literal.Of(plan.Model.Outputs)}], row-major"),
        ("learningRate", "lr, finite and at least 0"),
    ];

    public void Write()
    {
        OnOneThread();
        OnSeveral();
        Writer.Line();
        using (Writer.Braces($"private static partial class {GeneratedMembers.Formulas}"))
        {
            AddTile();
            Team();
        }
    }

    private string Summary => $"One step of {Optimizer.Name} on the mean gradient of n samples. Gradients that Backward gathered before are forgotten.";

    private string Returns => $"The mean loss before the step ({Plan.Model.Loss}).";

    private void OnOneThread()
    {
        using (Member(
            $"public float TrainBatch({Rows}, float learningRate)",
            Summary,
            _parameters,
            Returns,
            "The spans do not hold the same number of rows, there is a NaN in one of them, or the learning rate is negative, infinite or NaN."))
        {
            Writer.Line("return TrainBatch(inputs, targets, learningRate, 1);");
        }
    }

    private void OnSeveral()
    {
        using (Member(
            $"public float TrainBatch({Rows}, float learningRate, int degreeOfParallelism)",
            $"The same on several threads, to the same bits whatever their number. A thread takes {_tileRows} rows at a time; "
                + "threads and their memory are made when a batch first needs them, and end when the network is collected.",
            [.. _parameters, ("degreeOfParallelism", "the most threads to use, with the caller's; at least 1")],
            Returns,
            "As without a degree, or the degree is below 1."))
        {
            CheckBatch("targets", 1);
            CheckLearningRate();
            Writer.Line("global::NetGen.CompilerServices.Check.DegreeOfParallelism(degreeOfParallelism);");
            CheckNotNaN("inputs", "inputs");
            CheckNotNaN("targets", "targets");
            Writer.Line("double sum = 0d;");
            using (Writer.Braces($"if (degreeOfParallelism > 1 && rows > {_tileRows})"))
            {
                string own = Vectors is null ? "_tileGradients" : $"{HasVectors} ? _gradients : _tileGradients";
                Writer.Line("ClearGradients();");
                Writer.Line("_samples = rows;");
                Writer.Line($"_team ??= new {GeneratedMembers.Formulas}.Team();");
                Writer.Line($"sum = _team.AddBatch(degreeOfParallelism, _parameters, _gradients, {own}, _batchScratch, inputs, targets);");
            }

            if (Vectors is not null)
            {
                using (Writer.Braces($"else if ({HasVectors})"))
                {
                    WithTheStep();
                }
            }

            using (Writer.Braces("else"))
            {
                Writer.Line("ClearGradients();");
                Writer.Line("_samples = rows;");
                using (ForEachTileOfBatch())
                {
                    InItsOwnMemory();
                }
            }

            Writer.Line();
            Writer.Line("Step(learningRate);");
            Writer.Line("return (float)(sum / rows);");
        }
    }

    // The last tile's gradient goes to the optimizer at once. Between batches the sum of gradients is zero.
    private void WithTheStep()
    {
        using (Writer.Braces("if (_samples != 0)"))
        {
            Writer.Line("ClearGradients();");
        }

        Writer.Line();
        Writer.Line($"float {OptimizerSteps.Scale} = 1f / rows; // from the sum to the mean");
        StepScalars(Optimizer);
        Transpose();
        using (ForEachTileOfBatch())
        {
            AddLosses();
            using (Writer.Braces("if (row + count < rows)"))
            {
                CallTile(EntryPoints.BackRows);
            }

            using (Writer.Braces("else"))
            {
                CallTile(EntryPoints.StepRows);
            }
        }

        Writer.Line();
        Writer.Line("return (float)(sum / rows);");
    }

    private CodeWriter.Block ForEachTileOfBatch() => ForEachTile(_tileRows, ("inputs", "InputCount"), ("targets", "OutputCount"));

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
        Writer.Line("global::System.Array.Clear(_tileGradients, 0, _tileGradients.Length);");
        Writer.Line($"sum += {AddTileTo("_tileGradients")};");
        Writer.Line($"{Support}.Add(_gradients, _tileGradients);");
    }

    private static string AddTileTo(string gradients) =>
        $"{GeneratedMembers.Formulas}.AddTile(_parameters, {gradients}, {BatchScratch}, inputsOfTile, targetsOfTile)";

    private void AddTile()
    {
        Writer.Line("// The rows of a tile, forward and back: adds the sum of their gradients to others, and returns the sum of their losses.");
        using (Writer.Braces($"public static double AddTile({Arrays}, {Rows})"))
        {
            Writer.Line("int rows = targets.Length / OutputCount;");
            if (Vectors is { } vectors)
            {
                using (Writer.Braces("if (HasVectors)"))
                {
                    Writer.Line($"double losses = {VectorSupportWriter.LossOfTile}(parameters, batch, inputs, targets);");
                    IEnumerable<(string, string)> arguments = VectorSupportWriter.Parameters(Plan, vectors, EntryPoints.BackRows);
                    Writer.Line($"{VectorSupportWriter.Dispatcher}.{EntryPoints.BackRows}({MethodSignature.Arguments(arguments, VectorSupportWriter.OfTile)});");
                    Writer.Line("return losses;");
                }

                Writer.Line();
            }

            Writer.Line("double sum = 0d;");
            TensorPlan x = Plan.Get(Plan.Network.Input.Name);
            using (Writer.Braces("for (int row = 0; row < rows; row++)"))
            {
                Writer.Line($"inputs.Slice(row * InputCount, InputCount).CopyTo(new {WriteSpan}(batch, {Literal.Of(x.Offset)}, InputCount));");
                Writer.Line($"{ReadSpan} target = targets.Slice(row * OutputCount, OutputCount);");
                CallScalar(EntryPoints.Forward);
                CallScalar(EntryPoints.LossGradient, "sum += ");
                CallScalar(EntryPoints.BackPropagate);
            }

            Writer.Line();
            Writer.Line("return sum;");
        }
    }

    private void CallScalar(string entryPoint, string result = "")
    {
        foreach (MethodPlan method in Plan.Of(entryPoint))
        {
            string arguments = MethodSignature.Arguments(MethodSignature.Of(method), OfRow);
            Writer.Line($"{(method.Returns is null ? "" : result)}{method.Name}({arguments});");
        }
    }

    private void Team()
    {
        Writer.Line();
        Writer.Line("// Threads that take a tile each.");
        using (Writer.Braces($"public sealed class Team : {Support}"))
        {
            Writer.Line($"public Team() : base({_tileRows}, InputCount, OutputCount)");
            Writer.Line("{");
            Writer.Line("}");
            Writer.Line();
            Writer.Line($"protected override float[] NewGradients() => {NewParameters};");
            Writer.Line();
            string batch = Vectors is null ? $"new float[{Literal.Of(Plan.ScratchLength)}]" : $"{GeneratedMembers.Formulas}.NewBatch()";
            Writer.Line($"protected override float[] NewBatch() => {batch};");
            Writer.Line();
            string elements = Vectors is null ? "gradients" : "Memory(gradients)";
            Writer.Line($"protected override {WriteSpan} Elements(float[] gradients) => {elements};");
            Writer.Line();
            using (Writer.Braces("protected override void Prepare(float[] parameters, float[] batch)"))
            {
                if (Vectors is { Copies.Count: > 0 })
                {
                    using (Writer.Braces("if (HasVectors)"))
                    {
                        Writer.Line("Transpose(parameters, batch);");
                    }
                }
            }

            Writer.Line();
            using (Writer.Braces($"protected override double AddTile({Arrays}, {Rows})"))
            {
                Writer.Line($"return {GeneratedMembers.Formulas}.AddTile(parameters, gradients, batch, inputs, targets);");
            }
        }
    }
}
