namespace NetGen.Generator;

/// <summary>Writes what gathers the gradients of a batch without a step: BackwardBatch and BackwardFromBatch.</summary>
internal sealed class BatchGradientsWriter(ClassPlan plan, CodeWriter writer) : RowsWriter(plan, writer)
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
            Writer.Line($"return BackwardBatch(inputs, {BatchTargets}.Of(targets));");
        }

        using (Member(
            $"public float BackwardBatch({ReadSpan} inputs, {BatchTargets} targets)",
            "The same with the indices of classes, or samples that weigh: then it is as if each of the n had the batch's weighted mean gradient.",
            [("inputs", InputRows + ", n at least 1"), ("targets", TargetsText)],
            $"The mean loss ({Plan.Model.Loss}), as samples weigh.",
            "There is not a target for each input, a number is infinite or NaN, or all weights are 0.",
            BadTargets))
        {
            CheckTargets();
            Writer.Line($"{Gradients}.CheckSamples(rows, _samples, \"inputs\");");
            CheckFinite("inputs", "inputs");
            Writer.Line($"{Wanted}.CheckFinite();");
            UseBatch();
            Writer.Line("double sum = 0d;");
            ByForm(
                () => OfVectors(TargetsOfTile, AddLosses),
                () => OfScalars(TargetOfRow, $"sum += {Weighed(ScalarValue(EntryPoints.LossGradient, BatchScratch), seeds: true)};"));
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
            CheckBatch("outputGradients", 0);
            Writer.Line($"{Gradients}.CheckSamples(rows, _samples, \"inputs\", 0);");
            CheckFinite("inputs", "inputs");
            CheckFinite("outputGradients", "outputGradients");
            UseBatch();
            ByForm(
                () => OfVectors(SpanOfTile(ReadSpan, "outputGradients", "OutputCount"), () =>
                {
                    CallTile(EntryPoints.ForwardRows);
                    CallTile(EntryPoints.OutputGradientRows);
                }),
                () => OfScalars(
                    () => Writer.Line($"{ReadSpan} outputGradient = outputGradients.Slice(row * OutputCount, OutputCount);"),
                    [.. MethodsWriter.ScalarCalls(Plan, EntryPoints.OutputGradient, OfSample(BatchScratch)).Select(call => call + ";")]));
            Writer.Line();
            Writer.Line("_samples += rows;");
        }
    }

    private void OfVectors(string others, Action seed)
    {
        Transpose();
        using (ForEachTile(Literal.Of(Vectors!.BatchRows), others))
        {
            seed();
            Writer.Line($"bool {GradientSums.Adds} = _samples > 0 || row > 0;");
            CallTile(EntryPoints.BackRows);
        }
    }

    private void OfScalars(Action row, params string[] seed)
    {
        ClearFirst();
        using (ForEachRow())
        {
            row();
            foreach (string statement in seed)
            {
                Writer.Line(statement);
            }

            Call(EntryPoints.BackPropagate, BatchScratch);
        }
    }
}
