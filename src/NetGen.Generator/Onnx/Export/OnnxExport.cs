namespace NetGen.Generator;

/// <summary>A network as an ONNX file that lacks only the numbers that are learned.</summary>
/// <param name="Bytes">All that is known when the network is compiled.</param>
/// <param name="Holes">Where the parameters go, in logical order.</param>
/// <param name="Nodes">The file's nodes, for comments: <c>z1 = Gemm(x, 0.weight, 0.bias)</c>.</param>
internal sealed record OnnxExport(EquatableArray<byte> Bytes, EquatableArray<ExportHole> Holes, EquatableArray<string> Nodes)
{
    /// <summary>The whole file.</summary>
    /// <param name="parameters">In logical order.</param>
    public byte[] ToArray(IEnumerable<TensorData> parameters)
    {
        using var file = new MemoryStream();
        byte[] known = [.. Bytes];
        int at = 0;
        foreach ((ExportHole hole, TensorData values) in Holes.Zip(parameters, (hole, values) => (hole, values)))
        {
            file.Write(known, at, hole.At - at);
            at = hole.At;
            for (int i = 0; i < values.Count; i++)
            {
                int bits = BitConverter.ToInt32(BitConverter.GetBytes(values[i]), 0);
                for (int shift = 0; shift < 32; shift += 8)
                {
                    file.WriteByte(unchecked((byte)(bits >> shift)));
                }
            }
        }

        file.Write(known, at, known.Length - at);
        return file.ToArray();
    }
}
