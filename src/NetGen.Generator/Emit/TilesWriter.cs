namespace NetGen.Generator;

/// <summary>Writes TrainBatch, and what one thread of it does: the gradient of a tile, which is some rows of a batch.</summary>
internal sealed class TilesWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string Support = "global::NetGen.CompilerServices.TileTeam";
    private const string Arrays = "float[] parameters, float[] gradients, float[] batch";
    private const string Rows = $"{ReadSpan} inputs, {ReadSpan} targets";
    private const string Adds = $"bool {GradientSums.Adds}";

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
            Writer.Line($"bool isParallel = degreeOfParallelism > 1 && rows > {_tileRows};");
            using (Writer.Braces("if (isParallel)"))
            {
                Writer.Line($"_team ??= new {GeneratedMembers.Formulas}.Team({string.Join(", ", Optimizer.Slots.Select(Slot))});");
                Writer.Line("_team.CheckNotNaN(degreeOfParallelism, inputs, targets);");
            }

            using (Writer.Braces("else"))
            {
                CheckNotNaN("inputs", "inputs");
                CheckNotNaN("targets", "targets");
            }

            Writer.Line();
            Writer.Line("_samples = 0;");
            Writer.Line($"float {OptimizerSteps.Scale} = 1f / rows; // from the sum to the mean");
            StepScalars(Optimizer);
            Writer.Line("double sum = 0d;");
            using (Writer.Braces("if (isParallel)"))
            {
                string own = Vectors is null ? "_tileGradients" : $"{HasVectors} ? _gradients : _tileGradients";
                Writer.Line($"_team!.StepWith({string.Join(", ", OptimizerSteps.Scalars(Optimizer))});");
                Writer.Line($"sum = _team.TrainBatch(degreeOfParallelism, _parameters, _gradients, {own}, _batchScratch, inputs, targets);");
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
                using (ForEachTileOfBatch())
                {
                    InItsOwnMemory();
                }

                Writer.Line();
                ScalarUpdate(Optimizer);
            }

            Writer.Line();
            Writer.Line("return (float)(sum / rows);");
        }
    }

    // The last tile's gradient goes to the optimizer at once.
    private void WithTheStep()
    {
        Transpose();
        using (ForEachTileOfBatch())
        {
            AddLosses();
            Writer.Line($"bool {GradientSums.Adds} = row > 0;");
            Writer.Line($"bool {OptimizerSteps.Steps} = row + count == rows;");
            CallTile(EntryPoints.BackRows);
        }
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
        Writer.Line($"sum += {AddTileTo("_tileGradients")};");
        Writer.Line($"{Support}.Add(_gradients, _tileGradients);");
    }

    private static string AddTileTo(string gradients) =>
        $"{GeneratedMembers.Formulas}.AddTile(_parameters, {gradients}, {BatchScratch}, inputsOfTile, targetsOfTile, adds: false)";

    private void AddTile()
    {
        Writer.Line("// Without vectors: the rows of a tile, forward and back. Adds the sum of their gradients to others, or stores it, and returns the sum of their losses.");
        using (Writer.Braces($"public static double AddTile({Arrays}, {Rows}, {Adds})"))
        {
            Writer.Line("int rows = targets.Length / OutputCount;");
            using (Writer.Braces($"if (!{GradientSums.Adds})"))
            {
                Writer.Line("global::System.Array.Clear(gradients, 0, gradients.Length);");
            }

            Writer.Line();
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
            Constructor();
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
            using (Writer.Braces($"protected override double AddTile({Arrays}, {Rows}, {Adds})"))
            {
                if (Vectors is { } vectors)
                {
                    AddVectorTile(vectors);
                }

                Writer.Line($"return {GeneratedMembers.Formulas}.AddTile(parameters, gradients, batch, inputs, targets, {GradientSums.Adds});");
            }

            Writer.Line();
            using (Writer.Braces($"protected override void Step(float[] parameters, float[] gradients, int {OptimizerSteps.First}, int {OptimizerSteps.End})"))
            {
                Writer.Line(MethodsWriter.Calls(Plan, OptimizerSteps.EntryOf(Optimizer), OfTeam()).Single() + ";");
            }
        }
    }

    private void AddVectorTile(VectorPlan vectors)
    {
        Dictionary<string, string> arguments = OfTeam();
        arguments.Add("batch", "batch");
        arguments.Add(OptimizerSteps.Steps, "steps: false");
        arguments.Add(VectorPlanner.RowCount, "rows: (nuint)(targets.Length / OutputCount)");
        using (Writer.Braces("if (HasVectors)"))
        {
            Writer.Line($"double losses = {VectorSupportWriter.LossOfTile}(parameters, batch, inputs, targets);");
            IEnumerable<(string, string)> parameters = VectorSupportWriter.Parameters(Plan, vectors, EntryPoints.BackRows);
            Writer.Line($"{VectorSupportWriter.Dispatcher}.{EntryPoints.BackRows}({MethodSignature.Arguments(parameters, arguments)});");
            Writer.Line("return losses;");
        }

        Writer.Line();
    }

    private Dictionary<string, string> OfTeam()
    {
        Dictionary<string, string> own = OptimizerSteps.Scalars(Optimizer).ToDictionary(scalar => scalar, scalar => "_" + scalar);
        own.Add("parameters", "parameters");
        own.Add("gradients", "gradients");
        return own;
    }

    // It keeps what the optimizer remembers, and takes what a step needs beside.
    private void Constructor()
    {
        string[] slots = [.. Optimizer.Slots.Select(OptimizerSteps.ArrayOf)];
        string[] scalars = [.. OptimizerSteps.Scalars(Optimizer)];
        foreach (string slot in slots)
        {
            Writer.Line($"private readonly float[] _{slot};");
        }

        foreach (string scalar in scalars)
        {
            Writer.Line($"private float _{scalar};");
        }

        Writer.Line();
        Assign($"public Team({List("float[]", slots)}) : base({_tileRows}, InputCount, OutputCount)", slots);
        Writer.Line("// What the step after the next batch takes.");
        Assign($"public void StepWith({List("float", scalars)})", scalars);

        static string List(string type, string[] names) => string.Join(", ", names.Select(n => $"{type} {n}"));

        void Assign(string signature, string[] names)
        {
            using (Writer.Braces(signature))
            {
                foreach (string name in names)
                {
                    Writer.Line($"_{name} = {name};");
                }
            }

            Writer.Line();
        }
    }
}
