namespace NetGen.Generator;

/// <summary>
/// An operation of the graph: its shape, its meaning in index notation, its adjoint and its formula. One operation is
/// one file; nothing else in the compiler tells one from another. Equal records are the same operation.
/// </summary>
internal abstract record Op
{
    /// <summary>The shape of the result; throws where the inputs do not fit.</summary>
    public abstract Shape InferShape(IReadOnlyList<Shape> inputs);

    /// <summary>
    /// Each element of the inputs is read for one element of the result alone: a formula may take an input's place
    /// without being computed again.
    /// </summary>
    public virtual bool ReadsOnce => false;

    /// <summary>Each element of the result is made of one element of each input.</summary>
    public virtual bool IsPointwise => false;

    /// <summary>The result is the sum of the inputs.</summary>
    public virtual bool IsSum => false;

    /// <summary>States what each element of the result is.</summary>
    public abstract void Define(IIndexNotation notation);

    /// <summary>Adds this node's part to the adjoints of its inputs.</summary>
    /// <param name="adjoint">∂L/∂node.</param>
    public virtual void Differentiate(Adjoints adjoints, Node node, Node adjoint) =>
        throw new NotSupportedException($"{GetType().Name} of {node.Name} has no adjoint.");

    /// <summary>The right-hand side of the formula, in the textbook's notation.</summary>
    public abstract string Describe(Node node, IReadOnlyList<string> inputs);

    protected static void Require(bool fits, string message)
    {
        if (!fits)
        {
            throw new ArgumentException(message);
        }
    }
}

/// <summary>
/// How an operation says what it computes, element by element, without saying how: loops, order, storage and width
/// are the planner's.
/// </summary>
internal interface IIndexNotation
{
    Shape Shape { get; }

    int InputCount { get; }

    Shape InputShape(int input);

    /// <summary>An element of an input, or the scalar that it is.</summary>
    Expr Read(int input, params LoopVariable[] axes);

    /// <summary>An element of the result, after it was assigned.</summary>
    Expr ReadResult(params LoopVariable[] axes);

    /// <summary>An element of an input that is a vector, at a place linear in the loop variables.</summary>
    Expr ReadAt(int input, Index place);

    /// <summary>Names a scalar that later formulas use. The names total, largest and partial are the planner's.</summary>
    Expr Let(string name, Expr value);

    /// <summary>result[axes] = value, for every index of the axes.</summary>
    void Assign(LoopVariable[] axes, Expr value);

    /// <summary>result[place] = value, for every index of the axes; the result is a vector.</summary>
    void AssignAt(Index place, LoopVariable[] axes, Expr value);
}
