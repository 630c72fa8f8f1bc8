using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>
/// ln(m·2ᵉ) = e·ln 2 + ln m with m = 1 + f in [√½, √2), and ln(1 + f) = 2·artanh s = f − (f²/2 − s·(f²/2 + q)) with
/// s = f / (2 + f), where q is the part of the series 2s³/3 + 2s⁵/5 + … divided by s.
/// </summary>
internal static partial class Functions
{
    private static FunctionRow Log => new(
        "Log",
        "ln",
        "ln(m·2ᵉ) = e·ln 2 + 2·artanh((m − 1) / (m + 1)), by the odd series.",
        MaxUlps: 0.9,
        Low: 1e-45f,
        High: float.MaxValue,
        [
            new("v", IfLess(X, MinNormal, TwoTo23 * X, X), "a denormal number is made normal"),
            new("e", Exponent(V("v")) - IfLess(X, MinNormal, 23, 0)),
            new("f", Significand(V("v")) - 1, "x = (1 + f)·2ᵉ"),
            .. LogSteps,
        ],
        IfLess(X, Infinity, IfLess(0, X, LogResult, IfLess(X, 0, float.NaN, -Infinity)), X));

    private static FunctionRow Log1p => new(
        "Log1p",
        "log1p",
        "ln(1 + x), with what 1 + x lost in rounding given back.",
        MaxUlps: 1.5,
        Low: -0.99999994f,
        High: float.MaxValue,
        [
            new("u", 1 + X),
            new("lost", X - (V("u") - 1), "the rounding error of u"),
            new("e", Exponent(V("u"))),
            new(
                "f",
                Significand(V("u")) - 1 + (V("lost") * Pow2(-AtMost(126, V("e")))),
                "1 + x = (1 + f)·2ᵉ"),
            .. LogSteps,
        ],
        IfLess(X, Infinity, IfLess(-1, X, LogResult, IfLess(X, -1, float.NaN, -Infinity)), X));

    private const float TwoTo23 = 8388608;

    private static FunctionStep[] LogSteps =>
    [
        new("s", V("f") / (V("f") + 2)),
        new("z", V("s") * V("s")),
        new("q", V("z") * Polynomial(V("z"), 0.66666776f, 0.39977553f, 0.29872122f), "2·artanh(s) / s − 2"),
        new("h", 0.5f * (V("f") * V("f"))),
    ];

    // e·ln 2 + ln(1 + f), small parts first.
    private static Expr LogResult =>
        (Ln2High * V("e")) + (V("f") - (V("h") - ((V("s") * (V("h") + V("q"))) - (Ln2Rest * V("e")))));
}
