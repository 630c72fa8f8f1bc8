namespace NetGen.Generator;

/// <summary>Writes the members of design: thin methods that check their arguments and call the mathematics.</summary>
internal sealed class MembersWriter(ClassPlan plan, CSharpText csharp, CodeWriter writer)
{
    private const string Read = "global::System.ReadOnlySpan<float>";
    private const string Write_ = "global::System.Span<float>";
    private const string Check = "global::NetGen.CompilerServices.Check";

    private readonly OptimizerRow _optimizer = Optimizers.Get(plan.Model.Optimizer);
    private readonly string _self = plan.Model.Type.Declaration.Reference;
    private readonly int _inputs = plan.Model.Inputs;
    private readonly int _outputs = plan.Model.Outputs;

    private bool Trains => plan.Model.Training;

    private string Interface => Trains ? "global::NetGen.INetwork" : "global::NetGen.IPredictor";

    public void WriteAll()
    {
        Constants();
        Fields();
        Initialization();
        Prediction();
        if (Trains)
        {
            Gradients();
            Steps();
            Batches();
        }

        Transfer();
        Sharing();
    }

    private void Constants()
    {
        Constant("InputCount", _inputs, "The length of one input.");
        Constant("OutputCount", _outputs, "The length of one output.");
        Constant("ParameterCount", plan.ParameterCount, "The number of weights and biases.");

        void Constant(string name, int value, string summary)
        {
            Doc(summary);
            writer.Line($"public const int {name} = {Literal.Of(value)};");
            writer.Line();
            writer.Line($"int global::NetGen.IPredictor.{name} => {name};");
            writer.Line();
        }
    }

    private void Fields()
    {
        writer.Line("// Shared by every instance that Share() returns.");
        writer.Line("private readonly float[] _parameters = DrawParameters(new float[ParameterCount], 0);");
        if (Trains)
        {
            foreach (string slot in _optimizer.Slots)
            {
                writer.Line($"private readonly float[] {Slot(slot)} = new float[ParameterCount]; // {_optimizer.Name}'s {slot}");
            }

            if (_optimizer.Powers.Count > 0)
            {
                string ones = string.Join(", ", _optimizer.Powers.Select(_ => "1d"));
                writer.Line($"private readonly double[] _optimizerPowers = {{ {ones} }}; // {string.Join(", ", _optimizer.Powers.Select(p => p.Symbol))}");
            }
        }

        writer.Line();
        writer.Line("// This instance's own: one for single samples, one for batches, so that neither disturbs the other.");
        writer.Line($"private float[] _scratch = new float[{Literal.Of(plan.ScratchLength)}];");
        writer.Line($"private float[] _batchScratch = new float[{Literal.Of(plan.ScratchLength)}];");
        if (Trains)
        {
            writer.Line("private float[] _gradients = new float[ParameterCount];");
            writer.Line("private int _samples; // in _gradients");
            writer.Line("private bool _hasForward;");
        }

        writer.Line();
    }

    private void Initialization()
    {
        Inherit();
        using (writer.Braces("public void Initialize(ulong seed)"))
        {
            writer.Line("DrawParameters(_parameters, seed);");
            if (Trains)
            {
                foreach (string slot in _optimizer.Slots)
                {
                    writer.Line($"global::System.Array.Clear({Slot(slot)}, 0, ParameterCount);");
                }

                for (int i = 0; i < _optimizer.Powers.Count; i++)
                {
                    writer.Line($"_optimizerPowers[{Literal.Of(i)}] = 1d;");
                }

                writer.Line("ClearGradients();");
            }
        }

        writer.Line();
        using (writer.Braces("private static float[] DrawParameters(float[] parameters, ulong seed)"))
        {
            writer.Line("var weights = new global::NetGen.CompilerServices.InitialWeights(seed);");
            foreach (TensorPlan parameter in plan.Parameters)
            {
                InitializerRow row = Initializers.Get(((ParameterOp)plan.Network.Parameters.Single(p => p.Name == parameter.Name).Op).Initializer);
                string place = $"new {Write_}(parameters, {Literal.Of(parameter.Offset)}, {Literal.Of(parameter.Shape.Count)})";
                string text = row.Distribution == Distribution.Zero
                    ? $"{place}.Clear();"
                    : $"weights.Fill{row.Distribution}({place}, {Literal.Of(row.Variance(parameter.Shape[1], parameter.Shape[0]))});";
                writer.Line($"{text} // {parameter.Name}{(row.Distribution == Distribution.Zero ? "" : ": " + row.Summary)}");
            }

            writer.Line("return parameters;");
        }

        writer.Line();
    }

