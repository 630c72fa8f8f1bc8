namespace NetGen.Generator;

/// <summary>Writes what gathers the gradients of a batch without a step: BackwardBatch and BackwardFromBatch.</summary>
internal sealed class BatchGradientsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    public void Write()
    {
        BackwardBatch();
        BackwardFromBatch();
    }

    private void BackwardBatch()
    {
        using (Member(
            $"public float BackwardBatch({ReadSpan} inputs, {ReadSpan} targets)",
            "Forward and Backward for n samples, at the speed of a batch: adds their gradients to the sum and takes no step.",
            [("inputs", InputRows + ", n at least 1"), ("targets", OutputRows)],
            $"The mean loss ({Plan.Model.Loss}).",
            "The spans do not hold the same number of rows, or a number in one of them is infinite or NaN."))
        {
            Check("targets", 1);
            Writer.Line("double sum = 0d;");
            ByForm(
                () => OfVectors("targets", AddLosses),
                () => OfScalars("targets", $"{ReadSpan} target", $"sum += {ScalarValue(EntryPoints.LossGradient, BatchScratch)};"));
            Writer.Line();
            Writer.Line("_samples += rows;");
            Writer.Line($"return {Canonical("(float)(sum / rows)")};");
        }
    }

    private void BackwardFromBatch()
    {
        using (Member(
            $"public void BackwardFromBatch({ReadSpan} inputs, {ReadSpan} outputGradients)",
            "Forward and BackwardFrom for n samples, at the speed of a batch: adds the gradients that follow from ∂L/∂y of your own to the sum.",
            [("inputs", InputRows + ", any n"), ("outputGradients", "∂L/∂y of each sample's own loss, " + OutputRows)],
            throws: "The spans do not hold the same number of rows, or a number in one of them is infinite or NaN."))
        {
            Check("outputGradients", 0);
            ByForm(
                () => OfVectors("outputGradients", () =>
                {
                    CallTile(EntryPoints.ForwardRows);
                    CallTile(EntryPoints.OutputGradientRows);
                }),
                () => OfScalars(
                    "outputGradients",
                    $"{ReadSpan} outputGradient",
                    [.. MethodsWriter.ScalarCalls(Plan, EntryPoints.OutputGradient, OfSample(BatchScratch)).Select(call => call + ";")]));
            Writer.Line();
            Writer.Line("_samples += rows;");
        }
    }

    private void Check(string others, int minimum)
    {
        CheckBatch(others, minimum);
        Writer.Line($"{Gradients}.CheckSamples(rows, _samples, \"inputs\", {Literal.Of(minimum)});");
        CheckFinite("inputs", "inputs");
        CheckFinite(others, others);
        UseBatch();
    }

    private void OfVectors(string others, Action seed)
    {
        Transpose();
        using (ForEachTile(Literal.Of(Vectors!.BatchRows), ("inputs", "InputCount"), (others, "OutputCount")))
        {
            seed();
            Writer.Line($"bool {GradientSums.Adds} = _samples > 0 || row > 0;");
            CallTile(EntryPoints.BackRows);
        }
    }

    private void OfScalars(string others, string row, params string[] seed)
    {
        ClearFirst();
        using (ForEachRow())
        {
            Writer.Line($"{row} = {others}.Slice(row * OutputCount, OutputCount);");
            foreach (string statement in seed)
            {
                Writer.Line(statement);
            }

            Call(EntryPoints.BackPropagate, BatchScratch);
        }
    }
}
