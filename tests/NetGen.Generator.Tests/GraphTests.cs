using static NetGen.Generator.Expr;

namespace NetGen.Generator.Tests;

/// <summary>Building a graph, apart from any network.</summary>
public class GraphTests
{
    private readonly GraphBuilder _builder = new();

    [Fact]
    public void Shapes_are_inferred()
    {
        Node weight = _builder.Parameter("W", Shape.Matrix(3, 2));
        Node x = _builder.Input("x", Shape.Vector(2));
        Node v = _builder.Input("v", Shape.Vector(3));

        Assert.Equal(Shape.Vector(3), _builder.Affine("z", weight, x, v).Shape);
        Assert.Equal(Shape.Vector(2), _builder.Add("dx", new TransposedProductOp(), [weight, v]).Shape);
        Assert.Equal(Shape.Matrix(3, 2), _builder.Add("dW", new OuterProductOp(), [v, x]).Shape);
        Assert.Equal(Shape.Scalar, _builder.Add("s", new ReduceOp(IsMean: true), [x]).Shape);
        Assert.Equal(Shape.Vector(2), _builder.Elementwise("e", X * Y, [Y, X], [x, _builder.Constant(2)]).Shape);
        Assert.Equal(Shape.Vector(3), _builder.Add("p", new SoftmaxOp(), [v]).Shape);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Node weight = _builder.Parameter("W", Shape.Matrix(3, 2));
        Node two = _builder.Input("x", Shape.Vector(2));
        Node three = _builder.Input("v", Shape.Vector(3));
        Node scalar = _builder.Constant(1);
        int before = _builder.Nodes.Count;

        Refused(() => _builder.Affine("z", weight, three, null));
        Refused(() => _builder.Affine("z", weight, two, two));
        Refused(() => _builder.Affine("z", two, two, null));
        Refused(() => _builder.Add("z", new TransposedProductOp(), [weight, two]));
        Refused(() => _builder.Add("z", new TransposedProductOp(), [two, two]));
        Refused(() => _builder.Add("z", new OuterProductOp(), [weight, two]));
        Refused(() => _builder.Add("z", new ReduceOp(IsMean: false), [weight]));
        Refused(() => _builder.Add("z", new SoftmaxOp(), [weight]));
        Refused(() => _builder.Add("z", new SoftmaxOp(), [scalar]));
        Refused(() => _builder.Add("z", new SoftmaxCrossEntropyOp(), [two, two, three]));
        Refused(() => _builder.Add("z", new BroadcastOp(Shape.Vector(2)), [two]));
        Refused(() => _builder.Elementwise("z", X + Y, [1, 1], [two, three]));
        Refused(() => _builder.Elementwise("z", X + Y, [], [two, three]));

        Assert.Equal(before, _builder.Nodes.Count);

        static void Refused(Func<Node> add) => Assert.NotEqual("", Assert.Throws<ArgumentException>(add).Message);
    }

    [Fact]
    public void The_same_operation_on_the_same_inputs_is_one_node()
    {
        Node x = _builder.Input("x", Shape.Vector(2));
        Node y = _builder.Input("y", Shape.Vector(2));
        Node sum = _builder.Elementwise("a", X + Y, [1, 1], [x, y]);

        Assert.Same(sum, _builder.Elementwise("b", X + Y, [1, 1], [x, y]));
        Assert.Same(_builder.Constant(2), _builder.Constant(2));
        Assert.NotSame(sum, _builder.Elementwise("a", X + Y, [1, 1], [y, x]));
        Assert.NotSame(sum, _builder.Elementwise("a", X - Y, [1, -1], [x, y]));
        Assert.NotSame(x, y);
        Assert.NotSame(_builder.Add("m", new ReduceOp(IsMean: true), [x]), _builder.Add("m", new ReduceOp(IsMean: false), [x]));
    }

    [Fact]
    public void Names_are_unique_and_every_node_stands_after_what_it_reads()
    {
        NetworkGraph network = Models.Of("3-4-5-2", "Softmax", "Softmax", "CategoricalCrossEntropy").Build();

        IReadOnlyList<Node> nodes = network.Graph.Nodes;
        Assert.Equal(nodes.Count, nodes.Select(n => n.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(nodes, n => Assert.All(n.Inputs, input => Assert.InRange(input, 0, n.Id - 1)));
        Assert.All(nodes, n => Assert.Same(n, network.Graph[n.Id]));
    }

    [Fact]
    public void What_is_known_goes_into_a_formula_that_ends_the_chain_rule()
    {
        Node x = _builder.Input("x", Shape.Vector(2));

        // 2·x·1 + 0·y reads x alone.
        Node y = _builder.Input("y", Shape.Vector(2));
        Node product = _builder.Elementwise("p", X * Y * Z, [], [_builder.Constant(2), x, _builder.Constant(1)]);
        Assert.Equal([x.Id], product.Inputs);
        Assert.Same(x, _builder.Elementwise("q", X * Y, [], [x, _builder.Constant(1)]));

        // A broadcast scalar is read as the scalar.
        Node scalar = _builder.Add("s", new ReduceOp(IsMean: true), [y]);
        Node each = _builder.Add("each", new BroadcastOp(Shape.Vector(2)), [scalar]);
        Node scaled = _builder.Elementwise("r", X * Y, [], [x, each]);
        Assert.Equal([x.Id, scalar.Id], scaled.Inputs);
        Assert.Equal(Shape.Vector(2), scaled.Shape);

        // Known wholly, it still has the shape that was asked for.
        Node known = _builder.Elementwise("k", X + Y, [], [_builder.Constant(1), _builder.Add("two", new BroadcastOp(Shape.Vector(2)), [_builder.Constant(2)])]);
        Assert.Equal(Shape.Vector(2), known.Shape);
    }

    [Fact]
    public void Equal_models_have_equal_graphs()
    {
        NetworkModel model = Models.Of("3-4-2", "Gelu", "Sigmoid", "BinaryCrossEntropy");

        Assert.Equal(model.Build().Graph.Nodes, model.Build().Graph.Nodes);
        Assert.Equal(model.Build().Graph.Nodes, (model with { Unroll = UnrollMode.Loops }).Build().Graph.Nodes);
        Assert.NotEqual(model.Build().Graph.Nodes, (model with { Loss = "Huber" }).Build().Graph.Nodes);
    }
}
