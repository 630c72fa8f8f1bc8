namespace NetGen.Generator;

/// <summary>
/// The elementary functions that formulas may call. Every operation below is rounded to float, and the order of the
/// operations is part of the definition: a rounding error made here is undone there. The coefficients come from
/// tests/oracle/fit_polynomials.py.
/// </summary>
internal static partial class Functions
{
    // ln 2 = Ln2High − Ln2Rest. A whole number below 2¹⁵ times Ln2High is exact, so that x − n·Ln2High is as well.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Rest = 2.12194440e-4f;
    private const float Log2E = 1.44269504f;

    // A float this large has no fraction bits: adding and subtracting it rounds to a whole number.
    private const float Rounder = 12582912;

    private const float Infinity = float.PositiveInfinity;
    private const float MinNormal = 1.17549435e-38f;

    public static EquatableArray<FunctionRow> All { get; } =
    [
        Exp,
        Expm1,
        Log,
        Log1p,
        Tanh,
        Sigmoid,
        NormalCdf,
        Erf,
    ];

    public static FunctionRow Get(string name) => All.Single(row => row.Name == name);

    /// <summary>The function as it is computed where accuracy may be given up: for few of them is that any faster.</summary>
    public static EquatableArray<FunctionRow> Fast { get; } = [FastTanh];

    public static FunctionRow Get(string name, MathMode mode) =>
        (mode == MathMode.Fast ? Fast.FirstOrDefault(row => row.Name == name) : null) ?? Get(name);

    private static Expr V(string local) => new Expr.Local(local);

    private static Expr Round(Expr x) => Expr.Rounded(x + Rounder) - Rounder;

    // A NaN fails every comparison: it must be what the last alternative lets through.
    private static Expr AtMost(float high, Expr x) => Expr.IfLess(high, x, high, x);

    private static Expr AtLeast(float low, Expr x) => Expr.IfLess(x, low, low, x);

    // c₀ + c₁x + c₂x² + …, by Horner's rule.
    private static Expr Polynomial(Expr x, params float[] coefficients)
    {
        Expr sum = coefficients[coefficients.Length - 1];
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = (sum * x) + coefficients[k];
        }

        return sum;
    }
}
