namespace NetGen.Benchmarks.Machine;

/// <summary>The fastest that the machine multiplies and adds: out of registers, and over weights that it reads.</summary>
internal static class LimitKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Ten chains hide the latency of the fused multiply-add (4 cycles, two a cycle) and fit in 16 registers.
    private const int Chains = 10;

    private const int LoopsInCall = 64;

    /// <summary>The floating-point operations of one call of <see cref="Peak"/>.</summary>
    public static double PeakFlops => 2.0 * Chains * LoopsInCall * TLanes.Count;

    public static float Peak()
    {
        TVector x = TLanes.Create(0.999f), y = TLanes.Create(1e-3f);
        TVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int loop = 0; loop < LoopsInCall; loop++)
        {
            a = TLanes.MultiplyAdd(a, x, y);
            b = TLanes.MultiplyAdd(b, x, y);
            c = TLanes.MultiplyAdd(c, x, y);
            d = TLanes.MultiplyAdd(d, x, y);
            e = TLanes.MultiplyAdd(e, x, y);
            f = TLanes.MultiplyAdd(f, x, y);
            g = TLanes.MultiplyAdd(g, x, y);
            h = TLanes.MultiplyAdd(h, x, y);
            i = TLanes.MultiplyAdd(i, x, y);
            j = TLanes.MultiplyAdd(j, x, y);
        }

        return TLanes.First(Sum(Sum(a, b, c, d), Sum(e, f, g, h), i, j));
    }

    /// <summary>Multiplies and adds every weight once; the length is a multiple of eight vectors.</summary>
    public static float Stream(ReadOnlySpan<float> weights)
    {
        TVector x = TLanes.Create(0.999f), zero = TLanes.Create(0);
        TVector a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
        ref readonly float w = ref weights[0];
        nuint step = (nuint)TLanes.Count, length = (nuint)weights.Length;
        for (nuint at = 0; at < length; at += 8 * step)
        {
            a = TLanes.MultiplyAdd(TLanes.Load(in w, at), x, a);
            b = TLanes.MultiplyAdd(TLanes.Load(in w, at + step), x, b);
            c = TLanes.MultiplyAdd(TLanes.Load(in w, at + (2 * step)), x, c);
            d = TLanes.MultiplyAdd(TLanes.Load(in w, at + (3 * step)), x, d);
            e = TLanes.MultiplyAdd(TLanes.Load(in w, at + (4 * step)), x, e);
            f = TLanes.MultiplyAdd(TLanes.Load(in w, at + (5 * step)), x, f);
            g = TLanes.MultiplyAdd(TLanes.Load(in w, at + (6 * step)), x, g);
            h = TLanes.MultiplyAdd(TLanes.Load(in w, at + (7 * step)), x, h);
        }

        return TLanes.First(Sum(Sum(a, b, c, d), Sum(e, f, g, h), zero, zero));
    }

    private static TVector Sum(TVector a, TVector b, TVector c, TVector d) => TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d));
}
