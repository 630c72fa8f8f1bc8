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
    /// Of the groups that combine: each loss and each optimizer in every form, each activation with vectors and without, hidden
    /// and in the output, and each number that can be set where it means something. Every length of vectors of every activation
    /// is WidthTests', and what activation and loss make together is DifferenceTests'. Of the groups whose every case is of its
    /// own kind each case, in one form or another.
    /// </summary>
    private static IEnumerable<Form> Covered()
    {
        bool isCombined(Form form) => GroupOf[form.Name] is "small" or "wide" or "optimizers" or "options";
        IReadOnlyList<Form> combined = Covering.Of(Forms().Where(isCombined), Shows);
        IEnumerable<Form> single = Forms().Where(form => !isCombined(form)).GroupBy(form => form.Name).Select((forms, i) => forms.ElementAt(i % forms.Count()));
        return combined.Concat(single);
    }

    private static IEnumerable<object> Shows(Form form)
    {
        OracleCase @case = Cases[form.Name];
        object how = (form.Unroll, form.Lanes);
        bool hasVectors = form.Lanes > 0;
        return GroupOf[form.Name] switch
        {
            "optimizers" => [(@case.Optimizer, how)],
            "options" => Options(@case).Concat((@case.Options ?? []).Keys.Select(key => (object)(key, hasVectors))).Concat(Covering.Pairs([.. (@case.Options ?? []).Keys.Order()])),
            string group =>
            [
                (@case.Loss, how), (group, how), (group, @case.Loss),
                ("hidden", @case.Layers[0].Activation, hasVectors), ("output", @case.Layers[^1].Activation, hasVectors),
                (@case.Loss, @case.Layers[^1].Activation is "Softmax" or "Sigmoid"),
            ],
        };
    }

    // Numbers of an optimizer mean something else in each. Limits look at the gradient alone, whoever steps; what the others of
    // the loss and the activations are is their value's.
    private static IEnumerable<object> Options(OracleCase @case) =>
    [
        .. (@case.Options ?? []).Select(option => option.Key switch
        {
            "ClipNorm" or "ClipValue" => (object)(option.Key, @case.Optimizer == "Sgd", option.Value > 1),
            "Delta" or "LabelSmoothing" => (option.Key, option.Value, @case.Layers[0].Units > 16),
            _ => (option.Key, @case.Optimizer, option.Value == 0),
        }),
        .. @case.Layers.Take(1).SelectMany(layer => (layer.Options ?? new Dictionary<string, float>()).Values.Select(alpha => (object)(layer.Activation, alpha))),
    ];

    // Unrolling is the scalar form's alone: the vectors need no second compilation.
    private static WidthNetworks Compile(Unroll unroll, IEnumerable<Form> forms) => new(
        forms.GroupBy(form => form.Name).Select(same => (
            Cases[same.Key].Network with { Unroll = unroll, Simd = unroll == Unroll.Auto ? Simd.Auto : Simd.None },
            (IReadOnlyList<int>)[.. same.Select(form => form.Lanes)])));

    private sealed record Form(string Name, Unroll Unroll, int Lanes);
}
