using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>Bad arguments are named, with what was expected and what was given, and change nothing.</summary>
public sealed class ArgumentTests
{
    private static readonly float[] BadRates = [float.NaN, -0.1f, float.PositiveInfinity, float.NegativeInfinity];

    // Asked of a compiled network, so not when tests are only counted.
    public static TheoryData<string, string> BadCalls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in Trained)
            {
                foreach (BadCall call in Calls(Create(name)))
                {
                    data.Add(name, call.What);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadCalls), DisableDiscoveryEnumeration = true)]
    public void Bad_arguments_are_named_and_change_nothing(string name, string what)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        foreach (INetwork each in (INetwork[])[network, twin])
        {
            // Every kind of state: parameters that moved, memory of the optimizer, gathered gradients, a Forward.
            (float[] inputs, float[] targets) = Samples(each, 4);
            each.TrainBatch(inputs, targets, 0.01f);
            Gather(each, inputs, targets);
            Forward(each, inputs.AsSpan(0, each.InputCount));
        }

        BadCall call = Calls(network).Single(c => c.What == what);
        var error = Assert.ThrowsAny<ArgumentException>(() => call.Run(network));
        Assert.Equal(call.Parameter, error.ParamName);
        Assert.Equal(call.IsOutOfRange ? typeof(ArgumentOutOfRangeException) : typeof(ArgumentException), error.GetType());
        foreach (string part in call.Mentions)
        {
            Assert.Contains(part, error.Message);
        }

        AssertSame(twin, network);
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    [InlineData(Classifier)]
    public void Backward_before_Forward_is_an_invalid_operation(string name)
    {
        INetwork network = Create(name);
        var target = new float[network.OutputCount];
        var inputGradient = new float[network.InputCount];
        Assert.Throws<InvalidOperationException>(() => network.Backward(target));
        Assert.Throws<InvalidOperationException>(() => network.Backward(target, inputGradient));
        Assert.Throws<InvalidOperationException>(() => network.BackwardFrom(target));
        Assert.Throws<InvalidOperationException>(() => network.BackwardFrom(target, inputGradient));
        Assert.All(Gradients(network), g => Assert.Equal(0, g));
    }

    [Theory]
    [InlineData(Tiny, float.NaN)]
    [InlineData(Wide, float.NaN)]
    [InlineData(Classifier, float.NaN)]
    [InlineData(Tiny, float.PositiveInfinity)]
    [InlineData(Wide, float.NegativeInfinity)]
    [InlineData(Classifier, float.PositiveInfinity)]
    public void What_is_not_finite_and_went_forward_is_not_learned_from(string name, float value)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 2);
        Gather(network, inputs, targets);
        Gather(twin, inputs, targets);

        float[] bad = inputs[..network.InputCount];
        bad[^1] = value;
        float[] target = targets[..network.OutputCount];
        Forward(network, bad);
        Assert.ThrowsAny<ArgumentException>(() => network.Backward(target));
        Assert.ThrowsAny<ArgumentException>(() => network.BackwardFrom(target));

        Forward(network, inputs.AsSpan(0, network.InputCount));
        Forward(twin, inputs.AsSpan(0, network.InputCount));
        AssertSame(twin, network);
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    public void A_learning_rate_of_zero_is_allowed(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        float[] before = Parameters(network);
        network.TrainBatch(inputs, targets, 0);
        network.TrainStep(inputs.AsSpan(0, network.InputCount), targets.AsSpan(0, network.OutputCount), 0);
        Assert.Equal(before, Parameters(network));
    }

    private static IEnumerable<BadCall> Calls(INetwork network)
    {
        int inputs = network.InputCount;
        int outputs = network.OutputCount;
        int parameters = network.ParameterCount;

        foreach (int d in (int[])[-1, 1])
        {
            string length = d < 0 ? "short" : "long";
            foreach (BadCall call in (BadCall[])
            [
                Wrong("Forward", "input", inputs, d, (n, bad) => n.Forward(bad, new float[outputs])),
                Wrong("Forward", "output", outputs, d, (n, bad) => n.Forward(new float[inputs], bad)),
                Wrong("Backward", "target", outputs, d, (n, bad) => n.Backward(bad)),
                Wrong("Backward with input gradient", "target", outputs, d, (n, bad) => n.Backward(bad, new float[inputs])),
                Wrong("Backward", "inputGradient", inputs, d, (n, bad) => n.Backward(new float[outputs], bad)),
                Wrong("BackwardFrom", "outputGradient", outputs, d, (n, bad) => n.BackwardFrom(bad)),
                Wrong("BackwardFrom with input gradient", "outputGradient", outputs, d, (n, bad) => n.BackwardFrom(bad, new float[inputs])),
                Wrong("BackwardFrom", "inputGradient", inputs, d, (n, bad) => n.BackwardFrom(new float[outputs], bad)),
                Wrong("TrainStep", "input", inputs, d, (n, bad) => n.TrainStep(bad, new float[outputs], 0.1f)),
                Wrong("TrainStep", "target", outputs, d, (n, bad) => n.TrainStep(new float[inputs], bad, 0.1f)),
                Wrong("ForwardBatch", "outputs", 2 * outputs, d, (n, bad) => n.ForwardBatch(new float[2 * inputs], bad)),
                Wrong("TrainBatch", "targets", 2 * outputs, d, (n, bad) => n.TrainBatch(new float[2 * inputs], bad, 0.1f)),
                Wrong("TrainBatch on threads", "targets", 200 * outputs, d, (n, bad) => n.TrainBatch(new float[200 * inputs], bad, 0.1f, 2)),
                Wrong("Evaluate", "targets", 2 * outputs, d, (n, bad) => n.Evaluate(new float[2 * inputs], bad)),
                Wrong("GetParameters", "destination", parameters, d, (n, bad) => n.GetParameters(bad)),
                Wrong("SetParameters", "source", parameters, d, (n, bad) => n.SetParameters(bad)),
                Wrong("GetGradients", "destination", parameters, d, (n, bad) => n.GetGradients(bad)),
            ])
            {
                yield return call with { What = $"{call.What} too {length}" };
            }
        }

        // Not a whole number of rows.
        string row = inputs.ToString();
        string given = ((2 * inputs) + 1).ToString();
        yield return new("ForwardBatch ragged inputs", "inputs", [row, given], n => n.ForwardBatch(new float[(2 * inputs) + 1], new float[2 * outputs]));
        yield return new("TrainBatch ragged inputs", "inputs", [row, given], n => n.TrainBatch(new float[(2 * inputs) + 1], new float[2 * outputs], 0.1f));
        yield return new("Evaluate ragged inputs", "inputs", [row, given], n => n.Evaluate(new float[(2 * inputs) + 1], new float[2 * outputs]));
        yield return new("TrainBatch of nothing", "inputs", [], n => n.TrainBatch([], [], 0.1f));
        yield return new("Evaluate of nothing", "inputs", [], n => n.Evaluate([], []));

        foreach (int degree in (int[])[0, -1, int.MinValue])
        {
            yield return new($"TrainBatch on {degree} threads", "degreeOfParallelism", ["1", degree.ToString()], n => n.TrainBatch(new float[inputs], new float[outputs], 0.1f, degree));
        }

        foreach (float rate in BadRates)
        {
            string text = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return new($"SgdStep by {text}", "learningRate", [text], n => n.SgdStep(rate));
            yield return new($"Step by {text}", "learningRate", [text], n => n.Step(rate));
            yield return new($"TrainStep by {text}", "learningRate", [text], n => n.TrainStep(new float[inputs], new float[outputs], rate));
            yield return new($"TrainBatch by {text}", "learningRate", [text], n => n.TrainBatch(new float[inputs], new float[outputs], rate));
        }

        foreach (BadCall call in BadTargets(network))
        {
            yield return call;
        }

        foreach (int samples in (int[])[0, -1, int.MaxValue])
        {
            yield return new($"AddGradients of {samples}", "samples", [samples.ToString()], n => n.AddGradients(new float[parameters], samples));
        }

        foreach (float amount in (float[])[float.NaN, -0.1f, 1.1f])
        {
            yield return new($"CopyParametersFrom by {amount}", "amount", [amount.ToString(System.Globalization.CultureInfo.InvariantCulture)], n => n.CopyParametersFrom(n, amount));
        }

        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            string[] text = [bad.ToString(System.Globalization.CultureInfo.InvariantCulture)];
            float[] With(int length) => WithLast(length, bad);
            yield return new($"ScaleGradients by {text[0]}", "factor", text, n => n.ScaleGradients(bad));
            yield return new($"AddGradients of a {text[0]}", "sums", text, n => n.AddGradients(With(parameters), 1));
            yield return new($"TrainStep of a {text[0]} input", "input", text, n => n.TrainStep(With(inputs), new float[outputs], 0.1f));
            yield return new($"TrainStep of a {text[0]} target", "target", text, n => n.TrainStep(new float[inputs], With(outputs), 0.1f));
            yield return new($"TrainBatch of a {text[0]} input", "inputs", text, n => n.TrainBatch(With(7 * inputs), new float[7 * outputs], 0.1f));
            yield return new($"TrainBatch on threads of a {text[0]} input", "inputs", text, n => n.TrainBatch(With(200 * inputs), new float[200 * outputs], 0.1f, 2));
            yield return new($"TrainBatch of a {text[0]} target", "targets", text, n => n.TrainBatch(new float[7 * inputs], With(7 * outputs), 0.1f));
            yield return new($"Backward of a {text[0]} target", "target", text, n => n.Backward(With(outputs)));
            yield return new($"Backward of a {text[0]} target with input gradient", "target", text, n => n.Backward(With(outputs), new float[inputs]));
            yield return new($"BackwardFrom a {text[0]}", "outputGradient", text, n => n.BackwardFrom(With(outputs)));
        }
    }

    private static IEnumerable<BadCall> BadTargets(INetwork network)
    {
        float[] two = new float[2 * network.InputCount];
        float[] targets = new float[2 * network.OutputCount];
        int outputs = network.OutputCount;
        foreach ((string what, string[] mentions, float[] weights, bool isOutOfRange) in ((string, string[], float[], bool)[])
        [
            ("too few weights", ["2 sample weights", "got 1"], [1], false),
            ("no weights", ["2 sample weights", "got 0"], [], false),
            ("a negative weight", ["-0.5", "index 1"], [1, -0.5f], true),
            ("a weight of NaN", ["NaN", "index 0"], [float.NaN, 1], false),
            ("an infinite weight", ["Infinity", "index 1"], [1, float.PositiveInfinity], false),
            ("weights of 0", ["weighs more than 0"], [0, 0], false),
        ])
        {
            yield return new($"Evaluate with {what}", "targets", mentions, n => n.Evaluate(two, BatchTargets.Of(targets).WithWeights(weights))) { IsOutOfRange = isOutOfRange };
            yield return new($"BackwardBatch with {what}", "targets", mentions, n => n.BackwardBatch(two, BatchTargets.Of(targets).WithWeights(weights))) { IsOutOfRange = isOutOfRange };
            yield return new($"TrainBatch with {what}", "targets", mentions, n => n.TrainBatch(two, BatchTargets.Of(targets).WithWeights(weights), 0.1f)) { IsOutOfRange = isOutOfRange };
        }

        if (outputs == 1)
        {
            yield return new("TrainBatch of classes", "targets", ["an output for each class"], n => n.TrainBatch(two, new int[2], 0.1f));
            yield return new("TrainStep of a class", "classIndex", ["an output for each class"], n => n.TrainStep(two.AsSpan(0, n.InputCount), 0, 0.1f));
            yield return new("Backward of a class", "classIndex", ["an output for each class"], n => n.Backward(0));
            yield break;
        }

        foreach (int wrong in (int[])[-1, outputs, int.MinValue])
        {
            string[] mentions = [$"0 to {outputs - 1}", wrong.ToString()];
            yield return new($"TrainBatch of class {wrong}", "targets", [.. mentions, "index 1"], n => n.TrainBatch(two, (int[])[0, wrong], 0.1f)) { IsOutOfRange = true };
            yield return new($"Evaluate of class {wrong}", "targets", [.. mentions, "index 1"], n => n.Evaluate(two, (int[])[0, wrong])) { IsOutOfRange = true };
            yield return new($"TrainStep of class {wrong}", "classIndex", mentions, n => n.TrainStep(two.AsSpan(0, n.InputCount), wrong, 0.1f)) { IsOutOfRange = true };
            yield return new($"Backward of class {wrong}", "classIndex", mentions, n => n.Backward(wrong)) { IsOutOfRange = true };
        }

        yield return new("TrainBatch of a class too many", "targets", ["2 classes", "got 3"], n => n.TrainBatch(two, new int[3], 0.1f));
        yield return new("BackwardBatch of no classes", "targets", ["2 classes", "got 0"], n => n.BackwardBatch(two, (int[])[]));
    }

    private static BadCall Wrong(string what, string parameter, int expected, int difference, Action<INetwork, float[]> run)
    {
        int actual = expected + difference;
        return new(
            $"{what}: {parameter}",
            parameter,
            [expected.ToString(), actual.ToString()],
            n => run(n, new float[actual]));
    }

    private static float[] WithLast(int length, float last)
    {
        var values = new float[length];
        values[^1] = last;
        return values;
    }

    private static void AssertSame(INetwork expected, INetwork actual)
    {
        Assert.Equal(Parameters(expected), Parameters(actual));
        Assert.Equal(Gradients(expected), Gradients(actual));

        // The last Forward, the count of samples and the optimizer's memory show in what comes next.
        (float[] inputs, float[] targets) = Samples(expected, 3, seed: 5);
        float[] target = targets[..expected.OutputCount];
        Assert.Equal(expected.Backward(target), actual.Backward(target));
        Assert.Equal(Gradients(expected), Gradients(actual));
        expected.Step(0.01f);
        actual.Step(0.01f);
        Assert.Equal(Parameters(expected), Parameters(actual));
        Assert.Equal(expected.TrainBatch(inputs, targets, 0.01f), actual.TrainBatch(inputs, targets, 0.01f));
        Assert.Equal(Parameters(expected), Parameters(actual));
    }

    private sealed record BadCall(string What, string Parameter, string[] Mentions, Action<INetwork> Run)
    {
        /// <summary>Whether it is the parameter itself that is no good, and not what a span holds.</summary>
        public bool IsOutOfRange { get; init; } = Parameter is "learningRate" or "degreeOfParallelism" or "samples" or "factor" or "amount";
    }
}
