using NetGen.Generator;
using NetGen.Testing.Reference;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>The graph that a file becomes, evaluated in double.</summary>
internal sealed class OnnxReference
{
    private readonly NetworkGraph _network;
    private readonly Dictionary<Node, double[]> _sources = [];

    public OnnxReference(OnnxCase @case, string loss = "MeanSquaredError")
    {
        _network = OnnxImporter.Import(OnnxModel.Read(@case.File), [.. @case.Wanted], Losses.Get(loss));
        foreach (Node parameter in _network.Parameters)
        {
            _sources.Add(parameter, [.. ((ParameterOp)parameter.Op).Values!.Values.ToArray().Select(v => (double)v)]);
        }
    }

    /// <summary>The lengths of the parameters, in logical order.</summary>
    public IReadOnlyList<int> Sizes => [.. _network.Parameters.Select(p => p.Shape.Count)];

    /// <summary>How near a sample comes to a point where a slope jumps.</summary>
    public double DistanceToKinks(double[] x, double[] t) => ReferenceInterpreter.DistanceToKinks(_network.Graph, Evaluate(x, t));

    public double[] Outputs(double[] x) => Evaluate(x, new double[_network.Output.Shape.Count])[_network.Output];

    public double Loss(double[] x, double[] t) => Evaluate(x, t)[_network.Loss][0];

    /// <summary>∂L/∂p for all parameters and ∂L/∂x, by central differences of the loss: no adjoint has a part in them.</summary>
    public (double[] Gradient, double[] InputGradient) Differences(double[] x, double[] t)
    {
        double[] gradient = [.. _network.Parameters.SelectMany(p => ReferenceInterpreter.Differences(() => Loss(x, t), _sources[p]))];
        return (gradient, ReferenceInterpreter.Differences(() => Loss(x, t), x));
    }

    private IReadOnlyDictionary<Node, double[]> Evaluate(double[] x, double[] t)
    {
        _sources[_network.Input] = x;
        _sources[_network.Target] = t;
        return ReferenceInterpreter.Evaluate(_network.Graph, _sources);
    }
}
