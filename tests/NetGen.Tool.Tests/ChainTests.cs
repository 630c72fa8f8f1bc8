using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Tests;

/// <summary>The order of layers, which a file does not say.</summary>
public sealed class ChainTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_in_names_are_numbers()
    {
        string[] names = ["net.10", "net.2", "net.0", "net", "net.2.a", "net.02", "m.1"];

        Assert.Equal(["m.1", "net", "net.0", "net.02", "net.2", "net.2.a", "net.10"], names.Order(NaturalOrder.Instance));
    }

    [Fact]
    public void Names_say_the_order_where_it_fits() =>
        Assert.Equal(["0", "2", "10"], Modules(("0.weight", [4, 4]), ("10.weight", [4, 4]), ("2.weight", [4, 4])));

    [Fact]
    public void Places_say_it_where_names_do_not() =>
        Assert.Equal(["input", "hidden", "output"], Modules(("input.weight", [4, 3]), ("hidden.weight", [4, 4]), ("output.weight", [2, 4])));

    [Fact]
    public void Shapes_say_it_where_nothing_else_does() =>
        Assert.Equal(["input", "hidden", "output"], Modules(("output.weight", [2, 5]), ("input.weight", [4, 3]), ("hidden.weight", [5, 4])));

    [Fact]
    public void Two_orders_are_no_order()
    {
        (DenseChain? chain, string problem) = Find(("o.weight", [2, 4]), ("x.weight", [4, 4]), ("y.weight", [4, 4]), ("z.weight", [4, 3]));

        Assert.Null(chain);
        Assert.Contains("several other orders fit", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_optimizer_remembers_is_no_layer()
    {
        (DenseChain? chain, _) = Find(("0.weight", [2, 3]), ("optimizer.m.0.weight", [2, 3]));

        Assert.Equal(2, Assert.Single(chain!.Layers).Units);
    }

    private IEnumerable<string> Modules(params (string Name, int[] Shape)[] tensors) => Find(tensors).Chain!.Layers.Select(l => l.Module);

    private (DenseChain? Chain, string Problem) Find(params (string Name, int[] Shape)[] tensors) =>
        ChainOfWeights.Find(WeightsSource.Read(InputFile.Of(_folder.SafeTensors("a", tensors))), "Relu", "Linear");
}
