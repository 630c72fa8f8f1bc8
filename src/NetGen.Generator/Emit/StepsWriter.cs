namespace NetGen.Generator;

/// <summary>Writes what changes parameters: SgdStep, Step and TrainStep.</summary>
internal sealed class StepsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    public void Write()
    {
        Step("SgdStep", Plan.Model.Descent);
        Step("Step", Optimizer);
        TrainStep();
    }

    private void Step(string name, OptimizerRow row)
    {
        using (Member(
            $"public void {name}(float learningRate)",
            $"One step of {row.Name} with the mean gradient g of the samples since the last step, which it then forgets: "
                + $"{row.Summary}. Without samples it does nothing.",
            [Rate],
            throws: "The learning rate is negative, infinite or NaN."))
        {
            if (name == "Step" && row == Plan.Model.Descent)
            {
                Writer.Line("SgdStep(learningRate);");
                return;
            }

            CheckLearningRate();
            using (Writer.Braces("if (_samples == 0)"))
            {
                Writer.Line("return;");
            }

            Writer.Line();
            ScaleOfStep("_samples");
            StepScalars(row);
            Update(row);
            Writer.Line("_samples = 0;");
        }
    }

    private void TrainStep()
    {
        using (Member(
            $"public float TrainStep({ReadSpan} input, {ReadSpan} target, float learningRate)",
            "One sample of plain stochastic gradient descent: p ← p − lr·∂L/∂p. Gradients that Backward gathered before are kept. A loss that is NaN changes nothing.",
            [("input", "x, " + InputShape), ("target", "t, " + OutputShape), Rate],
            $"The loss before the step ({Plan.Model.Loss}).",
            "A span is longer or shorter than its shape, there is a NaN in one of them, or the learning rate is negative, infinite or NaN."))
        {
            CheckLength("input", "InputCount");
            CheckLength("target", "OutputCount");
            CheckLearningRate();
            Writer.Line("float loss;");
            ByForm(
                () =>
                {
                    Writer.Line($"loss = {Value(EntryPoints.Train, BatchScratch)};");
                    CheckLoss("input");
                    Writer.Line($"return {Canonical("loss")};");
                },
                () =>
                {
                    Forward("input", BatchScratch);
                    Writer.Line($"loss = {ScalarValue(EntryPoints.LossGradient, BatchScratch)};");
                    CheckLoss("input");
                    using (Writer.Braces("if (!float.IsNaN(loss))"))
                    {
                        Call(EntryPoints.Descend, BatchScratch);
                    }

                    Writer.Line();
                    Writer.Line("return loss;");
                },
                leaves: true);
        }
    }
}
