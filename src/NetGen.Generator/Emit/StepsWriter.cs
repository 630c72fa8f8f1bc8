namespace NetGen.Generator;

/// <summary>Writes what changes parameters: SgdStep, Step and TrainStep.</summary>
internal sealed class StepsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    public void Write()
    {
        Step("SgdStep", Plan.Model.Descent);
        Step("Step", Optimizer);
        TrainStep();
        TrainStepOfClass();
    }

    private void Step(string name, OptimizerRow row)
    {
        using (Member(
            $"public void {name}(float learningRate)",
            $"One step of {row.Name} with the mean gradient g of the samples since the last step, which it then forgets: "
                + $"{row.Summary}. Without samples it does nothing.",
            [Rate],
            outOfRange: BadRate,
            throwsOnBadGradient: true))
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
            Scale("_samples");
            Writer.Line("_samples = 0;");
            Writer.Line($"{StepCheck}.Require({OfStep("_gradients", row)});");
            LimitNorm("_gradients");
            StepScalars(row);
            Update(row);
            KeepPowers(row);
            ParametersChanged();
        }
    }

    private void TrainStep()
    {
        using (Member(
            $"public float TrainStep({ReadSpan} input, {ReadSpan} target, float learningRate)",
            $"One sample, one step of {Optimizer.Name}: {Optimizer.Summary}. Gradients that Backward gathered before are kept. A loss or gradient that is not finite changes nothing.",
            [("input", "x, " + InputShape), ("target", "t, " + OutputShape), Rate],
            $"The loss before the step ({Plan.Model.Loss}); not finite where there was no step: NaN where the gradient alone is not.",
            "A span is longer or shorter than its shape, or a number in one of them is infinite or NaN.",
            BadRate))
        {
            CheckLength("input", "InputCount");
            CheckLength("target", "OutputCount");
            CheckLearningRate();
            UseStep();
            Writer.Line("float loss;");
            if (Plan.Descends)
            {
                ByForm(DescendAtOnce, ScalarDescent);
                if (HasChoice)
                {
                    Writer.Line();
                }

                Writer.Line("// Something is not finite, or so large that a gradient may not be: what it is shows the whole gradient.");
            }

            ByTheGradient();
        }
    }

    private void TrainStepOfClass()
    {
        using (Member(
            $"public float TrainStep({ReadSpan} input, int classIndex, float learningRate)",
            "The same for the target that is 1 for a class's output and 0 for the others.",
            [("input", "x, " + InputShape), ClassIndex, Rate],
            "As of a target.",
            "The input is longer or shorter than its shape, or a number in it is infinite or NaN.",
            "There is no class of that index, or the learning rate is negative, infinite or NaN."))
        {
            Writer.Line($"return TrainStep(input, {OfClass}, learningRate);");
        }
    }

    private void DescendAtOnce()
    {
        Writer.Line($"loss = {Value(EntryPoints.Train, StepScratch)};");
        using (Writer.Braces($"if ({StepCheck}.IsFinite(loss))"))
        {
            ParametersChanged();
            Writer.Line($"return {Canonical("loss")};");
        }

        Writer.Line();
    }

    private void ScalarDescent()
    {
        Forward("input", StepScratch);
        Writer.Line($"loss = {ScalarValue(EntryPoints.LossGradient, StepScratch)};");
        using (Writer.Braces($"if ({StepCheck}.IsFinite(loss) && {ScalarValue(EntryPoints.Reach, StepScratch)} < {Literal.Of(StepReach.Limit)})"))
        {
            Call(EntryPoints.Descend, StepScratch);
            ParametersChanged();
            Writer.Line("return loss;");
        }

        Writer.Line();
    }

    // Forward, Backward and Step, in memory of its own.
    private void ByTheGradient()
    {
        CheckSample("input");
        ByForm(
            () => Call(EntryPoints.Predict, StepScratch, ("output", Place(Plan.Network.Output, StepScratch))),
            () => Forward("input", StepScratch));
        Writer.Line($"loss = {Value(EntryPoints.LossGradient, StepScratch)};");
        Writer.Line($"float[] gradients = _samples == 0 ? _gradients : {TileGradients};");
        Writer.Line("global::System.Array.Clear(gradients, 0, gradients.Length);");
        Call(EntryPoints.BackPropagate, StepScratch, ("gradients", "gradients"));
        Writer.Line($"{(Plan.Model.ClipNorm > 0 ? "" : "const ")}float {OptimizerSteps.Scale} = 1f;");
        LookThrough(
            "loss",
            "(float)",
            "gradients",
            Vectors is { SampleFactors.Count: > 0 } ? $"{GeneratedMembers.Formulas}.{VectorSupportWriter.LargestOfSample}({StepScratch})" : null);
        using (Writer.Braces($"if ({StepCheck}.IsFinite(loss))"))
        {
            LimitNorm("gradients");
            StepScalars(Optimizer);
            Update(Optimizer, "gradients");
            KeepPowers(Optimizer);
            ParametersChanged();
        }

        Writer.Line();
        Writer.Line($"return {Canonical("loss")};");
    }
}
