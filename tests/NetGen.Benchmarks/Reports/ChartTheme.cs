using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>The colours of a chart, for a page that is light or dark.</summary>
/// <param name="Suffix">Of the file's name.</param>
/// <param name="Paper">The page.</param>
/// <param name="Ink">Text and axes.</param>
/// <param name="Faint">Lines that only guide the eye.</param>
/// <param name="Peers">In the order in which they are drawn, the one that matters most last.</param>
internal sealed record ChartTheme(string Suffix, Color Paper, Color Ink, Color Faint, IReadOnlyList<(string Name, Color Color)> Peers)
{
    /// <summary>The peer whose ratios are also written out: the one that is nearest.</summary>
    public const string Nearest = "C++";

    public static IReadOnlyList<ChartTheme> All { get; } =
    [
        new("", Hex("FFFFFF"), Hex("1F2328"), Hex("D1D9E0"),
            [("FANN", Hex("818B98")), ("PyTorch", Hex("8250DF")), ("ONNX", Hex("BC4C00")), ("Eigen", Hex("1A7F37")), (Nearest, Hex("0969DA"))]),
        new("-dark", Hex("0D1117"), Hex("E6EDF3"), Hex("30363D"),
            [("FANN", Hex("8B949E")), ("PyTorch", Hex("BC8CFF")), ("ONNX", Hex("F0883E")), ("Eigen", Hex("3FB950")), (Nearest, Hex("58A6FF"))]),
    ];

    /// <summary>NetGen's own.</summary>
    public Color Own => Peers[^1].Color;

    private static Color Hex(string digits) => Color.FromHex("#" + digits);
}
