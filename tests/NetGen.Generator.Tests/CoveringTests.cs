namespace NetGen.Generator.Tests;

/// <summary>The choice that decides what a run by default tests.</summary>
public class CoveringTests
{
    private static readonly (int A, char B, bool C, string D)[] All =
    [
        .. from a in Enumerable.Range(0, 7) from b in "xyzuv" from c in new[] { false, true } from d in new[] { "p", "q", "r" } select (a, b, c, d),
    ];

    [Fact]
    public void Every_pair_is_there_in_few_cases()
    {
        IReadOnlyList<(int A, char B, bool C, string D)> few = Covering.Of(All, Shows);

        Assert.Equal(All.SelectMany(Shows).ToHashSet(), few.SelectMany(Shows).ToHashSet());

        // 35 pairs of the two longest are the least, of 210.
        Assert.InRange(few.Count, 35, 42);
        Assert.Equal(few.Distinct(), few);
    }

    [Fact]
    public void Impossible_pairs_are_not_missed()
    {
        (int A, char B, bool C, string D)[] allowed = [.. All.Where(c => c.B != 'x' || c.A == 3)];

        IReadOnlyList<(int A, char B, bool C, string D)> few = Covering.Of(allowed, Shows);

        Assert.Equal(allowed.SelectMany(Shows).ToHashSet(), few.SelectMany(Shows).ToHashSet());
        Assert.All(few, c => Assert.Contains(c, allowed));
    }

    [Fact]
    public void The_choice_is_the_same_every_time_and_keeps_the_order()
    {
        IReadOnlyList<(int A, char B, bool C, string D)> few = Covering.Of(All, Shows);

        Assert.Equal(few, Covering.Of(All, Shows));
        Assert.Equal(few.OrderBy(c => Array.IndexOf(All, c)), few);
    }

    [Fact]
    public void What_shows_nothing_is_not_chosen() => Assert.Equal([2], Covering.Of([1, 2, 3], i => i == 2 ? ["even"] : []));

    private static IEnumerable<object> Shows((int A, char B, bool C, string D) c) => Covering.Pairs(c.A, c.B, c.C, c.D);
}
