using System.Text;

namespace NetGen.Numerics.Tests.Saving;

/// <summary>A file with something wrong in it, most often in its header.</summary>
internal static class FileMutation
{
    private static readonly string[] Fragments =
    [
        "[[[[[[[[", "]]", "{{{{", "}", ",", "\"", "\\u", "-1", "0", "9223372036854775807", "18446744073709551616", "1e9", "[4294967296,4294967296]",
        "\"shape\":[0]", "\"F16\"", "\"F64\"", "\"0.weight\"", "\"optimizer.\"", "\"__metadata__\":{}", "\0", "é", "null",
    ];

    public static byte[] Of(byte[] original, int seed)
    {
        var random = new Random(seed);
        byte[] file = [.. original];
        int header = 8 + (int)BitConverter.ToInt64(original);
        for (int changes = random.Next(1, 4); changes > 0 && file.Length > 16; changes--)
        {
            // Half of a file is data, in which no change is wrong.
            int at = random.Next(random.Next(8) == 0 ? file.Length : Math.Min(header, file.Length));
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file = [.. file.AsSpan(0, at), .. file.AsSpan(Math.Min(file.Length, at + random.Next(1, 60)))];
                    break;
                case 3:
                    byte[] fragment = Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]);
                    file = [.. file.AsSpan(0, at), .. fragment, .. file.AsSpan(Math.Min(file.Length, at + (random.Next(2) * fragment.Length)))];
                    break;
                case 4:
                    int from = random.Next(original.Length);
                    file = [.. file.AsSpan(0, at), .. original.AsSpan(from, Math.Min(80, original.Length - from)), .. file.AsSpan(at)];
                    break;
                default:
                    file = file[..random.Next(file.Length)];
                    break;
            }

            // Otherwise nearly all would be refused for the length of their header.
            if (random.Next(3) > 0 && file.Length >= header)
            {
                BitConverter.TryWriteBytes(file, (long)(header - 8 + (file.Length - original.Length)));
            }
        }

        return file;
    }
}
