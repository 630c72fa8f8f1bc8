using NetGen.Numerics.Tests.Widths;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// The oracle's cases and their networks: a compilation for each group and way of unrolling, of what tests take of it.
/// </summary>
internal static class OracleNetworks
{
    private static readonly Dictionary<string, OracleCase> Cases =
        OracleCase.Groups.SelectMany(OracleCase.Read).ToDictionary(c => c.Name);

    private static readonly Dictionary<string, string> GroupOf =
        OracleCase.Groups.SelectMany(g => OracleCase.Read(g).Select(c => (g, c.Name))).ToDictionary(p => p.Name, p => p.g);

    private static readonly IReadOnlyList<Form> Chosen = TestSet.IsFull ? [.. Forms()] : [.. Covered()];

    private static readonly Dictionary<(string Group, Unroll Unroll), Lazy<WidthNetworks>> Compiled = Chosen
        .GroupBy(form => (GroupOf[form.Name], form.Unroll))
        .ToDictionary(group => group.Key, group => new Lazy<WidthNetworks>(() => Compile(group.Key.Unroll, group)));

    /// <summary>The forms that a case is carried out in, by its name; 0 lanes stand for the scalar form.</summary>
    public static TheoryData<string, Unroll, int> All
    {
        get
        {
            var data = new TheoryData<string, Unroll, int>();
            foreach (Form form in Chosen)
            {
                data.Add(form.Name, form.Unroll, form.Lanes);
            }

            return data;
        }
    }

    /// <summary>The cases that are carried out in any form.</summary>
    public static IEnumerable<string> Names => Chosen.Select(form => form.Name).Distinct();

    public static OracleCase Case(string name) => Cases[name];

    /// <summary>A network at the case's first parameters.</summary>
    public static INetwork Create(OracleCase @case, Unroll unroll, int lanes)
    {
        INetwork network = Compiled[(GroupOf[@case.Name], unroll)].Value.Create(@case.Name, lanes);
        network.SetParameters(@case.Parameters);
        return network;
    }

    /// <summary>
    /// Every case as the planner likes it with each length of vectors and without; of that, small ones with loops as well,
    /// and a few wide ones written out.
    /// </summary>
    private static IEnumerable<Form> Forms()
    {
        foreach (string name in Cases.Keys)
        {
            foreach (int lanes in (int[])[16, 8, 4, 0])
            {
                yield return new(name, Unroll.Auto, lanes);
            }

            if (GroupOf[name] is "small" or "shapes" or "limits")
            {
                yield return new(name, Unroll.Loops, 0);
            }

            if (GroupOf[name] is "shapes" or "architectures")
            {
                yield return new(name, Unroll.Full, 0);
            }
        }
    }

    /// <summary>
    /// Of the combinations of activation, loss, optimizer and form each pair, and each activation of an output; of the
    /// groups whose every case is of its own kind each case, in one form or another.
    /// </summary>
    private static IEnumerable<Form> Covered()
    {
        bool isCombined(Form form) => GroupOf[form.Name] is "small" or "wide" or "optimizers";
        IReadOnlyList<Form> combined = Covering.Of(Forms().Where(isCombined), form =>
        {
            OracleCase @case = Cases[form.Name];
            string group = GroupOf[form.Name];
            object how = (form.Unroll, form.Lanes);
            return
            [
                .. group == "optimizers" ? Covering.Pairs(@case.Optimizer, how) : Covering.Pairs(group, @case.Layers[0].Activation, @case.Loss, how),
                @case.Layers[^1].Activation,
            ];
        });
        IEnumerable<Form> single = Forms().Where(form => !isCombined(form)).GroupBy(form => form.Name).Select((forms, i) => forms.ElementAt(i % forms.Count()));
        return combined.Concat(single);
    }

    // Unrolling is the scalar form's alone: the vectors need no second compilation.
    private static WidthNetworks Compile(Unroll unroll, IEnumerable<Form> forms) => new(
        forms.GroupBy(form => form.Name).Select(same => (
            Cases[same.Key].Network with { Unroll = unroll, Simd = unroll == Unroll.Auto ? Simd.Auto : Simd.None },
            (IReadOnlyList<int>)[.. same.Select(form => form.Lanes)])));

    private sealed record Form(string Name, Unroll Unroll, int Lanes);
}
