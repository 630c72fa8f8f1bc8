namespace NetGen.SafeTensors;

/// <summary>One entry of a safetensors header: where a tensor's elements lie, and what they are.</summary>
/// <param name="Name">As in PyTorch's state_dict.</param>
/// <param name="ElementType">The header's dtype: F32, BF16, I64 …</param>
/// <param name="Shape">Row-major, little-endian; empty for a scalar.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
internal sealed record SafeTensor(string Name, string ElementType, IReadOnlyList<long> Shape, long Begin, long End);