    private void Prediction()
    {
        Inherit();
        using (writer.Braces($"public void Forward({Read} input, {Write_} output)"))
        {
            Length("input", "InputCount");
            Length("output", "OutputCount");
            writer.Line($"input.CopyTo({Place(plan.Network.Input, "_scratch")});");
            Call(EntryPoints.Forward, "_scratch");
            writer.Line($"{Place(plan.Network.Output, "_scratch")}.CopyTo(output);");
            if (Trains)
            {
                writer.Line("_hasForward = true;");
            }
        }

        writer.Line();
        Inherit();
        using (writer.Braces($"public void ForwardBatch({Read} inputs, {Write_} outputs)"))
        {
            writer.Line($"int rows = {Check}.Batch(inputs.Length, InputCount, outputs.Length, OutputCount, \"outputs\", 0);");
            using (writer.Braces("for (int row = 0; row < rows; row++)"))
            {
                ForwardRow();
                writer.Line($"{Place(plan.Network.Output, "_batchScratch")}.CopyTo(outputs.Slice(row * OutputCount, OutputCount));");
            }
        }

        writer.Line();
        Inherit();
        using (writer.Braces($"public float Evaluate({Read} inputs, {Read} targets)"))
        {
            writer.Line($"int rows = {Check}.Batch(inputs.Length, InputCount, targets.Length, OutputCount, \"targets\", 1);");
            writer.Line("double sum = 0d;");
            using (writer.Braces("for (int row = 0; row < rows; row++)"))
            {
                ForwardRow();
                writer.Line($"{Read} target = targets.Slice(row * OutputCount, OutputCount);");
                writer.Line($"sum += {Single(Trains ? EntryPoints.LossGradient : EntryPoints.Loss, "_batchScratch")};");
            }

            writer.Line("return (float)(sum / rows);");
        }

        writer.Line();
    }

    private void Gradients()
    {
        foreach (bool wantsInput in new[] { false, true })
        {
            string more = wantsInput ? $", {Write_} inputGradient" : "";
            Inherit();
            using (writer.Braces($"public float Backward({Read} target{more})"))
            {
                Length("target", "OutputCount");
                Prepare(wantsInput);
                writer.Line($"float loss = {Single(EntryPoints.LossGradient, "_scratch")};");
                RejectNaN("loss", "input", Place(plan.Network.Input, "_scratch"), "target", "target");
                Accumulate(wantsInput);
                writer.Line("return loss;");
            }

            writer.Line();
            Inherit();
            using (writer.Braces($"public void BackwardFrom({Read} outputGradient{more})"))
            {
                Length("outputGradient", "OutputCount");
                Prepare(wantsInput);
                writer.Line($"{Check}.NotNaN(outputGradient, \"outputGradient\");");
                writer.Line($"{Check}.NotNaN({Place(plan.Network.Input, "_scratch")}, \"input\");");
                Call(EntryPoints.OutputGradient, "_scratch");
                Accumulate(wantsInput);
            }

            writer.Line();
        }

        Inherit();
        using (writer.Braces("public void ClearGradients()"))
        {
            writer.Line("global::System.Array.Clear(_gradients, 0, ParameterCount);");
            writer.Line("_samples = 0;");
        }

        writer.Line();

        void Prepare(bool wantsInput)
        {
            if (wantsInput)
            {
                Length("inputGradient", "InputCount");
            }

            writer.Line($"{Check}.Forwarded(_hasForward);");
        }

        void Accumulate(bool wantsInput)
        {
            Call(EntryPoints.BackPropagate, "_scratch");
            if (wantsInput)
            {
                Call(EntryPoints.InputGradient, "_scratch");
            }

            writer.Line("_samples++;");
        }
    }

