namespace NetGen.Testing;

/// <summary>
/// Few of many cases that show all that the many show. Most faults take one property of a case, or two together: few cases
/// hold all pairs, where all combinations would be hundreds.
/// </summary>
public static class Covering
{
    /// <summary>
    /// Cases in their order, such that whatever one of all the cases shows, one of these does. Each is chosen for the most
    /// that is still missing, the first of equals: the same every time.
    /// </summary>
    /// <param name="cases">All of them.</param>
    /// <param name="shows">What a case shows: values that compare by value.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> cases, Func<T, IEnumerable<object>> shows)
    {
        (T Case, object[] Shown)[] all = [.. cases.Select(c => (c, shows(c).Distinct().ToArray()))];
        var missing = new HashSet<object>(all.SelectMany(c => c.Shown));
        var chosen = new SortedSet<int>();

        // What a case adds only shrinks, so an old count is a bound, and few need to be counted again.
        int[] bounds = Array.ConvertAll(all, c => c.Shown.Length);
        while (missing.Count > 0)
        {
            int best = -1;
            int most = 0;
            for (int i = 0; i < all.Length; i++)
            {
                if (bounds[i] > most)
                {
                    bounds[i] = all[i].Shown.Count(missing.Contains);
                    (best, most) = bounds[i] > most ? (i, bounds[i]) : (best, most);
                }
            }

            chosen.Add(best);
            missing.ExceptWith(all[best].Shown);
        }

        return [.. chosen.Select(i => all[i].Case)];
    }

    /// <summary>What a case shows whose properties have these values: each two of them together, told apart by their places.</summary>
    public static IEnumerable<object> Pairs(params object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = i + 1; j < values.Length; j++)
            {
                yield return (i, values[i], j, values[j]);
            }
        }
    }
}
