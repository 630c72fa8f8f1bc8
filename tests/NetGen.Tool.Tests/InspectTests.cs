using NetGen.Testing.Onnx;

namespace NetGen.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public static TheoryData<string> Names => [.. OnnxCorpus.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp_relu_9")]
    [InlineData("actor_critic_13")]
    [InlineData("agents_policy_9")]
    [InlineData("tanh_layernorm_17")]
    public void Of_an_onnx_file(string name) =>
        Snapshot.Verify(ToolRun.Of("inspect", _folder.Onnx(name)).Text(_folder.Path), hint: name, extension: "txt");

    [Theory]
    [InlineData("named")]
    [InlineData("Adam")]
    public void Of_a_safetensors_file(string name) =>
        Snapshot.Verify(ToolRun.Of("inspect", _folder.SafeTensors(name)).Text(_folder.Path), hint: name, extension: "txt");

    [Fact]
    public void Of_tensors_that_are_no_chain() => Snapshot.Verify(
        ToolRun.Of("inspect", _folder.SafeTensors("conv", ("0.weight", [4, 3, 3, 3]), ("0.bias", [4]))).Text(_folder.Path), extension: "txt");

    [Fact]
    public void Of_an_onnx_file_that_is_not_supported()
    {
        byte[] file = new OnnxFile()
            .Input("image", ["batch", 1, 28, 28])
            .Initializer("conv.weight", [2, 1, 3, 3], new float[18])
            .Node("Conv", ["image", "conv.weight"], ["features"])
            .Node("Relu", ["features"], ["active"])
            .Node("com.example:Magic", ["active"], ["scores"]).Named("")
            .Output("scores", null)
            .ToArray();
        ToolRun run = ToolRun.Of("inspect", _folder.Write("image.onnx", file));

        run.MustBeRefused(ExitCodes.Refused);
        Snapshot.Verify(run.Text(_folder.Path), extension: "txt");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_of_the_corpus_is_explained(string name)
    {
        ToolRun run = ToolRun.Of("inspect", _folder.Onnx(name));
        bool isSupported = run.ExitCode == ExitCodes.Ok;

        Assert.Contains("\nInputs\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nOutputs\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(isSupported, run.Out.Contains("\nTime of a call\n", StringComparison.Ordinal));
        Assert.Equal(!isSupported || run.Out.Contains("\nLeft out\n", StringComparison.Ordinal), run.Out.Contains("\nOperators\n", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        if (!isSupported)
        {
            run.MustBeRefused(ExitCodes.Refused);
        }
    }

    [Fact]
    public void Outputs_can_be_chosen()
    {
        string text = ToolRun.Done("inspect", _folder.Onnx("agents_policy_9"), "--outputs", "output_4");

        Assert.Contains("mu.weight", text, StringComparison.Ordinal);
        Assert.Contains("there is no value 'other'; the outputs are 'output_0'", ToolRun.Refused(ExitCodes.Refused, "inspect", _folder.Onnx("agents_policy_9"), "--outputs", "other"), StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_that_are_open_can_be_fixed()
    {
        string file = _folder.Write("sequence.onnx", ScaffoldTests.OpenFile());

        Assert.Contains("with Dimensions = \"sequence=…\"", ToolRun.Refused(ExitCodes.Refused, "inspect", file, "--constants", "sr=16000"), StringComparison.Ordinal);
        Assert.Contains("[12]", ToolRun.Done("inspect", file, "--dimensions", "sequence=12", "--constants", "sr=16000"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_terminals_see_colours()
    {
        string file = _folder.Onnx("mlp_relu_9");
        string coloured = ToolRun.Of(hasColour: true, "inspect", file).Out;

        Assert.Contains("\e[1mLayers\e[0m\n", coloured, StringComparison.Ordinal);
        Assert.Equal(ToolRun.Done("inspect", file), coloured.Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal));
    }

    // What a file calls its tensors is nobody's way to move the cursor.
    [Fact]
    public void Names_cannot_write_to_the_terminal()
    {
        string file = _folder.SafeTensors("evil", ("\e[2Ja\u202e.weight", [2, 3]), (new string('n', 500), [1]));
        string text = ToolRun.Done("inspect", file);

        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("?[2Ja?.weight", text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('n', 100), text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machine_measures_itself()
    {
        var machine = new Inspect.ThisMachine();
        Inspect.MachineSpeed speed = machine.Measure(100_000);

        Assert.Contains(machine.Lanes, (int[])[1, 4, 8, 16]);
        Assert.InRange(speed.Stream, 1e-12, 1e-3);
        Assert.InRange(speed.Operation, 1e-12, 1e-3);
        Assert.InRange(speed.Latency, 1e-12, 1e-3);
    }

    // Each weight is one multiply-add, whatever the plan makes of the loops around.
    [Theory]
    [InlineData(1, 64 * 300)]
    [InlineData(4, 64 * 300 / 4)]
    [InlineData(8, 64 * 300 / 8)]
    public void Every_weight_is_counted_once(int lanes, int vectors)
    {
        string file = _folder.SafeTensors("wide", ("0.weight", [64, 300]));
        var output = new StringWriter();
        CommandLine.Run(["inspect", file], new ToolContext(output, TextWriter.Null, HasColour: false, new FixedMachine(lanes)));

        Assert.Contains($"Counted: of weights {Literal.Grouped(vectors)} ", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.444e-9, "0.44 ns")]
    [InlineData(9.94e-9, "9.9 ns")]
    [InlineData(9.96e-9, "10 ns")]
    [InlineData(123e-9, "120 ns")]
    [InlineData(999e-9, "1.0 µs")]
    [InlineData(0.0042, "4.2 ms")]
    [InlineData(1234, "1200 s")]
    public void Durations_have_two_digits(double seconds, string shown) => Assert.Equal(shown, Inspect.Durations.Show(seconds));
}
