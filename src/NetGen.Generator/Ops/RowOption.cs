using System.Globalization;

namespace NetGen.Generator;

/// <summary>A number in the formulas of a row of the catalogue that a declaration may set.</summary>
/// <param name="Name">The property of the attribute.</param>
/// <param name="Default">What it is where nothing is declared: PyTorch's.</param>
/// <param name="Range">What it may be.</param>
internal sealed record RowOption(string Name, double Default, OptionRange Range);

/// <summary>The numbers that something may be. None of them is infinite or NaN.</summary>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The most.</param>
/// <param name="Text">How messages say it: "must be …".</param>
internal sealed record OptionRange(double Least, double Most, string Text)
{
    public static OptionRange Finite { get; } = new(-float.MaxValue, float.MaxValue, "finite");

    public static OptionRange NotNegative { get; } = new(0, float.MaxValue, "finite and at least 0");

    public static OptionRange Positive { get; } = new(float.Epsilon, float.MaxValue, "finite and greater than 0");

    public static OptionRange Fraction { get; } = new(0, 1, "at least 0 and at most 1");

    /// <summary>What is remembered must fade. The last float before 1 is 2⁻²⁴ away.</summary>
    public static OptionRange Decay { get; } = new(0, 1 - (1.0 / (1 << 24)), "at least 0 and below 1");

    public bool Holds(double value) => value >= Least && value <= Most;
}

/// <summary>A number that was declared.</summary>
internal sealed record DeclaredOption(string Name, double Value)
{
    /// <summary>
    /// Attributes hold floats. Who writes 0.9f means 0.9, as PyTorch's default is, from which 1 − 0.9 is computed: the number
    /// is that of the shortest digits that stand for the float.
    /// </summary>
    public static DeclaredOption Of(string name, float value) =>
        new(name, double.Parse(Literal.Digits(value), CultureInfo.InvariantCulture));

    public override string ToString() => $"{Name} {MathText.Number((float)Value)}";
}

/// <summary>The numbers that a declaration sets, all of them in range. The others are their rows' own.</summary>
internal sealed record OptionValues(EquatableArray<DeclaredOption> Declared)
{
    public static OptionValues None { get; } = new([]);

    public double this[RowOption option] => Declared.FirstOrDefault(d => d.Name == option.Name)?.Value ?? option.Default;

    /// <summary>Those of some options alone.</summary>
    public OptionValues Only(IEnumerable<RowOption> options) =>
        new(Declared.Where(d => options.Any(o => o.Name == d.Name)).ToEquatableArray());

    /// <summary>For the head of a generated file: <c> (Beta1 0.8, ClipNorm 5)</c>, or nothing.</summary>
    public override string ToString() => Declared.Count == 0 ? "" : $" ({string.Join(", ", Declared)})";
}
