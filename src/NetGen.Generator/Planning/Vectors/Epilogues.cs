namespace NetGen.Generator;

/// <summary>
/// A product, and the formula that is applied to each element of it (an activation, or the slope of one), in one step:
/// the sums are still in registers.
/// </summary>
internal static class Epilogues
{
    /// <summary>Joins the kernels of such pairs that follow each other.</summary>
    /// <param name="kernels">Panels are not split yet.</param>
    /// <param name="isKept">Whether later programs read a tensor.</param>
    public static IReadOnlyList<Kernel> Join(IReadOnlyList<Kernel> kernels, VectorTarget target, Func<string, bool> isKept)
    {
        var joined = new List<Kernel>(kernels);
        for (int i = 0; i + 1 < joined.Count; i++)
        {
            if (Pair(joined[i], joined[i + 1], target) is not { } map)
            {
                continue;
            }

            // In a tile of rows a function would stand in many places.
            Kernel product = joined[i];
            bool isLong = target.Rows is not null && map.Value.Descend().Any(e => e is Expr.FunctionCall);
            bool isReadLater = isKept(product.Target)
                || joined.Skip(i + 2).SelectMany(k => k.Assignments).Any(a => a.Value.Descend().Any(e => e is Expr.Element element && element.Tensor == product.Target));
            if (isLong)
            {
                if (!isReadLater)
                {
                    joined[i] = InPlace(product, product.Target, map.Target);
                    joined[i + 1] = InPlace(joined[i + 1], product.Target, map.Target);
                }

                continue;
            }

            joined[i] = product with
            {
                Formula = $"{product.Formula}; {joined[i + 1].Formula}",
                Note = Notes(product.Note, joined[i + 1].Note),
                Assignments = [product.Assignments[0], map],
                Fusion = isReadLater ? Fusion.Epilogue : Fusion.EpilogueInRegisters,
            };
            joined.RemoveAt(i + 1);
        }

        return joined;
    }

    // The map over the product's axes; null where the two are no pair.
    private static Assignment? Pair(Kernel first, Kernel second, VectorTarget target)
    {
        if (first.Assignments is not [{ Operator: AssignmentOperator.Assign } product]
            || second.Assignments is not [{ Operator: AssignmentOperator.Assign } map]
            || map.Domain.Count != product.Domain.Count
            || !map.Domain.Zip(product.Domain, (a, b) => a.Extent == b.Extent).All(same => same)
            || map.Value.Descend().Any(e => e is Expr.Reduce)
            || Contraction.Match(PanelSplit.Apply(first).Assignments[0]) is not { IsAcross: false } sum)
        {
            return null;
        }

        Assignment renamed = Rename(map, product.Domain);
        Expr.Element[] reads = [.. renamed.Value.Descend().OfType<Expr.Element>().Where(e => e.Tensor == product.Target)];
        bool readsProduct = reads.Length > 0 && reads.All(e => e == product.Place);

        // Where the last panel is padded, the formula would fill the padding with what is not zero.
        bool fillsPanels = sum.Outer.All(v => target.IsRow(v)) || product.Domain[product.Domain.Count - 1].Extent % sum.Lane.Extent == 0;

        LoopVariable lane = product.Domain[product.Domain.Count - 1];
        return readsProduct && fillsPanels && target.IsPadded(renamed, lane) && target.IsPadded(product, lane)
            && Contraction.IsLane(lane, PanelSplit.Places(renamed))
                ? renamed
                : null;
    }

    // The product is written where the formula's result goes, which then takes its place: half the memory.
    private static Kernel InPlace(Kernel kernel, string from, string to)
    {
        return kernel with { Assignments = kernel.Assignments.Select(a => a with { Place = At(a.Place), Value = a.Value.Rewrite(e => e is Expr.Element element ? At(element) : null) }).ToEquatableArray() };

        Expr.Element At(Expr.Element element) => element.Tensor == from ? element with { Tensor = to } : element;
    }

    private static Assignment Rename(Assignment map, EquatableArray<LoopVariable> axes)
    {
        return new Assignment(
            At(map.Place),
            axes,
            map.Operator,
            map.Value.Rewrite(e => e is Expr.Element element ? At(element) : null));

        Expr.Element At(Expr.Element element)
        {
            Index index = element.Index;
            for (int axis = 0; axis < axes.Count; axis++)
            {
                index = index.Rename(map.Domain[axis], axes[axis]);
            }

            return element with { Index = index };
        }
    }

    private static string Notes(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : $"{first}; {second}";
}
