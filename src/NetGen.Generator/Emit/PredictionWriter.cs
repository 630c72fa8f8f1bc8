namespace NetGen.Generator;

/// <summary>Writes Forward, ForwardBatch and Evaluate.</summary>
internal sealed class PredictionWriter(ClassPlan plan, CodeWriter writer) : RowsWriter(plan, writer)
{
    public void Write()
    {
        Forward();
        new PortsWriter(Plan, Writer).Write();
        ForwardBatch();
        Evaluate();
    }

    private void Forward()
    {
        using (Member(
            $"public void Forward({ReadSpan} input, {WriteSpan} output)",
            "Computes y for one x. A NaN in x becomes a NaN in y.",
            [("input", "x, " + InputShape), ("output", "y, " + OutputShape)],
            throws: Spans))
        {
            CheckLength("input", "InputCount");
            CheckLength("output", "OutputCount");
            ByForm(() => Call(EntryPoints.Predict, SampleScratch), Scalar);
            if (Trains)
            {
                if (HasChoice)
                {
                    Writer.Line();
                }

                Writer.Line("_forwardAt = _changes[0];");
            }
        }
    }

    private void Scalar()
    {
        Forward("input", SampleScratch);
        Writer.Line($"{ScalarPlace(Plan.Network.Output, SampleScratch)}.CopyTo(output);");
    }

    private void ForwardBatch()
    {
        using (Member(
            $"public void ForwardBatch({ReadSpan} inputs, {WriteSpan} outputs)",
            "Computes the outputs for n inputs, any n.",
            [("inputs", InputRows), ("outputs", OutputRows)],
            throws: "A span is no whole number of rows, or they have different numbers of rows."))
        {
            CheckBatch("outputs", 0);
            UseBatch();
            ByForm(
                () =>
                {
                    Transpose();
                    using (ForEachTile(Literal.Of(Vectors!.BatchRows), SpanOfTile(WriteSpan, "outputs", "OutputCount")))
                    {
                        CallTile(EntryPoints.ForwardRows);
                        CallTile(EntryPoints.OutputRows);
                    }

                    Leave();
                },
                () =>
                {
                    using (ForEachRow())
                    {
                        Writer.Line($"{ScalarPlace(Plan.Network.Output, BatchScratch)}.CopyTo(outputs.Slice(row * OutputCount, OutputCount));");
                    }
                },
                leaves: true);
        }
    }

    private void Evaluate()
    {
        using (Member(
            $"public float Evaluate({ReadSpan} inputs, {ReadSpan} targets)",
            "Computes the mean loss over n samples and changes nothing.",
            [("inputs", InputRows + ", n at least 1"), ("targets", OutputRows)],
            $"The mean of the samples' losses ({Plan.Model.Loss}).",
            "A span is no whole number of rows, or they have different numbers of rows."))
        {
            Writer.Line($"return Evaluate(inputs, {BatchTargets}.Of(targets));");
        }

        using (Member(
            $"public float Evaluate({ReadSpan} inputs, {BatchTargets} targets)",
            "The same with the indices of classes, or samples that weigh.",
            [("inputs", InputRows + ", n at least 1"), ("targets", TargetsText)],
            $"The mean of the samples' losses ({Plan.Model.Loss}), as they weigh.",
            "The inputs are no whole number of rows, there is not a target for each, or a weight is infinite or NaN, or all are 0.",
            BadTargets))
        {
            CheckTargets();
            UseBatch();
            Writer.Line("double sum = 0d;");
            ByForm(
                () =>
                {
                    Transpose();
                    using (ForEachTile(Literal.Of(Vectors!.BatchRows), TargetsOfTile))
                    {
                        AddLosses();
                    }

                    Mean();
                },
                () =>
                {
                    using (ForEachRow())
                    {
                        TargetOfRow();
                        Writer.Line($"sum += {Weighed(ScalarValue(Trains ? EntryPoints.LossGradient : EntryPoints.Loss, BatchScratch), seeds: false)};");
                    }

                    Mean();
                },
                leaves: true);

            void Mean()
            {
                Writer.Line();
                Writer.Line($"return {Canonical("(float)(sum / rows)")};");
            }
        }
    }
}
