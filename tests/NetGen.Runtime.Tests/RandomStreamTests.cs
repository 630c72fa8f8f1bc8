using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

public class RandomStreamTests
{
    [Fact]
    public void IsSplitMix64()
    {
        // The reference vector of the published C code for this seed.
        ulong[] expected =
        [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ];
        var random = new RandomStream(1234567);
        Assert.All(expected, number => Assert.Equal(number, random.Next()));
    }

    [Fact]
    public void NumbersBelowALimitAreEquallyLikely()
    {
        var random = new RandomStream(1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.NextBelow(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void LargeLimitsAreNotBiased()
    {
        // Without drawing again, 2/3 of 2³² would make the residues mod 3 uneven: half of the numbers twice as likely.
        const int Limit = 0x60000000;
        var random = new RandomStream(1);
        int low = 0;
        for (int i = 0; i < 100_000; i++)
        {
            low += random.NextBelow(Limit) % 3 == 0 ? 1 : 0;
        }

        Assert.InRange(low, 32_700, 33_950);
    }

    [Fact]
    public void EveryOrderIsEquallyLikely()
    {
        var random = new RandomStream(1);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items);
            string order = string.Concat(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1_150));
    }
}
