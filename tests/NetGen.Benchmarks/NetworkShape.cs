using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>A chain of dense layers by their widths: tanh in between, linear at the end, mean squared error, plain descent.</summary>
public sealed record NetworkShape(params int[] Widths)
{
    /// <summary>Those that the table compares: from the smallest that learns anything to MNIST's.</summary>
    public static IReadOnlyList<NetworkShape> All { get; } =
    [
        new(2, 8, 1), new(4, 16, 16, 3), new(64, 32, 10), new(8, 128, 128, 2), new(250, 128, 5), new(784, 128, 10),
    ];

    public string Name { get; } = string.Join('-', Widths.Select(w => w.ToString(CultureInfo.InvariantCulture)));

    public int Inputs => Widths[0];

    public int Outputs => Widths[^1];

    /// <summary>The weights of all layers, which are the multiply-adds of one forward pass.</summary>
    public long Weights => Layers.Sum(l => (long)l.Inputs * l.Outputs);

    public long Parameters => Layers.Sum(l => (l.Inputs + 1L) * l.Outputs);

    public IEnumerable<(int Inputs, int Outputs)> Layers => Widths.Zip(Widths.Skip(1));

    public static NetworkShape Parse(string text) =>
        text.Split('-') is { Length: >= 2 } parts && parts.All(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int w) && w > 0)
            ? new NetworkShape([.. parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture))])
            : throw new FormatException($"A network is written as its widths, such as 64-32-10, and not as '{text}'.");

    public override string ToString() => Name;
}
