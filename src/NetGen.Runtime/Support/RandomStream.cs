namespace NetGen.CompilerServices;

/// <summary>
/// A stream of random bits from a seed: SplitMix64 (Steele, Lea and Flood 2014). Integer arithmetic only, so a seed
/// gives the same stream on every platform, which System.Random does not promise. A default value is seed 0.
/// </summary>
internal struct RandomStream
{
    private ulong _state;

    public RandomStream(ulong seed) => _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A whole number in [0, <paramref name="limit"/>), every one equally likely.</summary>
    public int NextBelow(int limit)
    {
        unchecked
        {
            // Lemire 2019: the high half of bits · limit is the number. The low half tells the few draws that
            // would make some numbers more likely than others: those are drawn again.
            uint range = (uint)limit;
            ulong product = (Next() >> 32) * range;
            if ((uint)product < range)
            {
                uint threshold = (0u - range) % range;
                while ((uint)product < threshold)
                {
                    product = (Next() >> 32) * range;
                }
            }

            return (int)(product >> 32);
        }
    }

    /// <summary>A number in [−1, 1), a multiple of 2⁻⁵².</summary>
    public double NextSigned() => ((Next() >> 11) * (1.0 / (1L << 52))) - 1.0;

    /// <summary>Puts the items into a random order, every order equally likely (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
