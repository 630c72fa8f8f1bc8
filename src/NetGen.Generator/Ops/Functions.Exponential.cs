using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>eˣ and what is made of it, by eˣ = 2ⁿ·eʳ with x = n·ln 2 + r.</summary>
internal static partial class Functions
{
    private static FunctionRow Exp => new(
        "Exp",
        "exp",
        "eˣ = 2ⁿ·eʳ, with a polynomial for eʳ.",
        MaxUlps: 1.1,
        Low: -104,
        High: 88.72283f,
        [
            new("s", AtMost(89, X), "beyond, the result is infinity"),
            new("t", AtLeast(-104, V("s")), "beyond, the result is 0"),
            new("n", Round(Log2E * V("t")), "t = n·ln 2 + r, n whole"),
            new("r", V("t") - (Ln2High * V("n")) + (Ln2Rest * V("n")), "|r| ≤ ½·ln 2"),
            new("q", ExpTail(V("r"))),
            new("p", 1 + ((V("q") * (V("r") * V("r"))) + V("r")), "eʳ"),
            new("bias", IfLess(V("n"), 0, 24, -1), "2ⁿ may lie outside of the normal numbers: 2ⁿ = 2ⁿ⁺ᵇ·2⁻ᵇ"),
        ],
        V("p") * Pow2(V("n") + V("bias")) * IfLess(V("n"), 0, TwoToMinus24, 2));

    private static FunctionRow Expm1 => new(
        "Expm1",
        "expm1",
        "eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), which keeps its digits near 0.",
        MaxUlps: 1.7,
        Low: -104,
        High: 88.72283f,
        [
            new("s", AtMost(89, X), "beyond, the result is infinity"),
            new("t", AtLeast(-18, V("s")), "beyond, the result is −1"),
            new("n", Round(Log2E * V("t")), "t = n·ln 2 + r, n whole"),
            new("r", V("t") - (Ln2High * V("n")) + (Ln2Rest * V("n")), "|r| ≤ ½·ln 2"),
            new("q", ExpTail(V("r"))),
            new("p", (V("q") * (V("r") * V("r"))) + V("r"), "eʳ − 1"),
            new("half", Pow2(V("n") - 1), "½·2ⁿ, because 2ⁿ may overflow where the result does not"),
        ],
        2 * ((V("half") * V("p")) + (V("half") - 0.5f)));

    private static FunctionRow Sigmoid => new(
        "Sigmoid",
        "σ",
        "1 / (1 + e⁻ˣ), e⁻ˣ = 2⁻ⁿ·eʳ, with a polynomial for eʳ.",
        MaxUlps: 2,
        Low: -87.33f,
        High: float.MaxValue,
        [
            new("t", AtMost(30, X), "beyond, the result is 1"),
            new("whole", Round(Log2E * V("t")), "x = n·ln 2 − r, n whole"),
            new("n", AtLeast(-127, V("whole")), "beyond, 1 + e⁻ˣ overflows to infinity"),
            new("r", (Ln2High * V("n")) - V("t") - (Ln2Rest * V("n")), "|r| ≤ ½·ln 2 down to there"),
            new("q", ExpTail(V("r"))),
            new("p", (V("q") * (V("r") * V("r"))) + V("r"), "eʳ − 1"),
            new("scale", Pow2(-V("n"))),
        ],
        1 / ((V("scale") * V("p")) + 1 + V("scale")));

    private static FunctionRow Tanh => new(
        "Tanh",
        "tanh",
        "A polynomial near 0, else 1 − 2 / (1 + e²ˣ), with the sign of x.",
        MaxUlps: 1.9,
        Low: -float.MaxValue,
        High: float.MaxValue,
        [
            new("abs", Abs(X)),
            new("a", AtMost(10, V("abs")), "beyond, the result is 1"),
            new("z", V("a") * V("a")),
            new(
                "small",
                V("a") + (V("a") * V("z") * Polynomial(V("z"), -0.33332947f, 0.13320729f, -0.05267201f, 0.016437879f)),
                "tanh a below 0.55"),
            new("t", V("a") + V("a")),
            new("n", Round(Log2E * V("t")), "t = n·ln 2 + r, n whole"),
            new("r", V("t") - (Ln2High * V("n")) + (Ln2Rest * V("n")), "|r| ≤ ½·ln 2"),
            new("q", ShortExpTail(V("r"))),
            new("p", (V("q") * (V("r") * V("r"))) + V("r"), "eʳ − 1"),
            new("scale", Pow2(V("n"))),
            new("large", 1 - (2 / ((V("scale") * V("p")) + (1 + V("scale")))), "tanh a from 0.55 on"),
            new("y", IfLess(V("a"), 0.55f, V("small"), V("large"))),
        ],
        IfLess(X, 0, -V("y"), V("y")));

    // The coefficients are the best approximation of tanh x / x by a fraction of this degree, in relative error.
    private static FunctionRow FastTanh => new(
        "Tanh",
        "tanh",
        "x·P(x²) / Q(x²), a fraction of polynomials.",
        MaxUlps: 6,
        Low: -float.MaxValue,
        High: float.MaxValue,
        [
            new("s", AtMost(9, X), "beyond, the result is 1"),
            new("t", AtLeast(-9, V("s"))),
            new("z", V("t") * V("t")),
            new("w", V("z") * V("z"), "in pairs, so that few operations wait for each other"),
            new(
                "p",
                (V("t") * V("w") * (Polynomial(V("z"), 0.0034948200918734074f, 2.059641519736033e-05f) + (1.3337026594228973e-08f * V("w"))))
                    + (V("t") * Polynomial(V("z"), 1, 0.1338038f)),
                "x·P"),
            new(
                "q",
                Polynomial(V("z"), 1, 0.467136949300766f)
                    + (V("w") * (Polynomial(V("z"), 0.02587406150996685f, 0.0003284377744421363f) + (7.769359626763617e-07f * V("w")))),
                "Q"),
        ],
        V("p") / V("q"));

    private const float TwoToMinus24 = 5.9604645e-8f;

    // (eʳ − 1 − r) / r².
    private static Expr ExpTail(Expr r) =>
        Polynomial(r, 0.5f, 0.16666548f, 0.04166684f, 0.008366127f, 0.0013899567f);

    // The same with an error of 2⁻²³ of eʳ, for where eʳ is a small part of the result.
    private static Expr ShortExpTail(Expr r) =>
        Polynomial(r, 0.49999228f, 0.16667114f, 0.041890617f, 0.008312659f);
}
