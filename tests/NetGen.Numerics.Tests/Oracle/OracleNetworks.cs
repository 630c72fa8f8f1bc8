using NetGen.Numerics.Tests.Widths;

namespace NetGen.Numerics.Tests.Oracle;

/// <summary>The oracle's cases and their networks: a compilation for each group and way of unrolling.</summary>
internal static class OracleNetworks
{
    private static readonly Dictionary<string, OracleCase> Cases =
        OracleCase.Groups.SelectMany(OracleCase.Read).ToDictionary(c => c.Name);

    private static readonly Dictionary<string, string> GroupOf =
        OracleCase.Groups.SelectMany(g => OracleCase.Read(g).Select(c => (g, c.Name))).ToDictionary(p => p.Name, p => p.g);

    // Unrolling is the scalar form's alone: the vectors need no second compilation.
    private static readonly Dictionary<(string Group, Unroll Unroll), Lazy<WidthNetworks>> Compiled =
        OracleCase.Groups.SelectMany(_ => Enum.GetValues<Unroll>(), (group, unroll) => (group, unroll)).ToDictionary(
            key => key,
            key => new Lazy<WidthNetworks>(() => new WidthNetworks(
                Cases.Values
                    .Where(c => GroupOf[c.Name] == key.group)
                    .Select(c => c.Network with { Unroll = key.unroll, Simd = key.unroll == Unroll.Auto ? Simd.Auto : Simd.None }))));

    /// <summary>
    /// Every case as the planner likes it with each length of vectors and without, where 0 lanes stand for the scalar
    /// form; of that, small ones with loops as well, and a few wide ones written out.
    /// </summary>
    public static TheoryData<string, Unroll, int> All
    {
        get
        {
            var data = new TheoryData<string, Unroll, int>();
            foreach (string name in Cases.Keys)
            {
                foreach (int lanes in (int[])[16, 8, 4, 0])
                {
                    data.Add(name, Unroll.Auto, lanes);
                }

                if (GroupOf[name] is "small" or "shapes" or "limits")
                {
                    data.Add(name, Unroll.Loops, 0);
                }

                if (GroupOf[name] is "shapes" or "architectures")
                {
                    data.Add(name, Unroll.Full, 0);
                }
            }

            return data;
        }
    }

    public static OracleCase Case(string name) => Cases[name];

    /// <summary>A network at the case's first parameters.</summary>
    public static INetwork Create(OracleCase @case, Unroll unroll, int lanes)
    {
        INetwork network = Compiled[(GroupOf[@case.Name], unroll)].Value.Create(@case.Name, lanes);
        network.SetParameters(@case.Parameters);
        return network;
    }
}
