using NetGen.SafeTensors;
using NetGen.Testing.Onnx;
using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Tests;

public sealed class ConvertTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public static TheoryData<string> Names => [.. OnnxCorpus.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_are_written_as_the_graph_has_them(string name)
    {
        string file = _folder.Onnx(name);
        string weights = _folder["weights.safetensors"];
        ToolRun run = ToolRun.Of("convert", file, weights);
        if (run.ExitCode != ExitCodes.Ok)
        {
            run.MustBeRefused(ExitCodes.Refused);
            Assert.Equal([name + ".onnx"], _folder.Files);
            return;
        }

        NetworkGraph network = OnnxImporter.Import(OnnxModel.Read(OnnxCorpus.Read(name)), [], Losses.All[0]);
        using FileStream stream = File.OpenRead(weights);
        var reader = new SafeTensorsStream(stream);
        Assert.Equal(network.Parameters.Count, reader.Header.Tensors.Count);
        foreach (ParameterOp parameter in network.Parameters.Select(p => (ParameterOp)p.Op))
        {
            SafeTensor tensor = reader.Header.Tensors[parameter.StateName];
            float[] values = new float[parameter.Shape.Count];
            reader.Read(tensor, values);

            Assert.Equal("F32", tensor.ElementType);
            Assert.Equal(parameter.Shape.Dimensions.Select(d => (long)d), tensor.Shape);
            Assert.Equal(parameter.Values!.Values.ToArray(), values);
        }

        Assert.Equal([name + ".onnx", "weights.safetensors"], _folder.Files);
    }

    [Fact]
    public void Says_what_it_wrote()
    {
        string weights = _folder["weights.safetensors"];

        Assert.Equal($"{weights}: 6 tensors with 147 numbers\n", ToolRun.Done("convert", _folder.Onnx("mlp_relu_9"), weights));
    }

    [Fact]
    public void A_file_is_replaced_only_by_force()
    {
        string weights = _folder.Write("weights.safetensors", [1, 2, 3]);
        string[] arguments = ["convert", _folder.Onnx("mlp_relu_9"), weights];

        Assert.Equal($"netgen: {weights}: it is there already; --force replaces it", ToolRun.Refused(ExitCodes.Refused, arguments));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(weights));
        ToolRun.Done([.. arguments, "--force"]);
        Assert.NotEqual([1, 2, 3], File.ReadAllBytes(weights));
        Assert.Equal(["mlp_relu_9.onnx", "weights.safetensors"], _folder.Files);
    }

    // What cannot be converted must not take the file with it that was there.
    [Fact]
    public void A_file_stays_where_nothing_can_be_written()
    {
        string weights = _folder.Write("weights.safetensors", [1, 2, 3]);
        string broken = _folder.Write("broken.onnx", OnnxCorpus.Read("mlp_relu_9")[..500]);

        ToolRun.Refused(ExitCodes.Refused, "convert", broken, weights, "--force");
        Assert.Equal([1, 2, 3], File.ReadAllBytes(weights));
    }

    [Fact]
    public void What_cannot_be_asked_for_is_wrong_usage()
    {
        string onnx = _folder.Onnx("mlp_relu_9"), weights = _folder.SafeTensors("named");

        ToolRun.Refused(ExitCodes.WrongUsage, "convert", onnx, _folder["b.onnx"]);
        ToolRun.Refused(ExitCodes.WrongUsage, "convert", weights, _folder["b.safetensors"]);
        ToolRun.Refused(ExitCodes.WrongUsage, "convert", onnx, _folder["b.txt"]);
        ToolRun.Refused(ExitCodes.WrongUsage, "convert", onnx, _folder["b.safetensors"], "--activation", "relu");
        ToolRun.Refused(ExitCodes.WrongUsage, "convert", onnx);
        Assert.Equal($"netgen: {_folder["no"]}{Path.DirectorySeparatorChar}b.safetensors: there is no such directory", ToolRun.Refused(ExitCodes.Refused, "convert", onnx, Path.Combine(_folder["no"], "b.safetensors")));
    }

    [Fact]
    public void A_chain_has_the_numbers_of_its_file()
    {
        WeightsSource source = WeightsSource.Read(InputFile.Of(_folder.SafeTensors("a", ("2.weight", [1, 2]), ("0.weight", [2, 3]), ("0.bias", [2]))));
        NetworkGraph network = GraphOfWeights.Build(ChainOfWeights.Find(source, "Relu", "Linear").Chain!, source);

        Assert.Equal(["0.weight", "0.bias", "2.weight"], network.Parameters.Select(p => ((ParameterOp)p.Op).StateName));
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 0, 1], network.Parameters.SelectMany(p => ((ParameterOp)p.Op).Values!.Values.ToArray()).Select(v => (int)(64 * v)));
        Assert.All(network.Parameters, p => Assert.Same(p, network.Graph[p.Id]));
    }

    [Fact]
    public void Weights_become_an_onnx_file_and_weights_again()
    {
        string onnx = _folder.Onnx("mlp_relu_9");
        string weights = _folder["weights.safetensors"], again = _folder["again.onnx"], last = _folder["last.safetensors"];
        ToolRun.Done("convert", onnx, weights);
        ToolRun.Done("convert", weights, again, "--activation", "relu");
        ToolRun.Done("convert", again, last);

        Assert.Equal(File.ReadAllBytes(weights), File.ReadAllBytes(last));
    }
}
