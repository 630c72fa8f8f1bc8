using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Benchmarks.Peers;

/// <summary>Writes a network as an ONNX file: a Gemm for each layer, and Tanh between them.</summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    // From onnx.proto.
    private const int Float = 1;
    private const int IntAttribute = 2;
    private const int IrVersion = 8;
    private const int Opset = 17;

    public static byte[] Write(Problem problem, int rows) => Write(problem.Shape, problem.Parameters, rows);

    /// <summary>The file of a network.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">In the order of PyTorch's state_dict.</param>
    /// <param name="rows">Of a batch.</param>
    public static byte[] Write(NetworkShape shape, float[] parameters, int rows)
    {
        var graph = new Message();
        string layerInput = Input;
        int at = 0, layers = shape.Widths.Length - 1;
        for (int layer = 1; layer <= layers; layer++)
        {
            int inputs = shape.Widths[layer - 1], outputs = shape.Widths[layer];
            bool last = layer == layers;
            string z = last ? Output : $"z{layer}";
            graph.Add(1, Node("Gemm", [layerInput, $"W{layer}", $"b{layer}"], z).Add(5, new Message().Add(1, "transB").Add(3, 1).Add(20, IntAttribute)));
            if (!last)
            {
                layerInput = $"a{layer}";
                graph.Add(1, Node("Tanh", [z], layerInput));
            }

            graph.Add(5, Tensor($"W{layer}", parameters.AsSpan(at, inputs * outputs), outputs, inputs));
            at += inputs * outputs;
            graph.Add(5, Tensor($"b{layer}", parameters.AsSpan(at, outputs), outputs));
            at += outputs;
        }

        graph.Add(2, "network").Add(11, Value(Input, rows, shape.Inputs)).Add(12, Value(Output, rows, shape.Outputs));
        return new Message().Add(1, IrVersion).Add(7, graph).Add(8, new Message().Add(1, "").Add(2, Opset)).ToArray();
    }

    private static Message Node(string operation, string[] inputs, string output)
    {
        var node = new Message();
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        return node.Add(2, output).Add(4, operation);
    }

    private static Message Tensor(string name, ReadOnlySpan<float> values, params int[] dimensions)
    {
        var tensor = new Message();
        foreach (int dimension in dimensions)
        {
            tensor.Add(1, dimension);
        }

        return tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes(values));
    }

    private static Message Value(string name, int rows, int width)
    {
        Message shape = new Message().Add(1, new Message().Add(1, rows)).Add(1, new Message().Add(1, width));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, Float).Add(2, shape)));
    }

    /// <summary>As much of protocol buffers as it takes.</summary>
    private sealed class Message
    {
        private readonly MemoryStream _bytes = new();

        public Message Add(int field, long value)
        {
            Varint((uint)field << 3);
            Varint((ulong)value);
            return this;
        }

        public Message Add(int field, ReadOnlySpan<byte> value)
        {
            Varint(((uint)field << 3) | 2);
            Varint((ulong)value.Length);
            _bytes.Write(value);
            return this;
        }

        public Message Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

        public Message Add(int field, Message value) => Add(field, value.ToArray());

        public byte[] ToArray() => _bytes.ToArray();

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.WriteByte((byte)(value | 0x80));
            }

            _bytes.WriteByte((byte)value);
        }
    }
}
