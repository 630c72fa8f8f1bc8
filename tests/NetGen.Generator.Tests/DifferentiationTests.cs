using static NetGen.Generator.Expr;

namespace NetGen.Generator.Tests;

/// <summary>Which adjoints are added, and which are not. That they are right is tested against central differences.</summary>
public class DifferentiationTests
{
    private readonly GraphBuilder _builder = new();

    [Fact]
    public void Nothing_is_added_for_what_is_not_wanted()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node first = _builder.Parameter("W1", Shape.Matrix(4, 3));
        Node second = _builder.Parameter("W2", Shape.Matrix(2, 4));
        Node z1 = _builder.Affine("z1", first, x, null);
        Node z2 = _builder.Affine("z2", second, _builder.Elementwise("a1", Call("Tanh", X), [1 - (Y * Y)], [z1]), null);
        Node seed = _builder.Input("dz2", z2.Shape);
        int before = _builder.Nodes.Count;

        IReadOnlyDictionary<Node, Node> found = Differentiate(z2, seed, second);

        // dW2 alone: no back-propagation to a1, z1, W1 or x.
        Node added = Assert.Single(_builder.Nodes.Skip(before));
        Assert.Same(added, found[second]);
        Assert.IsType<OuterProductOp>(added.Op);

        Differentiate(z2, seed, first);
        Assert.DoesNotContain(_builder.Nodes, n => n.Op is TransposedProductOp && n.Inputs[0] == first.Id);
    }

    [Fact]
    public void The_adjoint_of_a_seed_is_the_seed()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node seed = _builder.Input("s", x.Shape);
        int before = _builder.Nodes.Count;

        Assert.Same(seed, Differentiate(x, seed, x)[x]);
        Assert.Equal(before, _builder.Nodes.Count);
    }

    [Fact]
    public void A_node_that_no_seed_depends_on_has_no_adjoint()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node other = _builder.Input("y", Shape.Vector(3));
        Node square = _builder.Elementwise("e", X * X, [2 * X], [x]);

        IReadOnlyDictionary<Node, Node> found = Differentiate(square, _builder.Input("s", x.Shape), x, other);

        Assert.Equal([x], found.Keys);
    }

    [Fact]
    public void A_constant_slope_of_zero_is_not_followed()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node t = _builder.Input("t", Shape.Vector(3));
        Node error = _builder.Elementwise("e", (X - Y) * (X - Y), [2 * (X - Y), 0], [x, t]);

        Assert.Equal([x], Differentiate(error, _builder.Input("s", x.Shape), x, t).Keys);
    }

    [Fact]
    public void The_parts_of_a_node_that_is_used_twice_add_up()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node sum = _builder.Elementwise("s", X + Y, [1, 1], [_builder.Elementwise("e", X * X, [2 * X], [x]), x]);

        Node adjoint = Differentiate(sum, _builder.Input("ds", x.Shape), x)[x];

        Assert.Contains("used 2 times", adjoint.Note, StringComparison.Ordinal);
        Assert.Equal(2, adjoint.Inputs.Count);
    }

    [Fact]
    public void A_formula_without_slopes_cannot_be_differentiated()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node end = _builder.Elementwise("e", X * X, [], [x]);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Differentiate(end, _builder.Input("s", x.Shape), x));
        Assert.Contains("e", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_only_adds()
    {
        Node x = _builder.Input("x", Shape.Vector(3));
        Node y = _builder.Add("y", new SoftmaxOp(), [x]);
        Node seed = _builder.Input("dy", y.Shape);
        Node[] before = [.. _builder.Nodes];

        Differentiate(y, seed, x);

        Assert.Equal(before, _builder.Nodes.Take(before.Length));
        Assert.All(_builder.Nodes.Take(before.Length).Zip(before), pair => Assert.Same(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy")]
    [InlineData("Sigmoid", "BinaryCrossEntropy")]
    public void A_fused_loss_never_passes_its_activation(string output, string loss)
    {
        NetworkGraph network = Models.Of("3-4", output: output, loss: loss).Build();

        // y − t: no derivative of y by z, and so no exponential.
        var open = new Stack<Node>([network.SeedFromLoss]);
        while (open.Count > 0)
        {
            Node node = open.Pop();
            Assert.True(node == network.Output || node.Op is not SoftmaxOp, node.Name);
            Assert.DoesNotContain((node.Op as ElementwiseOp)?.Value.Descend() ?? [], e => node != network.Output && e is FunctionCall or Binary { Operator: BinaryOperator.Divide });
            foreach (Node input in network.Graph.InputsOf(node).Where(n => n != network.Output))
            {
                open.Push(input);
            }
        }
    }

    private IReadOnlyDictionary<Node, Node> Differentiate(Node of, Node seed, params Node[] wanted) =>
        Differentiation.Differentiate(_builder, new Dictionary<Node, Node> { [of] = seed }, wanted);
}
