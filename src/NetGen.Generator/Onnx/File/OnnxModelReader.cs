using System.Text;

namespace NetGen.Generator;

/// <summary>Reads a ModelProto of onnx.proto: the file.</summary>
internal static class OnnxModelReader
{
    private static readonly byte[] GitLfsPointer = Encoding.ASCII.GetBytes("version https://git-lfs");

    public static OnnxModel Read(byte[] file)
    {
        if (file.Length == 0)
        {
            throw new OnnxException("the file is empty");
        }

        if (file.AsSpan().StartsWith(GitLfsPointer))
        {
            throw new OnnxException("the file is a pointer of Git LFS and not the model: fetch it with 'git lfs pull'");
        }

        OnnxModel model = ReadModel(new(file));
        return model with { Graph = OnnxGraphOrder.Of(model.Graph) };
    }

    /// <summary>The domain of an operator set; empty for ONNX's own, by whichever of its names.</summary>
    public static string ReadDomain(ProtoReader reader)
    {
        string domain = reader.Text("domain");
        return domain == "ai.onnx" ? "" : domain;
    }

    private static OnnxModel ReadModel(ProtoReader reader)
    {
        string producer = "", version = "";
        OnnxGraph? graph = null;
        long? opset = null;
        int imports = 0, functions = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    producer = reader.Text("producer_name");
                    break;
                case 3:
                    version = reader.Text("producer_version");
                    break;
                case 7:
                    graph = reader.Only(graph, "graph", OnnxGraphReader.Read);
                    break;
                case 8:
                    (string domain, long number) = reader.Message("opset_import", imports++, ReadOpset);
                    if (domain.Length == 0)
                    {
                        if (opset is { } other && other != number)
                        {
                            throw reader.Error($"the opset is {other} and {number}");
                        }

                        opset = number;
                    }

                    break;
                case 20:
                    throw reader.Error("training information (training_info) is not supported: export the model for inference");
                case 25 when reader.Message("functions", functions++, ReadFunctionDomain).Length == 0:
                    throw reader.Error("a function of the model's own takes the place of an operator of ONNX, which is not supported: export the model with its functions written out");
                case 25:
                    // A node that calls it has an operator of another domain, which is not supported.
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (graph is null)
        {
            throw reader.Error("there is no graph: this is not an ONNX model");
        }

        return opset switch
        {
            null => throw reader.Error("it does not say its opset"),
            < OnnxModel.OldestOpset or > OnnxModel.NewestOpset => throw reader.Error(
                $"opset {opset} is not supported: export the model with one from {Literal.Of(OnnxModel.OldestOpset)} to {Literal.Of(OnnxModel.NewestOpset)}"),
            _ => new($"{producer} {version}".Trim(), (int)opset, graph),
        };
    }

    private static string ReadFunctionDomain(ProtoReader reader)
    {
        string domain = "";
        while (reader.Next())
        {
            if (reader.Field == 10)
            {
                domain = ReadDomain(reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return domain;
    }

    private static (string Domain, long Version) ReadOpset(ProtoReader reader)
    {
        string domain = "";
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = ReadDomain(reader);
                    break;
                case 2:
                    version = reader.Integer("version");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (domain, version);
    }
}
