using System.Reflection;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>The networks that the tests of the contract share, in one compilation.</summary>
internal static class ContractNetworks
{
    /// <summary>2-8-1: small enough to be written out.</summary>
    public const string Tiny = nameof(Tiny);

    /// <summary>40-65-10 with Adam: layers that loop, none a multiple of a vector.</summary>
    public const string Wide = nameof(Wide);

    /// <summary>A small classifier, whose loss is fused with its last activation.</summary>
    public const string Classifier = nameof(Classifier);

    /// <summary>One layer, y = W·x + b, 3-2, mean squared error.</summary>
    public const string Linear = nameof(Linear);

    /// <summary>3-3 without bias, root mean squared error.</summary>
    public const string Root = nameof(Root);

    /// <summary>Predicts only: 40-65-10.</summary>
    public const string Predictor = nameof(Predictor);

    /// <summary>Its only constructor takes an argument.</summary>
    public const string Named = nameof(Named);

    public static IReadOnlyList<string> Trained { get; } = [Tiny, Wide, Classifier, Linear, Root];

    public static IReadOnlyList<string> Optimizers { get; } = [.. Enum.GetNames<Optimizer>()];

    public static IReadOnlyList<string> Activations { get; } = [.. Enum.GetNames<Activation>()];

    /// <summary>Those whose networks of one wide layer train: in a full run all, else a usual one and one that needs all its inputs at once.</summary>
    public static IReadOnlyList<string> ThatStart { get; } = TestSet.IsFull ? Activations : ["Relu", "Softmax"];

    private static readonly CompiledNetworks Compiled = new("Contract", () => $$"""
        namespace Contract
        {
            {{string.Join('\n', Specs().Select(n => n.Declare()))}}

            [NetGen.Network(2)]
            [NetGen.Dense(8, NetGen.Activation.Tanh)]
            [NetGen.Dense(1)]
            public partial class Named
            {
                public Named(string name) => Name = name;

                public string Name { get; }
            }
        }
        """);

    public static INetwork Create(string name) => Compiled.Create(name);

    public static IPredictor CreatePredictor(string name) => Compiled.CreatePredictor(name);

    public static Type Type(string name) => Compiled.Type(name);

    /// <summary>The generated Share, which is typed more exactly than the interface's.</summary>
    public static MethodInfo ShareOf(Type type) => type.GetMethod("Share", System.Type.EmptyTypes)!;

    /// <summary>n samples that are the same for the same seed; targets suit any loss.</summary>
    public static (float[] Inputs, float[] Targets) Samples(IPredictor network, int n, int seed = 1)
    {
        var random = new Random(seed);
        var inputs = new float[n * network.InputCount];
        var targets = new float[n * network.OutputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = (random.NextSingle() * 2) - 1;
        }

        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = 0.1f + (random.NextSingle() * 0.8f);
        }

        return (inputs, targets);
    }

    public static float[] Parameters(IPredictor network)
    {
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    public static float[] Gradients(INetwork network)
    {
        var gradients = new float[network.ParameterCount];
        network.GetGradients(gradients);
        return gradients;
    }

    public static float[] Forward(IPredictor network, ReadOnlySpan<float> input)
    {
        var output = new float[network.OutputCount];
        network.Forward(input, output);
        return output;
    }

    /// <summary>Forward and Backward of each sample.</summary>
    public static void Gather(INetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var output = new float[network.OutputCount];
        for (int row = 0; row < inputs.Length / network.InputCount; row++)
        {
            network.Forward(inputs.Slice(row * network.InputCount, network.InputCount), output);
            network.Backward(targets.Slice(row * network.OutputCount, network.OutputCount));
        }
    }

    private static IEnumerable<NetworkSpec> Specs()
    {
        LayerSpec[] wide = [new(65, "Relu"), new(10, "Softmax")];
        yield return new(Tiny, 2, [new(8, "Tanh"), new(1)]);
        yield return new(Wide, 40, wide, "CategoricalCrossEntropy", "Adam");
        yield return new(Classifier, 3, [new(5, "Gelu"), new(4, "Softmax")], "CategoricalCrossEntropy", "Momentum");
        yield return new(Linear, 3, [new(2)]);
        yield return new(Root, 3, [new(3, Bias: false)], "RootMeanSquaredError");
        yield return new(Predictor, 40, wide, "CategoricalCrossEntropy", "Adam", Training: false);
        foreach (string optimizer in Optimizers)
        {
            yield return new($"By{optimizer}", 3, [new(6, "Tanh"), new(2)], Optimizer: optimizer, Simd: NetworkSpec.FewVectors);
        }

        foreach (string activation in Activations)
        {
            yield return new($"Narrow{activation}", 3, [new(5, activation), new(4, activation)], Simd: NetworkSpec.FewVectors);
            yield return new($"Broad{activation}", 20, [new(37, activation), new(18, activation)], Simd: NetworkSpec.FewVectors);
            yield return new($"Starts{activation}", 50, [new(200, activation)], Training: ThatStart.Contains(activation), Simd: NetworkSpec.FewVectors);
        }

        foreach (string initializer in Enum.GetNames<Initializer>())
        {
            yield return new($"Draws{initializer}", 50, [new(200, "Tanh", Initializer: initializer), new(30, "Tanh", Initializer: initializer)], Training: false, Simd: NetworkSpec.FewVectors);
        }
    }
}
