namespace NetGen.Generator;

/// <summary>
/// An initializer of a weight [fan-out, fan-in]: numbers with mean 0 and variance
/// <paramref name="Gain"/> / (fan-in, or the mean of fan-in and fan-out).
/// </summary>
/// <param name="Name">The name in the enum <c>Initializer</c>.</param>
/// <param name="Summary">The definition and its source, for the enum's documentation.</param>
/// <param name="Distribution">The shape of the distribution.</param>
/// <param name="Gain">The variance times the fan.</param>
/// <param name="AveragesFans">Whether the fan is the mean of both.</param>
internal sealed record InitializerRow(
    string Name,
    string Summary,
    Distribution Distribution,
    double Gain,
    bool AveragesFans)
{
    /// <summary>What it is called elsewhere, where that is more than another way of writing its name.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    public double Variance(int fanIn, int fanOut) => Gain / (AveragesFans ? (fanIn + (double)fanOut) / 2 : fanIn);
}

internal enum Distribution
{
    /// <summary>Left to the layer's activation.</summary>
    Deferred,
    Normal,
    Uniform,
    Zero,

    /// <summary>1 throughout.</summary>
    One,
}

/// <summary>The initializers, in the order of the enum's values. Add new ones at the end.</summary>
internal static class Initializers
{
    public static EquatableArray<InitializerRow> All { get; } =
    [
        new("Auto", "HeNormal for the ReLU family, LeCunNormal for Selu, XavierUniform otherwise", Distribution.Deferred, 0, false),
        new("HeNormal", "normal, variance 2 / in (He et al. 2015)", Distribution.Normal, 2, false) { Aliases = ["He", "Kaiming", "KaimingNormal"] },
        new("HeUniform", "uniform, variance 2 / in (He et al. 2015)", Distribution.Uniform, 2, false) { Aliases = ["KaimingUniform"] },
        new("XavierNormal", "normal, variance 2 / (in + out) (Glorot and Bengio 2010)", Distribution.Normal, 1, true) { Aliases = ["GlorotNormal"] },
        new("XavierUniform", "uniform, variance 2 / (in + out) (Glorot and Bengio 2010)", Distribution.Uniform, 1, true) { Aliases = ["Xavier", "Glorot", "GlorotUniform"] },
        new("LeCunNormal", "normal, variance 1 / in (LeCun et al. 1998)", Distribution.Normal, 1, false) { Aliases = ["LeCun"] },
        new("Zeros", "all zero", Distribution.Zero, 0, false),
    ];

    /// <summary>For what multiplies, as the scale of a normalization; no choice for a layer's weights.</summary>
    public static InitializerRow Ones { get; } = new("Ones", "all one", Distribution.One, 0, false);

    public static InitializerRow Get(string name) => All.Append(Ones).Single(row => row.Name == name);
}
