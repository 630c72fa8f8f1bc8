namespace NetGen.Generator;

/// <summary>
/// A product that reads a weight, and the step that overwrites it, in one sweep: each weight is read and written once.
/// </summary>
internal static class Sweeps
{
    /// <summary>Joins the kernels of such pairs.</summary>
    /// <param name="kernels">In order; panels are split already.</param>
    public static IReadOnlyList<Kernel> Join(IReadOnlyList<Kernel> kernels)
    {
        var joined = new List<Kernel>(kernels);
        for (int i = 0; i < joined.Count; i++)
        {
            if (joined[i].Assignments is not [var product] || Contraction.Match(product) is not { } sum)
            {
                continue;
            }

            int j = joined.FindIndex(i + 1, k => k.Assignments is [var step] && ContractionLowering.CanUpdate(sum, step));
            if (j >= 0 && Enumerable.Range(i + 1, j - i - 1).All(k => AreApart(joined[k], joined[i], joined[j])))
            {
                Kernel update = joined[j];
                joined[i] = joined[i] with
                {
                    Formula = $"{joined[i].Formula}; {update.Formula}",
                    Assignments = [product, update.Assignments[0]],
                    Fusion = Fusion.Sweep,
                };
                joined.RemoveAt(j);
            }
        }

        return joined;
    }

    // The update may come earlier if nothing between reads or writes what it does.
    private static bool AreApart(Kernel between, Kernel product, Kernel update)
    {
        HashSet<string> written = [product.Target, update.Target];
        HashSet<string> read = [.. update.Assignments.SelectMany(PanelSplit.Places).Select(e => e.Tensor)];
        return between.Assignments.All(a => !read.Contains(a.Target) && PanelSplit.Places(a).All(e => !written.Contains(e.Tensor)));
    }
}
