using System.Runtime.CompilerServices;

namespace NetGen.Tool.Inspect;

/// <summary>Multiply-adds over weights that are read, in registers, and each waiting for the one before.</summary>
internal static class SpeedKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Sums under way at once: with as many no multiply-add waits.</summary>
    public const int Chains = 8;

    /// <summary>The length is a multiple of eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Stream(float[] weights, int rounds)
    {
        TVector x = TLanes.Create(0.999f), zero = TLanes.Create(0);
        TVector a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
        ref readonly float w = ref weights[0];
        nuint step = (nuint)TLanes.Count;
        for (int round = 0; round < rounds; round++)
        {
            for (nuint at = 0; at < (nuint)weights.Length; at += Chains * step)
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
        }

        return TLanes.First(a) + TLanes.First(b) + TLanes.First(c) + TLanes.First(d) + TLanes.First(e) + TLanes.First(f) + TLanes.First(g) + TLanes.First(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Independent(int rounds)
    {
        TVector x = TLanes.Create(0.999f), y = TLanes.Create(1e-3f);
        TVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y;
        for (int round = 0; round < rounds; round++)
        {
            a = TLanes.MultiplyAdd(a, x, y);
            b = TLanes.MultiplyAdd(b, x, y);
            c = TLanes.MultiplyAdd(c, x, y);
            d = TLanes.MultiplyAdd(d, x, y);
            e = TLanes.MultiplyAdd(e, x, y);
            f = TLanes.MultiplyAdd(f, x, y);
            g = TLanes.MultiplyAdd(g, x, y);
            h = TLanes.MultiplyAdd(h, x, y);
        }

        return TLanes.First(a) + TLanes.First(b) + TLanes.First(c) + TLanes.First(d) + TLanes.First(e) + TLanes.First(f) + TLanes.First(g) + TLanes.First(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dependent(int steps)
    {
        TVector x = TLanes.Create(0.999f), y = TLanes.Create(1e-3f), a = y;
        for (int step = 0; step < steps; step++)
        {
            a = TLanes.MultiplyAdd(a, x, y);
        }

        return TLanes.First(a);
    }
}
