namespace NetGen.SafeTensors;

/// <summary>A tensor that a network saves, and where its elements come from.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Section">The memory that it is a part of; <see cref="Powers"/> for a number of the optimizer's.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Count">The number of its elements.</param>
internal sealed record StateEntry(string Name, IReadOnlyList<int> Shape, int Section, int Offset, int Count)
{
    public const int Powers = -1;

    // They are multiplied on and on in double precision, so anything shorter would not train on to the same bits.
    public string ElementType => Section == Powers ? ElementTypes.Float64 : ElementTypes.Float32;

    public IReadOnlyList<string> ReadableTypes => Section == Powers ? [ElementTypes.Float64] : ElementTypes.Readable;

    public long ByteCount => (long)Count * ElementTypes.Size(ElementType);
}
