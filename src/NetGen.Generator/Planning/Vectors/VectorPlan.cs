namespace NetGen.Generator;

/// <summary>How a network is carried out with vectors. All widths share the memory, so that weights need one form.</summary>
/// <param name="Parameters">Where each parameter lies, in logical order; gradients and the optimizer's memory lie likewise.</param>
/// <param name="Layouts">How the weights among them lie, by name.</param>
/// <param name="ParameterLength">With padding.</param>
/// <param name="Constants">Where each vector lies that is never learned.</param>
/// <param name="ConstantLength">With padding.</param>
/// <param name="Scratch">Where each stored value of a sample lies.</param>
/// <param name="Rows">Where each stored value of a batch's rows lies.</param>
/// <param name="Copies">Weights that batches also read along the other axis.</param>
/// <param name="RowsLength">The length of the memory of a batch.</param>
/// <param name="BatchRows">Rows that go through the network together.</param>
/// <param name="SampleFactors">What a sample's gradients are sums of products of; none where they are not, or are sooner looked at themselves.</param>
/// <param name="RowFactors">The same of a batch.</param>
/// <param name="Bodies">The methods for each width, the longest first.</param>
internal sealed record VectorPlan(
    EquatableArray<TensorPlan> Parameters,
    EquatableArray<ParameterLayout> Layouts,
    int ParameterLength,
    EquatableArray<TensorPlan> Constants,
    int ConstantLength,
    EquatableArray<TensorPlan> Scratch,
    int ScratchLength,
    EquatableArray<TensorPlan> Rows,
    EquatableArray<WeightCopy> Copies,
    int RowsLength,
    int BatchRows,
    EquatableArray<TensorPlan> SampleFactors,
    EquatableArray<TensorPlan> RowFactors,
    EquatableArray<VectorBody> Bodies)
{
    public TensorPlan Get(string scratchTensor) => Scratch.Single(t => t.Name == scratchTensor);

    /// <summary>All entry points: the shortest vectors carry out each, longer ones those in which they are quicker.</summary>
    public IEnumerable<string> EntryPoints => Bodies[Bodies.Count - 1].Methods.Select(m => m.EntryPoint).Distinct();

    /// <summary>The methods that carry out an entry point with the longest vectors that do, in order.</summary>
    public IEnumerable<MethodPlan> All(string entryPoint) => Bodies.Select(b => b.All(entryPoint)).FirstOrDefault(methods => methods.Any()) ?? [];

    /// <summary>Where the rows of a batch have a value.</summary>
    public TensorPlan RowsOf(string tensor) => Rows.Single(t => t.Name == tensor);

    public WeightLayout? LayoutOf(string parameter) => Layouts.FirstOrDefault(l => l.Parameter == parameter)?.Layout;
}

internal sealed record ParameterLayout(string Parameter, WeightLayout Layout);

/// <summary>A weight the other way round.</summary>
internal sealed record WeightCopy(TensorPlan Weight, WeightLayout WeightLayout, TensorPlan Copy, WeightLayout CopyLayout);

/// <param name="Lanes">Floats in the longest vector; 1 for what computes the same without vectors.</param>
/// <param name="TileRows">Rows of a batch that a tile of a product takes.</param>
/// <param name="TileVectors">Vectors of sums for each of those rows.</param>
/// <param name="Methods">Not of all entry points: what longer vectors do not make quicker is left to the next shorter ones.</param>
internal sealed record VectorBody(int Lanes, int TileRows, int TileVectors, EquatableArray<MethodPlan> Methods)
{
    public string Name => Lanes == 1 ? "Scalar" : "Vector" + Literal.Of(32 * Lanes);

    /// <summary>The methods that carry out an entry point, in order.</summary>
    public IEnumerable<MethodPlan> All(string entryPoint) => Methods.Where(m => m.EntryPoint == entryPoint);

    /// <summary>The first of them; null where there is none.</summary>
    public MethodPlan? Of(string entryPoint) => All(entryPoint).FirstOrDefault();
}
