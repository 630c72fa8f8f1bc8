namespace NetGen.Generator;

/// <summary>Finds the name that another one means: written otherwise, known elsewhere, or mistyped.</summary>
internal static class SimilarNames
{
    /// <param name="given">What was written.</param>
    /// <param name="suffix">What a name may end with elsewhere, as in MSELoss.</param>
    /// <param name="names">What there is.</param>
    /// <param name="aliases">What else some of these are called.</param>
    /// <returns>One of <paramref name="names"/>; null where none is like it.</returns>
    public static string? Find(string given, string suffix, IReadOnlyList<string> names, IReadOnlyList<(string Alias, string Name)> aliases)
    {
        string wanted = Normal(given, suffix);
        (string Form, string Name)[] known = [.. names.Select(name => (Normal(name, suffix), name)), .. aliases.Select(a => (Normal(a.Alias, suffix), a.Name))];
        foreach ((string form, string name) in known)
        {
            if (form == wanted)
            {
                return name;
            }
        }

        // A third of the letters may be wrong, and of names of one or two none.
        (string? nearest, int least) = (null, (wanted.Length / 3) + 1);
        foreach ((string form, string name) in known)
        {
            int distance = Distance(wanted, form);
            (nearest, least) = distance < least ? (name, distance) : (nearest, least);
        }

        return nearest;
    }

    private static string Normal(string name, string suffix)
    {
        string letters = name.Replace("_", "").ToLowerInvariant();
        string end = suffix.ToLowerInvariant();
        return end.Length > 0 && letters.Length > end.Length && letters.EndsWith(end, StringComparison.Ordinal)
            ? letters.Substring(0, letters.Length - end.Length)
            : letters;
    }

    // Letters that are added, left out or wrong, and neighbours that are exchanged.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
