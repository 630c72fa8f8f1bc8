namespace NetGen.Generator;

/// <summary>Writes Backward and BackwardFrom, and the gradients that they gather.</summary>
internal sealed class GradientsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    public void Write()
    {
        Backward(wantsInput: false);
        Backward(wantsInput: true);
        BackwardOfClass(wantsInput: false);
        BackwardOfClass(wantsInput: true);
        BackwardFrom(wantsInput: false);
        BackwardFrom(wantsInput: true);
        BackwardFromLogits(wantsInput: false);
        BackwardFromLogits(wantsInput: true);
        GetGradients();
        ClearGradients();
    }

    private (string Name, string Text)[] Parameters(string name, string text, bool wantsInput) =>
        wantsInput ? [(name, text), ("inputGradient", "receives ∂L/∂x, " + InputShape)] : [(name, text)];

    private static string Signature(string name, bool wantsInput) =>
        $"({ReadSpan} {name}{(wantsInput ? $", {WriteSpan} inputGradient" : "")})";

    private void Backward(bool wantsInput)
    {
        using (Member(
            "public float Backward" + Signature("target", wantsInput),
            "After Forward: adds this sample's gradient to the sum.",
            Parameters("target", "t, " + OutputShape, wantsInput),
            $"The sample's loss ({Plan.Model.Loss}).",
            "A span is longer or shorter than its shape, or a number of the input or the target is infinite or NaN.",
            throwsWithoutForward: true))
        {
            CheckLength("target", "OutputCount");
            CheckForward(wantsInput);
            CheckSample(Place(Plan.Network.Input, SampleScratch));
            Writer.Line($"float loss = {Value(EntryPoints.LossGradient, SampleScratch)};");
            Accumulate(wantsInput);
            Writer.Line($"return {Canonical("loss")};");
        }
    }

    private void BackwardOfClass(bool wantsInput)
    {
        using (Member(
            $"public float Backward(int classIndex{(wantsInput ? $", {WriteSpan} inputGradient" : "")})",
            "After Forward: adds this sample's gradient to the sum, for the target that is 1 for a class's output and 0 for the others.",
            wantsInput ? [ClassIndex, ("inputGradient", "receives ∂L/∂x, " + InputShape)] : [ClassIndex],
            $"The sample's loss ({Plan.Model.Loss}).",
            "A span is longer or shorter than its shape, or a number of the input is infinite or NaN.",
            "There is no class of that index.",
            throwsWithoutForward: true))
        {
            Writer.Line($"return Backward({OfClass}{(wantsInput ? ", inputGradient" : "")});");
        }
    }

    private void BackwardFrom(bool wantsInput)
    {
        using (Member(
            "public void BackwardFrom" + Signature("outputGradient", wantsInput),
            "After Forward: adds the gradient that follows from a ∂L/∂y of your own to the sum.",
            Parameters("outputGradient", "∂L/∂y, " + OutputShape, wantsInput),
            throws: "A span is longer or shorter than its shape, or a number of the input or the gradient is infinite or NaN.",
            throwsWithoutForward: true))
        {
            CheckLength("outputGradient", "OutputCount");
            CheckForward(wantsInput);
            CheckFinite("outputGradient", "outputGradient");
            CheckFinite(Place(Plan.Network.Input, SampleScratch), "input");
            Call(EntryPoints.OutputGradient, SampleScratch);
            Accumulate(wantsInput);
        }
    }

    private void CheckForward(bool wantsInput)
    {
        if (wantsInput)
        {
            CheckLength("inputGradient", "InputCount");
        }

        CheckForward();
    }

    private void BackwardFromLogits(bool wantsInput)
    {
        string activation = Plan.Network.Activation == Activations.All[0].Name ? "z is y, as the last activation is linear" : $"y is {Plan.Network.Activation} of z";
        using (Member(
            "public void BackwardFromLogits" + Signature("logitGradient", wantsInput),
            $"After Forward: adds the gradient that follows from a ∂L/∂z of your own to the sum, z being the logits: {activation}.",
            Parameters("logitGradient", "∂L/∂z, " + OutputShape, wantsInput),
            throws: "A span is longer or shorter than its shape, or a number of the input or the gradient is infinite or NaN.",
            throwsWithoutForward: true))
        {
            CheckLength("logitGradient", "OutputCount");
            CheckForward(wantsInput);
            CheckFinite("logitGradient", "logitGradient");
            CheckFinite(Place(Plan.Network.Input, SampleScratch), "input");
            Writer.Line($"logitGradient.CopyTo({Place(Plan.Network.Seed, SampleScratch)});");
            Accumulate(wantsInput);
        }
    }

    private void Accumulate(bool wantsInput)
    {
        ClearFirst();
        Call(EntryPoints.BackPropagate, SampleScratch);
        if (wantsInput)
        {
            Call(EntryPoints.InputGradient, SampleScratch);
            CanonicalNaNs("inputGradient");
        }

        Writer.Line("_samples++;");
    }

    private void GetGradients()
    {
        using (Member(
            $"public void GetGradients({WriteSpan} destination)",
            "Copies out the mean gradient of the samples since the last step; zeros without samples.",
            [("destination", $"[{Literal.Of(Plan.ParameterCount)}]: {string.Join(", ", Plan.Network.Parameters.Select(p => p.AdjointName))}")],
            throws: Spans))
        {
            CheckLength("destination", "ParameterCount");
            using (Writer.Braces("if (_samples == 0)"))
            {
                Writer.Line("destination.Clear();");
                Writer.Line("return;");
            }

            Writer.Line();
            Scale("_samples");
            ByForm(
                () =>
                {
                    Writer.Line($"{GeneratedMembers.Formulas}.Unpack(_gradients, destination);");
                    ForEachParameter("destination[i] *= scale;");
                    CanonicalNaNs("destination");
                    Leave();
                },
                () => ForEachParameter("destination[i] = _gradients[i] * scale;"),
                leaves: true);
        }
    }

    private void ForEachParameter(string statement)
    {
        using (Writer.Braces("for (int i = 0; i < ParameterCount; i++)"))
        {
            Writer.Line(statement);
        }
    }

    private void ClearGradients()
    {
        using (Member("public void ClearGradients()", "Forgets the gradients of the samples since the last step."))
        {
            Writer.Line("_samples = 0;");
        }
    }
}
