using System;
using System.Text;

namespace NetGen.Conformance
{
    /// <summary>SHA-256 (FIPS 180-4), which not every platform brings along.</summary>
    internal sealed class Sha256
    {
        // The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of eight.
        private static readonly uint[] Constants = Roots(64, root: 3);

        private readonly uint[] _state = Roots(8, root: 2);
        private readonly byte[] _block = new byte[64];
        private long _length;

        public void Add(ReadOnlySpan<byte> data)
        {
            foreach (byte value in data)
            {
                Add(value);
            }
        }

        /// <summary>The digest of all that was added, in hexadecimal. Nothing can be added afterwards.</summary>
        public string Finish()
        {
            long bits = _length * 8;
            Add(0x80);
            while (_length % 64 != 56)
            {
                Add(0);
            }

            for (int shift = 56; shift >= 0; shift -= 8)
            {
                Add((byte)(bits >> shift));
            }

            var text = new StringBuilder();
            foreach (uint word in _state)
            {
                text.Append(word.ToString("x8"));
            }

            return text.ToString();
        }

        private void Add(byte value)
        {
            _block[_length++ % 64] = value;
            if (_length % 64 == 0)
            {
                Compress();
            }
        }

        private void Compress()
        {
            unchecked
            {
                var w = new uint[64];
                for (int i = 0; i < 64; i++)
                {
                    w[i] = i < 16
                        ? ((uint)_block[4 * i] << 24) | ((uint)_block[(4 * i) + 1] << 16) | ((uint)_block[(4 * i) + 2] << 8) | _block[(4 * i) + 3]
                        : w[i - 16] + w[i - 7]
                            + (Rotate(w[i - 15], 7) ^ Rotate(w[i - 15], 18) ^ (w[i - 15] >> 3))
                            + (Rotate(w[i - 2], 17) ^ Rotate(w[i - 2], 19) ^ (w[i - 2] >> 10));
                }

                var s = (uint[])_state.Clone();
                for (int i = 0; i < 64; i++)
                {
                    uint first = s[7] + (Rotate(s[4], 6) ^ Rotate(s[4], 11) ^ Rotate(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + Constants[i] + w[i];
                    uint second = (Rotate(s[0], 2) ^ Rotate(s[0], 13) ^ Rotate(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
                    Array.Copy(s, 0, s, 1, 7);
                    s[4] += first;
                    s[0] = first + second;
                }

                for (int i = 0; i < 8; i++)
                {
                    _state[i] += s[i];
                }
            }
        }

        private static uint Rotate(uint value, int by) => (value >> by) | (value << (32 - by));

        // By whole numbers: the last bit of Math.Pow depends on the platform.
        private static uint[] Roots(int count, int root)
        {
            var roots = new uint[count];
            int candidate = 1;
            for (int i = 0; i < count; i++)
            {
                do
                {
                    candidate++;
                }
                while (!IsPrime(candidate));

                // The largest r with rᵏ ≤ p · 2³²ᵏ; its low half is the fraction.
                System.Numerics.BigInteger target = System.Numerics.BigInteger.Pow(2, 32 * root) * candidate;
                ulong found = 0;
                for (int bit = 36; bit >= 0; bit--)
                {
                    ulong next = found | (1UL << bit);
                    found = System.Numerics.BigInteger.Pow(next, root) <= target ? next : found;
                }

                roots[i] = unchecked((uint)found);
            }

            return roots;
        }

        private static bool IsPrime(int number)
        {
            for (int i = 2; i * i <= number; i++)
            {
                if (number % i == 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
