namespace NetGen.Generator;

/// <summary>
/// Plain descent changes each weight as soon as its gradient is known, in the sweep that reads the weight; so it asks
/// before the first whether a gradient may not be finite. Gradients are products of what went forward and what flows back,
/// which starts at the seed. Magnitudes are added up: products of numbers below 2⁶⁰ are finite, whichever they are. Where
/// the sum is not below, which training that does any good never sees, the whole gradient is gathered and looked at before
/// the step.
/// </summary>
/// <remarks>
/// What flows back through weights of 10¹⁵ and more may still overflow behind the seed. To know that first would mean to
/// read every weight once more, which costs a step of wide layers up to half as much again.
/// </remarks>
internal static class StepReach
{
    /// <summary>2⁶⁰: up to 255 products of two such numbers add up to a float.</summary>
    public const float Limit = 1152921504606846976f;

    /// <summary>The local that holds the sum.</summary>
    public const string Name = "L_reach";

    /// <summary>The input, the seed, and what else the gradients are products of, as far as it is known before they are.</summary>
    /// <param name="known">What went forward.</param>
    public static IReadOnlyList<Node> Factors(NetworkGraph network, IReadOnlyCollection<int> known)
    {
        // A weight that is used twice has a gradient of two products.
        IEnumerable<Node> factors = network.Gradients
            .SelectMany(network.Graph.InputsOf)
            .SelectMany(n => n.Op is OuterProductOp ? network.Graph.InputsOf(n) : [n])
            .Where(n => known.Contains(n.Id) && n.Shape.Rank <= 1);
        return [network.Input, network.Seed, .. factors.OrderBy(n => n.Id).Distinct()];
    }

    /// <summary>Adds the magnitudes up: tensors of the same shape together.</summary>
    /// <param name="factors">From <see cref="Factors"/>.</param>
    public static Kernel Sum(IReadOnlyList<Node> factors, IPlacement placement)
    {
        var sums = new List<Assignment>();
        foreach (IGrouping<Shape, Node> alike in factors.GroupBy(f => f.Shape))
        {
            LoopVariable[] axes = alike.Key.Rank == 0 ? [new LoopVariable("n", 1)] : alike.Key.Axes();
            Expr term = alike.Select(f => Expr.Abs(placement.Place(f.Name, alike.Key, axes))).Aggregate((a, b) => a + b);
            sums.Add(Let(Name + Literal.Of(sums.Count + 1), new Expr.Reduce(Reduction.Sum, axes.Single(), term)));
        }

        Assignment[] all = sums.Count == 1
            ? [Let(Name, sums[0].Value)]
            : [.. sums, Let(Name, sums.Select(s => (Expr)new Expr.Local(s.Target)).Aggregate((a, b) => a + b))];
        string formula = string.Join(" + ", factors.Select(f => $"Σ|{f.Name}|"));
        return new Kernel(Name, $"{Name} = {formula}", "products of numbers below 2⁶⁰ are finite", all.ToEquatableArray(), false, "");

        static Assignment Let(string local, Expr value) => new(new Expr.Element(local, Index.At(0)), [], AssignmentOperator.Assign, value);
    }
}
