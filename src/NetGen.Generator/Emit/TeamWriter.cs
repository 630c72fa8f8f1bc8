namespace NetGen.Generator;

/// <summary>Writes what one thread of TrainBatch does with a tile, which is some rows of a batch, and the threads' team.</summary>
internal sealed class TeamWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private const string Arrays = "float[] parameters, float[] gradients, float[] batch";
    private const string Rows = $"{ReadSpan} inputs, {TargetRows} {Wanted}";
    private const string Adds = $"bool {GradientSums.Adds}";

    private static readonly Dictionary<string, string> OfRow = new()
    {
        ["parameters"] = "parameters",
        ["gradients"] = "gradients",
        ["scratch"] = "batch",
        ["t"] = "target",
    };

    public void Write()
    {
        Writer.Line();
        using (Writer.Braces($"private static partial class {GeneratedMembers.Formulas}"))
        {
            if (Plan.HasScalarForm)
            {
                AddTile();
            }

            Team();
        }
    }

    private void AddTile()
    {
        Writer.Line("// Without vectors: the rows of a tile, forward and back. Adds the sum of their gradients to others, or stores it, and returns the sum of their losses.");
        using (Writer.Braces($"public static double AddTile({Arrays}, {Rows}, {Adds})"))
        {
            Writer.Line($"int rows = {Wanted}.Count;");
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
                Writer.Line($"{ReadSpan} target = {Wanted}.Row(row, {ScalarClassTarget("batch")});");
                CallScalar(EntryPoints.Forward);
                CallScalar(EntryPoints.LossGradient, "float loss = ");
                Writer.Line($"sum += {Wanted}.Weigh(row, loss, {ScalarPlace(Plan.Network.Seed, "batch")});");
                CallScalar(EntryPoints.BackPropagate);
            }

            Writer.Line();
            Writer.Line("return sum;");
        }

        Writer.Line();
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
        Writer.Line("// Threads that take a tile each.");
        using (Writer.Braces($"public sealed class Team : {TilesWriter.Support}"))
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
                    ByForm(() => Writer.Line("Transpose(parameters, batch);"), null);
                }
            }

            Writer.Line();
            using (Writer.Braces($"protected override double AddTile({Arrays}, {Rows}, {Adds})"))
            {
                ByForm(
                    AddVectorTile,
                    () => Writer.Line($"return {GeneratedMembers.Formulas}.AddTile(parameters, gradients, batch, inputs, {Wanted}, {GradientSums.Adds});"),
                    leaves: true);
            }

            Writer.Line();
            using (Writer.Braces($"protected override void Step(float[] parameters, float[] gradients, int {OptimizerSteps.First}, int {OptimizerSteps.End})"))
            {
                Writer.Line(Plan.StepsInShares
                    ? MethodsWriter.Calls(Plan, OptimizerSteps.EntryOf(Plan.Model, Optimizer), OfTeam()).Single() + ";"
                    : "// The caller steps, if there is anything to step, once it knows the whole gradient.");
            }
        }
    }

    private void AddVectorTile()
    {
        Dictionary<string, string> arguments = OfTeam();
        arguments.Add("batch", "batch");
        arguments.Add(VectorPlanner.RowCount, $"rows: (nuint){Wanted}.Count");
        Writer.Line($"double losses = {VectorSupportWriter.LossOfTile}(parameters, batch, inputs, {Wanted});");
        IEnumerable<(string, string)> parameters = VectorSupportWriter.Parameters(Plan, Vectors!, EntryPoints.BackRows);
        Writer.Line($"{VectorSupportWriter.Dispatcher}.{EntryPoints.BackRows}({MethodSignature.Arguments(parameters, arguments)});");
        Writer.Line("return losses;");
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
        string[] slots = Plan.StepsInShares ? [.. Optimizer.SlotNames.Select(OptimizerSteps.ArrayOf)] : [];
        string[] scalars = Plan.StepsInShares ? [.. OptimizerSteps.Scalars(Optimizer)] : [];
        foreach (string slot in slots)
        {
            Writer.Line($"private readonly float[] _{slot};");
        }

        foreach (string scalar in scalars)
        {
            Writer.Line($"private float _{scalar};");
        }

        Writer.Line();
        Assign($"public Team({List("float[]", slots)}) : base({Literal.Of(Plan.TileRows)}, InputCount)", slots);
        if (Plan.StepsInShares)
        {
            Writer.Line("// What the step after the next batch takes.");
            Assign($"public void StepWith({List("float", scalars)})", scalars);
        }

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