    private void Steps()
    {
        Inherit();
        Step("SgdStep", Optimizers.Get("Sgd"));
        Inherit();
        if (_optimizer.Name == "Sgd")
        {
            writer.Line("public void Step(float learningRate) => SgdStep(learningRate);");
            writer.Line();
        }
        else
        {
            Step("Step", _optimizer);
        }

        Inherit();
        using (writer.Braces($"public float TrainStep({Read} input, {Read} target, float learningRate)"))
        {
            Length("input", "InputCount");
            Length("target", "OutputCount");
            writer.Line($"{Check}.LearningRate(learningRate);");
            writer.Line($"input.CopyTo({Place(plan.Network.Input, "_batchScratch")});");
            Call(EntryPoints.Forward, "_batchScratch");
            writer.Line($"float loss = {Single(EntryPoints.LossGradient, "_batchScratch")};");
            RejectNaN("loss", "input", "input", "target", "target");
            Call(EntryPoints.Descend, "_batchScratch");
            writer.Line("return loss;");
        }

        writer.Line();
    }

    private void Step(string name, OptimizerRow row)
    {
        using (writer.Braces($"public void {name}(float learningRate)"))
        {
            writer.Line($"{Check}.LearningRate(learningRate);");
            using (writer.Braces("if (_samples == 0)"))
            {
                writer.Line("return;");
            }

            writer.Line();
            writer.Line($"// {row.Summary}");
            for (int i = 0; i < row.Powers.Count; i++)
            {
                OptimizerPower power = row.Powers[i];
                writer.Line($"double {power.Name} = _optimizerPowers[{Literal.Of(i)}] *= {Literal.Of(power.Factor)}; // {power.Symbol}");
            }

            var exact = new CSharpText(new ConsumerModel(0, false), isDouble: true);
            foreach (OptimizerUpdate scalar in row.Scalars)
            {
                writer.Line($"float {scalar.Target} = (float)({exact.Print(Named(scalar.Value))});");
            }

            writer.Line("float[] parameters = _parameters;");
            writer.Line("float[] gradients = _gradients;");
            foreach (string slot in row.Slots)
            {
                writer.Line($"float[] {slot}s = {Slot(slot)};");
            }

            writer.Line("float scale = 1f / _samples; // the mean of the samples");
            using (writer.Braces("for (int i = 0; i < ParameterCount; i++)"))
            {
                writer.Line("float p = parameters[i];");
                writer.Line("float g = gradients[i] * scale;");
                foreach (string slot in row.Slots)
                {
                    writer.Line($"float {slot} = {slot}s[i];");
                }

                foreach (OptimizerUpdate update in row.Updates)
                {
                    string array = update.Target == "p" ? "parameters" : update.Target + "s";
                    writer.Line($"{array}[i] = {update.Target} = {csharp.Print(Named(update.Value))};");
                }
            }

            writer.Line();
            writer.Line("ClearGradients();");
        }

        writer.Line();

        static Expr Named(Expr value) =>
            value.Rewrite(e => e is Expr.Local { Name: "lr" } ? new Expr.Local(Planner.LearningRate) : null);
    }

    private void Batches()
    {
        Inherit();
        using (writer.Braces($"public float TrainBatch({Read} inputs, {Read} targets, float learningRate)"))
        {
            writer.Line($"int rows = {Check}.Batch(inputs.Length, InputCount, targets.Length, OutputCount, \"targets\", 1);");
            writer.Line($"{Check}.LearningRate(learningRate);");
            writer.Line($"{Check}.NotNaN(inputs, \"inputs\");");
            writer.Line($"{Check}.NotNaN(targets, \"targets\");");
            writer.Line("ClearGradients();");
            writer.Line("double sum = 0d;");
            using (writer.Braces("for (int row = 0; row < rows; row++)"))
            {
                ForwardRow();
                writer.Line($"{Read} target = targets.Slice(row * OutputCount, OutputCount);");
                writer.Line($"sum += {Single(EntryPoints.LossGradient, "_batchScratch")};");
                Call(EntryPoints.BackPropagate, "_batchScratch");
            }

            writer.Line("_samples = rows;");
            writer.Line("Step(learningRate);");
            writer.Line("return (float)(sum / rows);");
        }

        writer.Line();
    }

