namespace NetGen.Generator;

/// <summary>
/// An elementary function as a program of <see cref="Expr"/>s, so that every width and platform computes the same.
/// </summary>
/// <param name="Name">The C# name of the method: <c>Exp</c>.</param>
/// <param name="Symbol">How formulas write it: <c>exp</c>.</param>
/// <param name="Summary">One sentence for the method's comment: what it computes and how.</param>
/// <param name="MaxUlps">The largest error, in units in the last place, over the range; tests hold it.</param>
/// <param name="Low">The low end of the range in which the error holds.</param>
/// <param name="High">The high end.</param>
/// <param name="Steps">Locals, each over <see cref="Expr.X"/> and the locals before it.</param>
/// <param name="Result">The value, over <see cref="Expr.X"/> and the locals.</param>
internal sealed record FunctionRow(
    string Name,
    string Symbol,
    string Summary,
    double MaxUlps,
    float Low,
    float High,
    EquatableArray<FunctionStep> Steps,
    Expr Result);

/// <summary><c>name = value</c>, with a word on why.</summary>
internal sealed record FunctionStep(string Name, Expr Value, string Comment = "");
