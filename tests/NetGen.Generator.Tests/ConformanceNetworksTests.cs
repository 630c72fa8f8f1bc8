using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests;

/// <summary>What is promised to have the same bits everywhere is in a network whose bits are compared.</summary>
public class ConformanceNetworksTests
{
    private static readonly string Networks = Read();

    public static TheoryData<string> Rows =>
    [
        .. Activations.All.Select(row => "Activation." + row.Name),
        .. Losses.All.Select(row => "Loss." + row.Name),
        .. Optimizers.All.Select(row => "Optimizer." + row.Name),

        // Auto is one of the others.
        .. Initializers.All.Skip(1).Select(row => "Initializer." + row.Name),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_network_has_it(string row) => Assert.Matches($@"\b{Regex.Escape(row)}\b", Networks);

    private static string Read()
    {
        using var reader = new StreamReader(typeof(ConformanceNetworksTests).Assembly.GetManifestResourceStream("Conformance.cs")!);
        return reader.ReadToEnd();
    }
}
