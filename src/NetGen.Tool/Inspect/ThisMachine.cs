using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen.Tool.Inspect;

/// <summary>The processor that the command runs on, measured for some milliseconds.</summary>
internal sealed class ThisMachine : IMachine
{
    // Longer streams run at the same speed, that of the memory.
    private const long MostStreamed = 64 << 20;
    private const int LeastStreamed = 4096;

    // A multiple of eight of the longest vectors.
    private const int Multiple = 128;
    private const int ShortestStream = 1 << 18;
    private const int Operations = 1 << 15;
    private const double SecondsOfEach = 4e-3;

    private static float _sink;

    public int Lanes => Processor.HasVector512 ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    public IReadOnlyList<long> Caches { get; } = ReadCaches();

    public MachineSpeed Measure(long weightBytes)
    {
        float[] weights = new float[Math.Clamp(weightBytes, LeastStreamed, MostStreamed) / sizeof(float) / Multiple * Multiple];
        Array.Fill(weights, 0.5f);
        return Lanes switch
        {
            16 => Measure<Lanes16, Vector512<float>>(weights),
            8 => Measure<Lanes8, Vector256<float>>(weights),
            4 => Measure<Lanes4, Vector128<float>>(weights),
            _ => Measure<Lanes1, float>(weights),
        };
    }

    private static MachineSpeed Measure<TLanes, TVector>(float[] weights)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => new(
            Best(() => SpeedKernels<TLanes, TVector>.Stream(weights, Rounds(weights))) / ((double)weights.Length / TLanes.Count * Rounds(weights)),
            Best(() => SpeedKernels<TLanes, TVector>.Independent(Operations / SpeedKernels<TLanes, TVector>.Chains)) / Operations,
            Best(() => SpeedKernels<TLanes, TVector>.Dependent(Operations)) / Operations);

    // So many that a clock with steps of a microsecond can tell.
    private static int Rounds(float[] weights) => Math.Max(1, ShortestStream / weights.Length);

    // The least: whatever else runs on the machine only adds to it.
    private static double Best(Func<float> kernel)
    {
        double best = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsOfEach; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            Volatile.Write(ref _sink, kernel());
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }

    // Linux says it in files. Elsewhere it takes more than it is worth.
    private static long[] ReadCaches()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        var caches = new SortedDictionary<int, long>();
        try
        {
            foreach (string index in Directory.Exists(Folder) ? Directory.GetDirectories(Folder, "index*") : [])
            {
                string size = Text(index, "size");
                if (Text(index, "type") != "Instruction" && size.EndsWith('K'))
                {
                    caches[int.Parse(Text(index, "level"), CultureInfo.InvariantCulture)] = long.Parse(size[..^1], CultureInfo.InvariantCulture) << 10;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return [];
        }

        return [.. caches.Values];

        static string Text(string index, string file) => File.ReadAllText(Path.Combine(index, file)).Trim();
    }
}
