using NetGen.Generator;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>
/// A model that could have been read, but asks for what makes no sense: numbers at the edges, operators with the inputs and
/// attributes of others. Damaged bytes seldom come this far.
/// </summary>
internal sealed class OnnxModelMutation(Random random)
{
    private static readonly long[] Edges = [long.MinValue, long.MaxValue, int.MaxValue, int.MinValue, 1 << 20, -1, -2, 0, 1, 2, 3, 5];

    private static readonly float[] FloatEdges = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -1, -0f, 0, 1, 2, 1e-30f];

    public OnnxModel Of(OnnxModel model, OnnxModel other)
    {
        OnnxNode[] nodes = [.. model.Graph.Nodes];
        Dictionary<string, OnnxTensor> initializers = new(model.Graph.Initializers);
        string[] known = [.. initializers.Keys, .. model.Graph.Inputs.Select(i => i.Name), ""];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            if (initializers.Count > 0 && random.Next(3) == 0)
            {
                string name = One([.. initializers.Keys]);
                initializers[name] = Tensor(initializers[name]);
                continue;
            }

            int at = random.Next(nodes.Length);
            nodes[at] = Node(nodes[at], One([.. other.Graph.Nodes, nodes[at]]), known);
        }

        return model with { Opset = random.Next(4) == 0 ? random.Next(OnnxModel.OldestOpset, OnnxModel.NewestOpset + 1) : model.Opset, Graph = model.Graph with { Nodes = nodes, Initializers = initializers } };
    }

    private OnnxNode Node(OnnxNode node, OnnxNode other, string[] known)
    {
        List<string> inputs = [.. node.Inputs];
        var attributes = node.Attributes.ToDictionary(a => a.Key, a => a.Value);
        switch (random.Next(7))
        {
            case 0:
                return node with { Operator = random.Next(2) == 0 ? other.Operator : One(OnnxOperators.Names) };
            case 1:
                return node with { Operator = other.Operator, Attributes = other.Attributes };
            case 2:
                inputs.Insert(random.Next(inputs.Count + 1), One(known));
                break;
            case 3 when inputs.Count > 0:
                inputs.RemoveAt(random.Next(inputs.Count));
                break;
            case 4 when inputs.Count > 0:
                inputs[random.Next(inputs.Count)] = One([.. known, .. inputs]);
                break;
            case 5 when other.Attributes.Count > 0:
                OnnxAttribute taken = One([.. other.Attributes.Values]);
                attributes[taken.Name] = taken;
                break;
            default:
                foreach (OnnxAttribute attribute in node.Attributes.Values)
                {
                    attributes[attribute.Name] = Attribute(attribute);
                }

                break;
        }

        return node with { Inputs = inputs, Attributes = attributes };
    }

    private OnnxAttribute Attribute(OnnxAttribute attribute) => attribute with
    {
        Integer = One(Edges),
        Float = One(FloatEdges),
        Integers = Changed(attribute.Integers, Edges),
        Floats = Changed(attribute.Floats, FloatEdges),
        Tensor = attribute.Tensor is { } tensor ? Tensor(tensor) : null,
    };

    // As the reader leaves it: as many elements as the dimensions say, and none where one of them is 0.
    private OnnxTensor Tensor(OnnxTensor tensor)
    {
        int[] dimensions = random.Next(6) switch
        {
            0 => [1, .. tensor.Dimensions],
            1 => [.. tensor.Dimensions, 1],
            2 => [tensor.Count],
            3 when tensor.Count == 1 => [],
            4 when !tensor.IsFloat => One<int[]>([[0], [0, int.MaxValue], [int.MaxValue, int.MaxValue, 0]]),
            _ => [.. tensor.Dimensions],
        };
        return tensor.IsFloat
            ? new OnnxTensor(tensor.Name, tensor.Type, dimensions, Changed(tensor.Floats, FloatEdges))
            : new OnnxTensor(tensor.Name, tensor.Type, dimensions, dimensions.Contains(0) ? (long[])[] : Changed(tensor.Integers, Edges));
    }

    private T[] Changed<T>(IReadOnlyList<T> values, T[] edges)
    {
        T[] changed = [.. values];
        for (int times = random.Next(1, 3); times > 0 && changed.Length > 0; times--)
        {
            changed[random.Next(changed.Length)] = One(edges);
        }

        return changed;
    }

    private T One<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
