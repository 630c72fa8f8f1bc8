using NetGen.Generator;
using NetGen.Testing;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>
/// What elementwise operators make of ±0, ±∞, NaN, denormal and very large numbers: what ONNX Runtime does, at every length
/// of vectors.
/// </summary>
public sealed class SpecialValueTests
{
    private const double Relative = 1e-5;

    // Denormal results have fewer digits.
    private const double Denormal = 3e-45;

    // Functions that ONNX Runtime approximates near a constant: there it is off by so much of 1.
    private const double Approximate = 3e-7;

    private const float Inf = float.PositiveInfinity;

    private static readonly float[] Values =
    [
        0f, -0f, float.NaN, Inf, -Inf, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, 1e-30f, -1e-19f, 0.5f, -0.5f, 1, -1, 2, -3, 19.5f, -20,
        88, -88, 100, -104, 1e19f, 1e30f, -1e30f, 1e38f, -1e38f, float.MaxValue, -float.MaxValue,
    ];

    private static readonly float[] Left = [.. from a in Values from _ in Values select a];
    private static readonly float[] Right = [.. from _ in Values from b in Values select b];

    // The names of outputs whose values come near a constant.
    private static readonly string[] Approximated =
        ["Sigmoid", "Tanh", "Erf", "Softplus", "Mish", "Gelu", "GeluTanh", "Elu", "EluOfAlpha", "Celu", "CeluOfAlpha", "Selu", "SeluOfAlpha", "Log"];

    // Without a limit ∞ stays what it is, as in PyTorch; ONNX Runtime takes the largest number for one.
    private static readonly string[] Unlimited = ["ClipRelu(Infinity)", "ClipLow(Infinity)"];

    // By default those that differ most: one width that is not the longest, none, and all with one order of sums.
    private static readonly (string Name, string Options)[] Ways = TestSet.IsFull ? All : [.. All.Where(way => way.Name is "Vector256" or "None" or "Anywhere")];

    private static (string Name, string Options)[] All =>
    [
        ("Auto", ""), ("Vector256", ", Simd = NetGen.Simd.Vector256"), ("Vector128", ", Simd = NetGen.Simd.Vector128"), ("None", ", Simd = NetGen.Simd.None"),
        ("Anywhere", ", Determinism = NetGen.Determinism.CrossPlatform"),
    ];

    private const string Always = "Unroll = NetGen.Unroll.Loops";

    private static readonly OnnxCase[] Cases = [.. Ways.SelectMany(way => (OnnxCase[])
    [
        new("One" + way.Name, OfOne()) { Options = Always + way.Options },
        new("Two" + way.Name, OfTwo()) { Options = Always + way.Options },
    ])];

    private static readonly OnnxNetworks Networks = new(Cases);

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_what_ONNX_Runtime_makes_of_them(string name)
    {
        OnnxCase @case = Cases.Single(c => c.Name == name);
        float[] given = name.StartsWith("One", StringComparison.Ordinal) ? Values : [.. Left, .. Right];
        IPredictor network = Networks.Create(name);
        using var oracle = new OnnxOracle(@case);
        float[][] expected = oracle.Run(given);
        var actual = new float[network.OutputCount];
        network.Forward(given, actual);
        var batch = new float[3 * actual.Length];
        network.ForwardBatch([.. given, .. given, .. given], batch);

        var wrong = new List<string>();
        int start = 0;
        foreach ((string output, float[] values) in @case.Graph.Outputs.Select(o => o.Name).Zip(expected))
        {
            double floor = Approximated.Contains(output) ? Approximate : Denormal;
            for (int i = 0; i < values.Length; i++)
            {
                string of = given.Length == Values.Length ? $"{Values[i]:R}" : $"{Left[i]:R}, {Right[i]:R}";
                Compare($"{output}({of})", values[i], actual[start + i], floor);
                Compare($"{output}({of}) in a batch", values[i], batch[actual.Length + start + i], floor);
            }

            start += values.Length;
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} are off:\n{string.Join('\n', wrong.Take(60))}");

        void Compare(string what, float oracle, float actual, double floor)
        {
            if (!IsSame(oracle, actual, floor) && !Array.Exists(Unlimited, u => what.StartsWith(u, StringComparison.Ordinal) && float.IsPositiveInfinity(actual)))
            {
                wrong.Add($"{what} is {oracle:R}, here {actual:R}");
            }
        }
    }

    [Fact]
    public void Powers_are_those_of_C()
    {
        Func<float, float, float, float> power = FloatEvaluator.Compile(OnnxOperators.AnyPower(Expr.X, Expr.Y));
        Assert.All(Left.Zip(Right), pair =>
        {
            (float expected, float actual) = (MathF.Pow(pair.First, pair.Second), power(pair.First, pair.Second, 0));
            Assert.True(IsSame(expected, actual, Denormal), $"{pair} is {expected:R}, here {actual:R}");
        });
    }

