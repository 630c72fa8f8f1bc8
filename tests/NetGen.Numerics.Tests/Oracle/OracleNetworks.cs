namespace NetGen.Numerics.Tests.Oracle;

/// <summary>The oracle's cases and their networks: a compilation for each group and way of unrolling.</summary>
public static class OracleNetworks
{
    private static readonly Dictionary<string, OracleCase> Cases =
        OracleCase.Groups.SelectMany(OracleCase.Read).ToDictionary(c => c.Name);

    private static readonly Dictionary<string, string> GroupOf =
        OracleCase.Groups.SelectMany(g => OracleCase.Read(g).Select(c => (g, c.Name))).ToDictionary(p => p.Name, p => p.g);

    private static readonly Dictionary<(string Group, Unroll Unroll), CompiledNetworks> Compiled =
        OracleCase.Groups.SelectMany(_ => Enum.GetValues<Unroll>(), (group, unroll) => (group, unroll)).ToDictionary(
            key => key,
            key => new CompiledNetworks(
                $"Oracle{key.unroll}",
                Cases.Values.Where(c => GroupOf[c.Name] == key.group).Select(c => c.Network with { Unroll = key.unroll })));

    /// <summary>
    /// Every case as the planner likes it, small ones with loops as well, and a few wide ones written out.
    /// </summary>
    public static TheoryData<string, Unroll> All
    {
        get
        {
            var data = new TheoryData<string, Unroll>();
            foreach (string name in Cases.Keys)
            {
                data.Add(name, Unroll.Auto);
                if (GroupOf[name] is "small" or "shapes" or "limits")
                {
                    data.Add(name, Unroll.Loops);
                }

                if (GroupOf[name] is "shapes" or "architectures")
                {
                    data.Add(name, Unroll.Full);
                }
            }

            return data;
        }
    }

    public static OracleCase Case(string name) => Cases[name];

    /// <summary>A network at the case's first parameters.</summary>
    public static INetwork Create(OracleCase @case, Unroll unroll)
    {
        INetwork network = Compiled[(GroupOf[@case.Name], unroll)].Create(@case.Name);
        network.SetParameters(@case.Parameters);
        return network;
    }
}
