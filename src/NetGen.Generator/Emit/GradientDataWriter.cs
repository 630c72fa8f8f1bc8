namespace NetGen.Generator;

/// <summary>Writes what takes gathered gradients as numbers: how many samples they are of, their sums, and their norm.</summary>
internal sealed class GradientDataWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private string Logical => $"[{Literal.Of(Plan.ParameterCount)}]: {string.Join(", ", Plan.Network.Parameters.Select(p => p.AdjointName))}";

    public void Write()
    {
        Samples();
        GetGradientSums();
        AddGradients();
        ScaleGradients();
        GetGradientNorm();
    }

    private void Samples()
    {
        Writer.Line();
        Document("The number of samples since the last step.");
        Writer.Generated();
        Writer.Line("public int GradientSamples => _samples;");
    }

    private void GetGradientSums()
    {
        using (Member(
            $"public void GetGradientSums({WriteSpan} destination)",
            "Copies out the gradients of the samples since the last step, added up; zeros without samples.",
            [("destination", Logical)],
            throws: Spans))
        {
            CheckLength("destination", "ParameterCount");
            using (Writer.Braces("if (_samples == 0)"))
            {
                Writer.Line("destination.Clear();");
                Writer.Line("return;");
            }

            Writer.Line();
            Copy(("Unpack(_gradients, destination);", $"new {ReadSpan}(_gradients).CopyTo(destination);"));
            CanonicalNaNs("destination");
        }
    }

    private void AddGradients()
    {
        using (Member(
            $"public void AddGradients({ReadSpan} sums, int samples)",
            "Adds gradients of samples that were gathered elsewhere, as if Backward had been called for each of them here.",
            [("sums", Logical + ", added up over the samples"), ("samples", "how many there were, at least 1")],
            throws: "The span is longer or shorter than its shape, or a number in it is infinite or NaN.",
            outOfRange: "There are too few samples, or too many to be counted."))
        {
            CheckLength("sums", "ParameterCount");
            Writer.Line($"{Gradients}.CheckSamples(samples, _samples, \"samples\");");
            CheckFinite("sums", "sums");
            ClearFirst();
            Copy(("AddPacked(sums, _gradients);", $"{TilesWriter.Support}.Add(_gradients, sums);"));
            Writer.Line();
            Writer.Line("_samples += samples;");
        }
    }

    private void ScaleGradients()
    {
        using (Member(
            "public void ScaleGradients(float factor)",
            "Multiplies the gathered gradients. The number of samples stays, so their mean is multiplied as well.",
            [("factor", "finite")],
            outOfRange: "The factor is infinite or NaN."))
        {
            Writer.Line($"{Gradients}.CheckFactor(factor, \"factor\");");
            using (Writer.Braces("if (_samples > 0)"))
            {
                Writer.Line($"{Gradients}.Scale({Sums("_gradients")}, factor);");
            }
        }
    }

    private void GetGradientNorm()
    {
        using (Member(
            "public float GetGradientNorm()",
            "Computes the length of the mean gradient of the samples since the last step, over all parameters together; 0 without samples.",
            returns: "√(Σ g²); infinite or NaN if a gradient is."))
        {
            using (Writer.Braces("if (_samples == 0)"))
            {
                Writer.Line("return 0f;");
            }

            Writer.Line();
            Scale("_samples");
            Writer.Line($"return {Canonical($"{Norm}.Of({Sums("_gradients")}, {OptimizerSteps.Scale})")};");
        }
    }
}