    // Within rounding of the largest number lies ∞.
    private static bool IsSame(float expected, float actual, double floor) =>
        !float.IsFinite(expected) ? expected.Equals(actual)
        : float.IsInfinity(actual) ? Math.Abs(expected) > (1 - Relative) * float.MaxValue && float.IsNegative(expected) == float.IsNegative(actual)
        : Math.Abs((double)actual - expected) <= (Relative * Math.Abs(expected)) + floor;

    private static OnnxFile OfOne()
    {
        OnnxFile file = new OnnxFile(20).Input("x", [Values.Length]);
        foreach (string function in (string[])["Neg", "Abs", "Exp", "Log", "Sqrt", "Reciprocal", "Erf", "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "HardSwish", "Mish", "LeakyRelu", "ThresholdedRelu", "Elu", "Celu", "Selu", "Gelu", "HardSigmoid"])
        {
            Add(function, function, []);
        }

        Add("LeakyReluOfAlpha", "LeakyRelu", [], ("alpha", 0.3f));
        Add("EluOfAlpha", "Elu", [], ("alpha", 0.4f));
        Add("CeluOfAlpha", "Celu", [], ("alpha", 0.4f));
        Add("SeluOfAlpha", "Selu", [], ("alpha", 1.3f), ("gamma", 0.8f));
        Add("GeluTanh", "Gelu", [], ("approximate", "tanh"));
        Add("HardSigmoidOfPyTorch", "HardSigmoid", [], ("alpha", 1f / 6), ("beta", 0.5f));
        Add("ClipRelu", "Clip", [0]);
        Add("Clip", "Clip", [-0.5f, 1.25f]);
        Add("ClipLow", "Clip", [-0.5f]);
        foreach (float p in (float[])[0, 1, 2, 3, 5, 16, -1, -2, -5, -16, 0.5f, -0.5f, 1.5f, -1.5f, 0.1f, -0.1f, 20, -20, 17, -17])
        {
            Add($"Pow{p}", "Pow", [p]);
        }

        foreach (string operation in (string[])["Add", "Sub", "Mul", "Div", "Min", "Max"])
        {
            foreach (float k in (float[])[0, -0f, -1, 1e-30f, Inf, -Inf, float.NaN])
            {
                Add($"{operation}_{k}{(float.IsNegative(k) ? "n" : "")}", operation, [k]);
                AddLeft($"{operation}Left_{k}{(float.IsNegative(k) ? "n" : "")}", operation, k);
            }
        }

        // What looks as if it could be written shorter.
        Chain("MulTwice", "Mul", 1e-30f, "Mul", 1e-30f);
        Chain("MulAndDiv", "Mul", 1e30f, "Div", 1e30f);
        Chain("DivAndMul", "Div", 1e-30f, "Mul", 1e-30f);
        Chain("AddAndSub", "Add", 1e30f, "Sub", 1e30f);
        Chain("HalfAndTwice", "Mul", 0.5f, "Mul", 2);
        AddLeft("Opposite", "Sub", 0);
        AddLeft("OneByOpposite", "Div", 1, "Opposite");
        file.Node("Neg", ["x"], ["n"]).Node("Add", ["zero", "n"], ["m"]);
        AddLeft("OneBySum", "Div", 1, "m");
        file.Node("Sub", ["x", "one"], ["d"]).Node("Neg", ["d"], ["e"]);
        AddLeft("OneByDifference", "Div", 1, "e");
        file.Node("Sub", ["x", "x"], ["Nothing"]).Output("Nothing", null).Node("Neg", ["Nothing"], ["f"]);
        AddLeft("OneByNothing", "Div", 1, "f");
        return file.Initializer("zero", [], [0f]).Initializer("one", [], [1f]);

        void Add(string name, string operation, float[] constants, params (string Name, OnnxValueOf Value)[] attributes)
        {
            string[] names = [.. constants.Select((_, i) => $"{name}.{i}")];
            foreach ((string constant, float value) in names.Zip(constants))
            {
                file.Initializer(constant, [], [value]);
            }

            file.Node(operation, ["x", .. names], [name], attributes).Output(name, null);
        }

        void AddLeft(string name, string operation, float constant, string x = "x") =>
            file.Initializer(name + ".0", [], [constant]).Node(operation, [name + ".0", x], [name]).Output(name, null);

        void Chain(string name, string first, float a, string second, float b) => file
            .Initializer(name + ".0", [], [a]).Initializer(name + ".1", [], [b])
            .Node(first, ["x", name + ".0"], [name + ".2"]).Node(second, [name + ".2", name + ".1"], [name]).Output(name, null);
    }

    private static OnnxFile OfTwo()
    {
        OnnxFile file = new OnnxFile(20).Input("a", [Left.Length]).Input("b", [Right.Length]);
        foreach (string operation in (string[])["Add", "Sub", "Mul", "Div", "Min", "Max", "Sum", "Mean", "PRelu", "Pow"])
        {
            file.Node(operation, ["a", "b"], [operation]).Output(operation, null);
        }

        return file.Node("Max", ["a", "half", "b"], ["MaxOfThree"]).Output("MaxOfThree", null).Initializer("half", [], [0.5f]);
    }
}
