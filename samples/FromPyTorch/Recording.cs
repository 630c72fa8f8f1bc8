using System.Globalization;

namespace FromPyTorch;

/// <summary>States, and what a controller did in each.</summary>
/// <param name="States">[n, 4], row-major: position, speed, angle and spin.</param>
/// <param name="Actions">[n], from -1 to 1.</param>
internal sealed record Recording(float[] States, float[] Actions)
{
    public static Recording Read(string path)
    {
        float[][] rows =
        [
            .. File.ReadLines(path).Skip(1).Select(line =>
                line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        return new Recording([.. rows.SelectMany(row => row[..^1])], [.. rows.Select(row => row[^1])]);
    }

    public void Write(string path) => File.WriteAllLines(
        path,
        States.Chunk(Policy.InputCount).Zip(Actions, (state, action) => string.Join(',', [.. state, action]))
            .Prepend("position,speed,angle,spin,action"));
}
