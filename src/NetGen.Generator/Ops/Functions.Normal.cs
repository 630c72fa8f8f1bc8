using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>The normal distribution and the error function.</summary>
internal static partial class Functions
{
    private static FunctionRow NormalCdf => new(
        "NormalCdf",
        "Φ",
        "The standard normal's cumulative distribution: Φ(−a) = exp(−a²/2)·R(a), with a rational R; Φ(a) = 1 − Φ(−a).",
        MaxUlps: 7.5,
        Low: -14.1f,
        High: float.MaxValue,
        [
            new("abs", Abs(X)),
            new("a", AtMost(14.2f, V("abs")), "beyond, the lower tail is 0"),
            new("high", Rounded(V("a") + GridOf256) - GridOf256, "a to the nearest 1/256: few bits, so that its square is exact"),
            new("square", 0.5f * (V("high") * V("high"))),
            new("rest", 0.5f * ((V("a") - V("high")) * (V("a") + V("high"))), "a²/2 = square + rest"),
            new("n", Round(Log2E * V("square")), "square = n·ln 2 − r, n whole"),
            new(
                "r",
                (Ln2High * V("n")) - V("square") - ((Ln2Rest * V("n")) + V("rest")),
                "−a²/2 = r − n·ln 2"),
            new("q", ExpTail(V("r"))),
            new("p", 1 + ((V("q") * (V("r") * V("r"))) + V("r")), "eʳ"),
            new(
                "over",
                Polynomial(
                    V("a"),
                    [.. new[] { 0.5f, 0.4376756f, 0.18277614f, 0.04047844f, 0.004093312f }.Select(c => c * TwoToMinus24)]),
                "R = 2²⁴·over / under: the power of two keeps the next step in range"),
            new("under", Polynomial(V("a"), 1, 1.6732361f, 1.2005969f, 0.46825883f, 0.10147106f, 0.010260287f)),
            new("tail", V("p") * Pow2(24 - V("n")) * (V("over") / V("under")), "Φ(−a)"),
        ],
        IfLess(X, 0, V("tail"), 1 - V("tail")));

    private static FunctionRow Erf => new(
        "Erf",
        "erf",
        "The error function: a polynomial near 0, else 1 − exp(polynomial), with the sign of x.",
        MaxUlps: 1.9,
        Low: -float.MaxValue,
        High: float.MaxValue,
        [
            new("abs", Abs(X)),
            new("a", AtMost(3.95f, V("abs")), "beyond, the result is 1"),
            new("z", V("a") * V("a")),
            new(
                "small",
                V("a") + (V("a") * Polynomial(
                    V("z"), 0.12837915f, -0.37612507f, 0.11281976f, -0.026773285f, 0.00500416f, -0.00060524617f)),
                "erf a below 0.9"),
            new(
                "t",
                Polynomial(
                    V("a"), 0.0018222338f, 1.1203979f, 0.6504536f, 0.09132286f, -0.015652565f, 0.0012613788f),
                "−ln(1 − erf a)"),
            new("n", Round(Log2E * V("t")), "t = n·ln 2 − r, n whole"),
            new("r", (Ln2High * V("n")) - V("t") - (Ln2Rest * V("n")), "|r| ≤ ½·ln 2"),
            new("q", ShortExpTail(V("r"))),
            new("p", 1 + ((V("q") * (V("r") * V("r"))) + V("r")), "eʳ"),
            new("large", 1 - (V("p") * Pow2(-V("n"))), "erf a from 0.9 on"),
            new("y", IfLess(V("a"), 0.9f, V("small"), V("large"))),
        ],
        IfLess(X, 0, -V("y"), V("y")));

    // Floats of this size are 1/256 apart.
    private const float GridOf256 = 49152;
}
