namespace NetGen.Generator;

/// <summary>Everything decided about a generated class: the emitter only prints it.</summary>
/// <param name="Parameters">Where each parameter lies, in logical order.</param>
/// <param name="Constants">Where each vector lies that is never learned.</param>
/// <param name="Scratch">Where each stored value of a sample lies.</param>
/// <param name="ScratchLength">The length of that memory.</param>
/// <param name="Methods">The mathematics, one method or several for each entry point.</param>
/// <param name="Vectors">The same for processors with vectors; null where there is nothing but the scalar form.</param>
/// <param name="TileRows">Rows of a batch whose gradients are added up before they are added to others.</param>
internal sealed record ClassPlan(
    NetworkModel Model,
    NetworkGraph Network,
    EquatableArray<TensorPlan> Parameters,
    EquatableArray<TensorPlan> Constants,
    EquatableArray<TensorPlan> Scratch,
    int ScratchLength,
    EquatableArray<MethodPlan> Methods,
    VectorPlan? Vectors,
    int TileRows)
{
    /// <summary>Floats that the parameters take in memory, with padding where there are vectors. Gradients and slots of the optimizer take as many.</summary>
    public int ParameterMemory => Vectors?.ParameterLength ?? ParameterCount;

    /// <summary>Floats that the values of a sample take.</summary>
    public int SampleMemory => Vectors?.ScratchLength ?? ScratchLength;

    /// <summary>Floats that the values of a batch take, which the first one allocates.</summary>
    public int BatchMemory => Vectors?.RowsLength ?? ScratchLength;

    /// <summary>Whether a processor without vectors runs the scalar form: <see cref="Methods"/> only describe the network where it does not.</summary>
    public bool HasScalarForm => Vectors is null || Vectors.Bodies.All(b => b.Lanes > 1);

    /// <summary>Whether each thread steps its share of the parameters: there are some, and the step does not depend on the norm of the whole gradient.</summary>
    public bool StepsInShares => Parameters.Count > 0 && Model.ClipNorm == 0;

    /// <summary>Whether a sample's step changes each weight where back-propagation would store its gradient.</summary>
    public bool Descends => OptimizerSteps.Descends(Model);

    /// <summary>The parameters' first values, where they are not drawn.</summary>
    public StaticData StaticParameters => StaticData.Plan(Network.Parameters.Select(p => (p, ((ParameterOp)p.Op).Values!)), Model.Source);

    /// <summary>The constants' values.</summary>
    public StaticData StaticConstants => StaticData.Plan(Network.Constants.Select(c => (c, ((ConstantVectorOp)c.Op).Values)), Model.Source);

    public int InputCount => Network.Input.Shape.Count;

    public int OutputCount => Network.Output.Shape.Count;

    public int ParameterCount => Parameters.Sum(p => p.Shape.Count);

    public int ConstantCount => Constants.Sum(p => p.Shape.Count);

    /// <summary>Whether there are several inputs or outputs, each with a name.</summary>
    public bool HasPorts => Network.Inputs.Count > 0 || Network.Outputs.Count > 0;

    /// <summary>Whether parameters have values from the start, in place of random ones.</summary>
    public bool IsTrained => Network.Parameters.Any(p => p.Op is ParameterOp { Values: not null });

    public long MultiplyAdds => Parameters.Where(p => p.Shape.Rank == 2).Sum(p => (long)p.Shape.Count);

    /// <summary>The elementary functions that the methods call.</summary>
    public IEnumerable<string> Functions => Methods
        .Concat(Vectors?.Bodies.SelectMany(b => b.Methods) ?? [])
        .SelectMany(m => m.Blocks)
        .SelectMany(b => b.Kernel.Assignments)
        .SelectMany(a => a.Value.Descend())
        .OfType<Expr.FunctionCall>()
        .Select(f => f.Function)
        .Distinct();

    public TensorPlan Get(string scratchTensor) => Scratch.Single(t => t.Name == scratchTensor);

    /// <summary>The methods that carry out an entry point, in order.</summary>
    public IEnumerable<MethodPlan> Of(string entryPoint) => Methods.Where(m => m.EntryPoint == entryPoint);
}

/// <param name="Space">The array or argument that it lies in.</param>
/// <param name="Offset">Where it starts there.</param>
internal sealed record TensorPlan(string Name, Shape Shape, TensorSpace Space, int Offset)
{
    /// <summary>How much memory it takes: with padding more than it has elements.</summary>
    public int Length { get; init; } = Shape.Count;

    /// <summary>How the method's argument is called, where it is one.</summary>
    public string Argument { get; init; } = Name;
}

internal enum TensorSpace
{
    Parameters,
    Gradients,

    /// <summary>What an optimizer remembers of each parameter.</summary>
    Optimizer,

    /// <summary>Vectors that are never learned, the same for all instances.</summary>
    Constants,
    Scratch,

    /// <summary>The memory of a batch: many rows of what <see cref="Scratch"/> holds of one sample.</summary>
    Rows,
    Argument,
}

/// <param name="EntryPoint">The program that the method is, or is a part of.</param>
/// <param name="Tensors">What it reads and writes.</param>
/// <param name="Scalars">Numbers that it takes.</param>
/// <param name="Blocks">Its steps.</param>
/// <param name="Returns">The scalar it returns; null for none.</param>
internal sealed record MethodPlan(
    string Name,
    string EntryPoint,
    EquatableArray<TensorPlan> Tensors,
    EquatableArray<string> Scalars,
    EquatableArray<BlockPlan> Blocks,
    string? Returns)
{
    /// <summary>Compiled with all optimisations when it is first called, not after it was called often.</summary>
    public bool IsOptimizedAtOnce { get; init; }

    /// <summary>Rounds of all loops together, were nothing a vector.</summary>
    public long Work => Blocks.SelectMany(b => b.Kernel.Assignments).Sum(a => a.Axes.Aggregate(1L, (n, axis) => n * axis.Extent));
}

/// <param name="Kernel">What the statements compute.</param>
internal sealed record BlockPlan(Kernel Kernel, EquatableArray<Statement> Statements);

/// <summary>The names of the entry points, which are those of their methods.</summary>
internal static class EntryPoints
{
    public const string Forward = "Forward";
    public const string Loss = "Loss";
    public const string LossGradient = "LossGradient";
    public const string OutputGradient = "OutputGradient";
    public const string BackPropagate = "BackPropagate";
    public const string InputGradient = "InputGradient";

    /// <summary>A step of plain descent: how large what its gradients are made of is, and the step.</summary>
    public const string Reach = "Reach";
    public const string Descend = "Descend";

    /// <summary>With vectors, a sample is read where the caller has it: y for x; and all of a step, whose halves have no methods of their own.</summary>
    public const string Predict = "Predict";
    public const string Train = "Train";
    public const string TrainForward = "TrainForward";
    public const string TrainBackward = "TrainBackward";

    /// <summary>A step with the mean gradient: plain descent, and with the declared optimizer.</summary>
    public const string SgdUpdate = "SgdUpdate";
    public const string Update = "Update";

    /// <summary>Over the rows of a batch: the outputs; the losses and where back-propagation starts, which the caller may give; the gradients, with the optimizer's step after the last of them.</summary>
    public const string ForwardRows = "ForwardRows";
    public const string OutputRows = "OutputRows";
    public const string LossRows = "LossRows";
    public const string OutputGradientRows = "OutputGradientRows";
    public const string BackRows = "BackRows";
}
