using System.Diagnostics;
using NetGen.Testing.Onnx;

namespace NetGen.Tool.Tests;

/// <summary>Whatever a file is, it is explained or refused in one line, soon, and without more memory than it is worth.</summary>
public sealed class HostileFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_files_are_explained_or_refused()
    {
        string[] seeds = [.. OnnxCorpus.Names.Take(12).Select(_folder.Onnx), _folder.SafeTensors("named"), _folder.SafeTensors("Adam"), _folder.SafeTensors("F16")];
        var random = new Random(20261124);
        int refused = 0;
        const int Files = 600;
        for (int i = 0; i < Files; i++)
        {
            string seed = seeds[random.Next(seeds.Length)];
            byte[] file = File.ReadAllBytes(seed);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            string damaged = _folder.Write("damaged" + Path.GetExtension(seed), random.Next(4) == 0 ? file[..random.Next(file.Length)] : file);
            ToolRun run = ToolRun.Of(random.Next(2) == 0 ? "inspect" : "scaffold", damaged);
            Assert.DoesNotContain('\e', run.Out);
            if (run.ExitCode != ExitCodes.Ok)
            {
                refused++;
                run.MustBeRefused(ExitCodes.Refused);
            }
        }

        Assert.InRange(refused, Files / 10, Files - (Files / 10));
    }

    [Fact]
    public void Many_steps_are_counted_and_not_planned()
    {
        string text = Soon(() => ToolRun.Done("inspect", _folder.Write("deep.onnx", Deep(900))));

        Assert.Contains("900 steps are more than the 500 that are planned here", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_steps_are_refused()
    {
        string refusal = Soon(() => ToolRun.Refused(ExitCodes.Refused, "inspect", _folder.Write("deep.onnx", Deep(20_000))));

        Assert.Contains("the graph has more than 1,000 steps", refusal, StringComparison.Ordinal);
    }

    private static byte[] Deep(int steps)
    {
        var file = new OnnxFile();
        file.Input("v0", [8]);
        for (int i = 0; i < steps; i++)
        {
            file.Node("Tanh", [$"v{i}"], [$"v{i + 1}"]);
        }

        return file.Output($"v{steps}", [8]).ToArray();
    }

    [Fact]
    public void Large_sizes_of_small_files_take_little_memory()
    {
        byte[] file = new OnnxFile()
            .Input("x", [1])
            .Initializer("shape", [1], [1L << 24])
            .Node("Expand", ["x", "shape"], ["e"])
            .Node("Tanh", ["e"], ["y"])
            .Output("y", [1 << 24])
            .ToArray();
        string path = _folder.Write("wide.onnx", file);
        ToolRun.Refused(ExitCodes.Refused, "inspect", path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string refusal = Soon(() => ToolRun.Refused(ExitCodes.Refused, "inspect", path));

        Assert.Contains("[16777216] is no shape", refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Claims_of_a_header_take_no_memory()
    {
        byte[] file = [0x00, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{'];
        string path = _folder.Write("claims.safetensors", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string refusal = ToolRun.Refused(ExitCodes.Refused, "inspect", path);

        Assert.Contains("100000000 bytes", refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Many_layers_of_one_shape_are_ordered_soon()
    {
        // Neither the names nor the places fit, and the layers between do in any order.
        (string, int[])[] layers =
        [
            ("a.weight", [1, 8]),
            .. Enumerable.Range(0, 40).Select(i => ($"b{i}.weight", (int[])[8, 8])),
            ("z.weight", [8, 3]),
        ];
        string refusal = Soon(() => ToolRun.Refused(ExitCodes.Refused, "scaffold", _folder.SafeTensors("many", layers)));

        Assert.Contains("it is no chain of dense layers: 'b0' takes 8 inputs, where 'a' has 1 outputs", refusal, StringComparison.Ordinal);
    }

    private static T Soon<T>(Func<T> run)
    {
        var clock = Stopwatch.StartNew();
        T result = run();
        Assert.True(clock.Elapsed < Patience, $"It took {clock.Elapsed}.");
        return result;
    }
}
