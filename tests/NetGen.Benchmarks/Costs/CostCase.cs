using NetGen.Benchmarks.Generation;

namespace NetGen.Benchmarks.Costs;

/// <summary>A network and an operation whose time depends on a number.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Operation">What is called.</param>
/// <param name="Style">What the shape does not say.</param>
/// <param name="Rows">The size of a batch.</param>
internal sealed record CostCase(NetworkShape Shape, Operation Operation, NetworkStyle Style, int Rows = Problem.Rows)
{
    public override string ToString() =>
        Shape.Name + (Style.Output == NetworkStyle.Usual.Output ? "" : " " + Style.Output) + " " + Operation + (Rows == Problem.Rows ? "" : $" of {Rows}");
}
