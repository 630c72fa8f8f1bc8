#!/usr/bin/env python3
"""Fits the coefficients of src/NetGen.Generator/Ops/Functions*.cs and prints them.

Needs numpy and mpmath. Every fit is a minimax fit on Chebyshev nodes: least squares whose weights are raised
where the error is large (Lawson's iteration) until the error is level. Coefficients are rounded to float one at
a time, the most important first, and the others are fitted again, so that rounding costs next to nothing.
A rational fit makes the problem linear by multiplying with the denominator of the round before.

Printed with every fit: the form, the interval, what the error is relative to, and the largest error that is left
with the rounded coefficients, as a power of two (a float carries 2^-24).
"""

import math

import mpmath as mp
import numpy as np

mp.mp.dps = 50
NODES = 600


def nodes(low, high):
    k = np.arange(NODES)
    return (high + low) / 2 - (high - low) / 2 * np.cos(math.pi * (k + 0.5) / NODES)


def values(f, x):
    return np.array([float(f(mp.mpf(float(t)))) for t in x])


def to_float(c):
    return float(np.float32(c))


def lawson(a, b, rounds=300):
    """The c that makes the largest |a c - b| smallest, nearly."""
    scale = np.abs(a).max(axis=0)
    a = a / scale
    weight = np.ones(len(b)) / len(b)
    best, best_error = None, math.inf
    for _ in range(rounds):
        root = np.sqrt(weight)[:, None]
        c = np.linalg.lstsq(a * root, b * root[:, 0], rcond=None)[0]
        error = np.abs(a @ c - b)
        if error.max() < best_error:
            best, best_error = c, error.max()
        weight = weight * (error / error.max() + 1e-9)
        weight /= weight.sum()
    return best / scale


def round_in_turn(a, b):
    """Minimax coefficients in float: the first is rounded, the rest fitted again, and so on."""
    coefficients = []
    for k in range(a.shape[1]):
        c = lawson(a[:, k:], b - a[:, :k] @ np.array(coefficients))
        coefficients.append(to_float(c[0]))
    return coefficients


def literal(c):
    return np.format_float_positional(np.float32(c), unique=True, trim="-") if 1e-4 <= abs(c) < 1e6 \
        else np.format_float_scientific(np.float32(c), unique=True, trim="-")


def report(name, form, low, high, error_of, error, groups):
    print(f"{name}: {form} on [{low:.6g}, {high:.6g}]")
    print(f"  error relative to {error_of}: 2^{math.log2(np.abs(error).max()):.1f}")
    for label, coefficients in groups:
        print(f"  {label}: " + ", ".join(literal(c) + "f" for c in coefficients))


def polynomial(name, form, low, high, f, degree, error_of, weight):
    """f(t) ~ c0 + c1 t + ..., the error multiplied by weight(t)."""
    x = nodes(low, high)
    y, w = values(f, x), np.array([float(weight(t)) for t in x])
    a = np.vander(x, degree + 1, increasing=True) * w[:, None]
    c = round_in_turn(a, y * w)
    report(name, form, low, high, error_of, a @ np.array(c) - y * w, [("c", c)])


def rational(name, form, low, high, f, over, under, error_of, weight):
    """f(t) ~ P(t) / Q(t), Q's constant 1."""
    x = nodes(low, high)
    y, w = values(f, x), np.array([float(weight(t)) for t in x])
    vp, vq = np.vander(x, over + 1, increasing=True), np.vander(x, under + 1, increasing=True)
    q = np.ones(len(x))

    def system():
        s = (w / q)[:, None]
        return np.hstack([-vq[:, 1:] * y[:, None], vp]) * s, y * s[:, 0]

    for _ in range(12):
        c = lawson(*system())
        q = vq @ np.concatenate([[1], c[:under]])

    # Q's coefficients are rounded first; P's take up the difference.
    a, b = system()
    c = []
    for k in range(over + 1 + under):
        rest = lawson(a[:, k:], b - a[:, :k] @ np.array(c))
        c.append(to_float(rest[0]))
    q = vq @ np.array([1] + c[:under])
    p = vp @ np.array(c[under:])
    report(name, form, low, high, error_of, (p / q - y) * w, [("over", c[under:]), ("under", [1.0] + c[:under])])


def relative_to(f):
    """The weight of an error in t's own unit, for a function that is f(t) = g(t) + unit(t) * polynomial(t)."""
    return lambda unit: lambda t: abs(float(unit(t)) / float(f(mp.mpf(float(t)))))


def main():
    half_ln2 = float(mp.log(2)) / 2 * 1.001  # range reduction rounds x * log2(e): a little room
    expm1 = relative_to(mp.expm1)
    exp = relative_to(mp.exp)
    polynomial(
        "ExpTail", "e^r = 1 + r + r^2 (1/2 + r (c0 + c1 r + ...))", -half_ln2, half_ln2,
        lambda r: (mp.expm1(r) - r - r * r / 2) / r**3, 3, "e^r - 1", expm1(lambda r: r**3))
    polynomial(
        "ShortExpTail", "e^r = 1 + r + r^2 (c0 + c1 r + ...)", -half_ln2, half_ln2,
        lambda r: (mp.expm1(r) - r) / r**2, 3, "e^r", exp(lambda r: r**2))

    # s = f / (2 + f) is largest where 1 + f = sqrt(1/2) or sqrt(2).
    s = float((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) * 1.001
    polynomial(
        "Log", "artanh(s) * 2 / s = 2 + z (c0 + c1 z + ...), z = s^2", 0, s * s,
        lambda z: (2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2) / z, 2, "ln(1 + f)", lambda z: z / 2)

    tanh = relative_to(lambda z: mp.tanh(mp.sqrt(z)) / mp.sqrt(z))
    polynomial(
        "Tanh", "tanh a = a + a z (c0 + c1 z + ...), z = a^2", 0, 0.55**2,
        lambda z: (mp.tanh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, 3, "tanh a", tanh(lambda z: z))

    def tail(a):
        return mp.exp(a * a / 2) * mp.erfc(a / mp.sqrt(2)) / 2

    rational(
        "NormalCdf", "Phi(-a) = exp(-a^2 / 2) over(a) / under(a)", 0, 14.2,
        tail, 4, 5, "Phi(-a)", relative_to(tail)(lambda a: 1))

    erf = relative_to(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z))
    polynomial(
        "Erf, small", "erf a = a + a (c0 + c1 z + ...), z = a^2", 0, 0.81,
        lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, 5, "erf a", erf(lambda z: 1))
    polynomial(
        "Erf, large", "erf a = 1 - exp(-(c0 + c1 a + ...))", 0.9, 3.95,
        lambda a: -mp.log(mp.erfc(a)), 5, "erf a", relative_to(mp.erf)(lambda a: mp.erfc(mp.mpf(float(a)))))


if __name__ == "__main__":
    main()