    private void Transfer()
    {
        Inherit();
        using (writer.Braces($"public void GetParameters({Write_} destination)"))
        {
            Length("destination", "ParameterCount");
            writer.Line($"new {Read}(_parameters).CopyTo(destination);");
        }

        writer.Line();
        Inherit();
        using (writer.Braces($"public void SetParameters({Read} source)"))
        {
            Length("source", "ParameterCount");
            writer.Line($"source.CopyTo(new {Write_}(_parameters));");
        }

        writer.Line();
        if (Trains)
        {
            Inherit();
            using (writer.Braces($"public void GetGradients({Write_} destination)"))
            {
                Length("destination", "ParameterCount");
                writer.Line("float scale = _samples == 0 ? 0f : 1f / _samples;");
                using (writer.Braces("for (int i = 0; i < ParameterCount; i++)"))
                {
                    writer.Line("destination[i] = _gradients[i] * scale;");
                }
            }

            writer.Line();
        }
    }

    private void Sharing()
    {
        Inherit();
        using (writer.Braces($"public {_self} Share()"))
        {
            // Your constructors may want arguments; a copy needs none.
            writer.Line("// A copy needs no constructor, which may ask for arguments.");
            writer.Line($"var other = ({_self})MemberwiseClone();");
            writer.Line("other._scratch = new float[_scratch.Length];");
            writer.Line("other._batchScratch = new float[_batchScratch.Length];");
            if (Trains)
            {
                writer.Line("other._gradients = new float[ParameterCount];");
                writer.Line("other._samples = 0;");
                writer.Line("other._hasForward = false;");
            }

            writer.Line("return other;");
        }

        writer.Line();
        writer.Line("global::NetGen.IPredictor global::NetGen.IPredictor.Share() => Share();");
        if (Trains)
        {
            writer.Line();
            writer.Line("global::NetGen.INetwork global::NetGen.INetwork.Share() => Share();");
        }
    }

    private void ForwardRow()
    {
        writer.Line($"inputs.Slice(row * InputCount, InputCount).CopyTo({Place(plan.Network.Input, "_batchScratch")});");
        Call(EntryPoints.Forward, "_batchScratch");
    }

    // What would make the parameters NaN for good is refused; a network that has diverged may say so with a NaN loss.
    private void RejectNaN(string loss, string firstName, string first, string secondName, string second)
    {
        using (writer.Braces($"if (float.IsNaN({loss}))"))
        {
            writer.Line($"{Check}.NotNaN({first}, \"{firstName}\");");
            writer.Line($"{Check}.NotNaN({second}, \"{secondName}\");");
        }

        writer.Line();
    }

    private void Call(string entryPoint, string scratch)
    {
        foreach (string call in MethodsWriter.Calls(plan, entryPoint, scratch))
        {
            writer.Line(call + ";");
        }
    }

    private string Single(string entryPoint, string scratch) => MethodsWriter.Calls(plan, entryPoint, scratch).Single();

    private string Place(Node node, string scratch)
    {
        TensorPlan tensor = plan.Get(node.Name);
        return $"new {Write_}({scratch}, {Literal.Of(tensor.Offset)}, {Literal.Of(tensor.Shape.Count)})";
    }

    private void Length(string span, string expected) =>
        writer.Line($"{Check}.Length({span}.Length, {expected}, \"{span}\");");

    private static string Slot(string slot) => "_optimizer" + slot.ToUpperInvariant();

    private void Doc(string summary) => writer.Line($"/// <summary>{summary}</summary>");

    private void Inherit() => writer.Line($"/// <inheritdoc/>");

    public string InterfaceName => Interface;
}
