namespace NetGen.Generator;

/// <summary>
/// An axis along which memory goes on at the next panel becomes two: the panel p, and the place in it. The places that
/// pad the last panel are computed with the others; they are zero.
/// </summary>
internal static class PanelSplit
{
    /// <summary>Splits all axes of a kernel that need it, in all of its assignments alike.</summary>
    public static Kernel Apply(Kernel kernel)
    {
        IndexTerm? term = kernel.Assignments.SelectMany(Places).SelectMany(e => e.Index.Terms).FirstOrDefault(t => t.Panel > 0);
        if (term is null)
        {
            return kernel;
        }

        LoopVariable axis = term.Variable;
        string name = kernel.Assignments.Any(a => a.Domain.Any(v => v.Name == "p")) ? "q" : "p";
        var panel = new LoopVariable(name, (axis.Extent + term.Panel - 1) / term.Panel);
        var inside = new LoopVariable(axis.Name, term.Panel);
        return Apply(kernel with { Assignments = kernel.Assignments.Select(a => Split(a, axis, panel, inside)).ToEquatableArray() });
    }

    private static Assignment Split(Assignment assignment, LoopVariable axis, LoopVariable panel, LoopVariable inside)
    {
        return new Assignment(
            Split(assignment.Place),
            assignment.Domain.SelectMany(v => v == axis ? [panel, inside] : (LoopVariable[])[v]).ToEquatableArray(),
            assignment.Operator,
            Visit(assignment.Value));

        Expr.Element Split(Expr.Element element) => element with { Index = element.Index.Split(axis, panel, inside) };

        Expr Visit(Expr value) => value.Rewrite(e => e switch
        {
            Expr.Element element => Split(element),
            Expr.Reduce reduce when reduce.Over == axis =>
                new Expr.Reduce(reduce.Reduction, panel, new Expr.Reduce(reduce.Reduction, inside, Visit(reduce.Body))),
            _ => null,
        });
    }

    public static IEnumerable<Expr.Element> Places(Assignment assignment) =>
        assignment.Value.Descend().OfType<Expr.Element>().Prepend(assignment.Place);
}
