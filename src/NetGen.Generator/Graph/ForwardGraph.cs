namespace NetGen.Generator;

/// <summary>What a front end makes: a graph that has been built up to its output and knows no adjoints yet.</summary>
/// <param name="Builder">All nodes. Those that the output does not need have no part in the network.</param>
/// <param name="Input">x</param>
/// <param name="Cut">z of the last layer, where the two halves of the chain rule meet.</param>
/// <param name="Output">y</param>
/// <param name="Activation">The name of the row of <see cref="Activations"/> that makes the output of it.</param>
internal sealed record ForwardGraph(GraphBuilder Builder, Node Input, Node Cut, Node Output, string Activation)
{
    /// <summary>The names of inputs that x has one after the other, where there is more than one; likewise for outputs.</summary>
    public EquatableArray<Port> Inputs { get; init; } = [];

    public EquatableArray<Port> Outputs { get; init; } = [];

    /// <summary>What the source calls its inputs, be there one or several; empty where it has no names for them. Likewise for outputs.</summary>
    public EquatableArray<string> InputNames { get; init; } = [];

    public EquatableArray<string> OutputNames { get; init; } = [];

    /// <summary>Outputs of the source that could not be had, by the source's names.</summary>
    public EquatableArray<string> LeftOut { get; init; } = [];

    /// <summary>Why they could not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The network that makes <paramref name="loss"/> small. The builder's graph goes on from here, so it can be done once.</summary>
    public NetworkGraph Train(LossRow loss) => NetworkGraph.Train(Builder, Input, Cut, Output, loss, Activation) with
    {
        Inputs = Inputs,
        Outputs = Outputs,
        InputNames = InputNames,
        OutputNames = OutputNames,
        LeftOut = LeftOut,
        Reason = Reason,
    };
}
