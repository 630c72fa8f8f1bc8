using NetGen.Generator;
using NetGen.Testing.Reference;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>A network's graph, as the compiler builds and differentiates it, evaluated in double.</summary>
internal sealed class ReferenceNetwork
{
    private readonly NetworkGraph _network;
    private readonly Dictionary<Node, double[]> _parameters;

    public ReferenceNetwork(NetworkSpec spec, ReadOnlySpan<float> parameters)
    {
        _network = Model(spec).Build();
        _parameters = [];
        int start = 0;
        foreach (Node parameter in _network.Parameters)
        {
            var values = new double[parameter.Shape.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = parameters[start + i];
            }

            start += values.Length;
            _parameters.Add(parameter, values);
        }

        Assert.Equal(parameters.Length, start);
    }

    /// <summary>The parameters' values, to be changed in place.</summary>
    public IEnumerable<double[]> Parameters => _network.Parameters.Select(p => _parameters[p]);

    public double[] Outputs(double[] x) => Run((_network.Input, x))[_network.Output];

    public double Loss(double[] x, double[] t) => Run((_network.Input, x), (_network.Target, t))[_network.Loss][0];

    public ReferenceSample Sample(double[] x, double[] t)
    {
        IReadOnlyDictionary<Node, double[]> forward = Run((_network.Input, x), (_network.Target, t));
        (double[] gradient, double[] inputGradient) = Back(x, forward[_network.SeedFromLoss]);
        return new ReferenceSample(
            forward[_network.Output],
            forward[_network.Loss][0],
            gradient,
            inputGradient,
            ReferenceInterpreter.DistanceToKinks(_network.Graph, forward));
    }

    /// <summary>The gradients that follow from dL/dy.</summary>
    public (double[] Gradient, double[] InputGradient) BackFrom(double[] x, double[] outputGradient) =>
        Back(x, Run((_network.Input, x), (_network.OutputGradient, outputGradient))[_network.SeedFromOutput]);

    public static NetworkModel Model(NetworkSpec spec) => new(
        new TypeModel("", [], new TypeDeclaration("class", spec.Name, [])),
        new LayerChain(
            spec.Inputs,
            spec.Layers
                .Select(LayerModel (l) => new DenseLayer(l.Units, l.Activation, l.Bias, "Zeros") { Options = NetworkSpec.Values(l.Options) })
                .ToEquatableArray()),
        spec.Loss,
        spec.Optimizer,
        spec.Training,
        (UnrollMode)spec.Unroll,
        SimdMode.Auto)
    {
        Options = NetworkSpec.Values(spec.Options),
    };

    private (double[] Gradient, double[] InputGradient) Back(double[] x, double[] seed)
    {
        IReadOnlyDictionary<Node, double[]> values = Run((_network.Input, x), (_network.Seed, seed));
        return ([.. _network.Gradients.SelectMany(g => values[g])], values[_network.InputGradient]);
    }

    private IReadOnlyDictionary<Node, double[]> Run(params ReadOnlySpan<(Node Node, double[] Value)> sources)
    {
        var all = new Dictionary<Node, double[]>(_parameters);
        foreach ((Node node, double[] value) in sources)
        {
            all.Add(node, value);
        }

        return ReferenceInterpreter.Evaluate(_network.Graph, all);
    }
}

internal sealed record ReferenceSample(double[] Outputs, double Loss, double[] Gradient, double[] InputGradient, double DistanceToKinks);
