using static NetGen.Generator.Expr;

namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    private const float Infinity = float.PositiveInfinity;

    // Adding 1.5·2²³ and subtracting it rounds to a whole number what is smaller than 2²².
    private const float Rounder = 12582912;
    private const float MostRounded = 4194304;

    // The slope over x is p·xᵖ⁻¹, and 0 where p is; that over p is xᵖ·ln x, and 0 where x is: as in PyTorch.
    private static BinaryFormula General { get; } = new(
        AnyPower(X, Y),
        IfLess(0, Abs(Y), Y * AnyPower(X, Y - 1), 0),
        IfLess(0, Abs(X), Z * Call("Log", X), 0),
        null);

    private static void Pow(OperatorCall call)
    {
        ImportedValue exponents = call.Input(1);
        if (exponents.Integers is { } integers)
        {
            exponents = exponents with { Node = call.Importer.Constant([.. integers.Select(i => (float)i)]), Integers = null };
        }

        bool fits = exponents.Count == 1 || (exponents.Dimensions.Equals(call.Input(0).Dimensions) && !ImportedParameters.IsLearned(exponents));
        if (fits && exponents.Known?.Uniform is { } one)
        {
            OfOneExponent(call, one);
            return;
        }

        call.Return(Combine(call, General, call.Input(0), exponents, call.NameOf("a")));
    }

    private static void OfOneExponent(OperatorCall call, float p)
    {
        bool isWhole = p == Math.Floor(p) && Math.Abs(p) <= 16;

        // To a power that is no whole number −∞ is ∞.
        Expr root = IfLess(float.NegativeInfinity, X, X, Abs(X));
        Expr power = p switch
        {
            0 => 1,
            0.5f => Abs(Sqrt(root)),
            -0.5f => 1 / Abs(Sqrt(root)),
            _ when isWhole && p > 0 => Power(X, (int)p),

            // Not 1 / xⁿ: xⁿ may overflow where its reciprocal is a denormal number.
            _ when isWhole => Power(1 / X, (int)-p),
            _ => AnyPower(p),
        };
        Expr slope = p switch
        {
            0 => 0,
            1 => 1,
            0.5f => 0.5f / Y,
            _ when isWhole && p > 0 => p * Power(X, (int)p - 1),
            _ when isWhole => p * Y / X,
            _ => p * AnyPower(p - 1),
        };
        Unary(call, power, slope);

        // By squares: x⁵ = x·(x²)².
        static Expr Power(Expr x, int n) => n == 1 ? x
            : n % 2 == 1 ? x * Power(x, n - 1)
            : Power(x, n / 2) * Power(x, n / 2);

        // |x|ᵖ with the sign of x where p is odd; there is none of a negative x where p is no whole number.
        Expr AnyPower(float p) => Math.Abs(p % 2) switch
        {
            0 => Call("Exp", p * Call("Log", Abs(X))),
            1 => IfLess(p < 0 ? 1 / X : X, 0, -Call("Exp", p * Call("Log", Abs(X))), Call("Exp", p * Call("Log", Abs(X)))),
            _ => Call("Exp", p * Call("Log", root)),
        };
    }

    // x to the power of y, special values as in C: 1 where x is 1 or y is 0, whatever the other.
    internal static Expr AnyPower(Expr x, Expr y)
    {
        Expr log = Call("Log", Abs(x));
        Expr product = IfLess(
            0, Abs(log),
            IfLess(0, Abs(y), y * log, y),
            IfLess(Abs(log), 1, 0, IfLess(0, Abs(y), log, y)));
        Expr size = Call("Exp", product);

        // From 2²² on powers count as even.
        Expr small = IfLess(Abs(y), MostRounded, y, IfLess(MostRounded, Abs(y), 0, y - y));
        Expr fraction = Abs(small - Whole(small));
        Expr half = Abs((0.5f * small) - Whole(0.5f * small));

        // Its sign tells −0 and −∞ from others, too: of them every power is a number.
        Expr side = IfLess(x, 0, x, 1 / x);
        Expr ofNegative = IfLess(0, fraction, IfLess(-Infinity, side, float.NaN, size), IfLess(0, half, -size, size + fraction));
        return IfLess(side, 0, ofNegative, size);

        static Expr Whole(Expr value) => Rounded(value + Rounder) - Rounder;
    }
}
