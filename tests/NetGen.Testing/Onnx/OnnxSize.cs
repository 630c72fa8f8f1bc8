namespace NetGen.Testing.Onnx;

/// <summary>A size of a declared shape: a number, a name, or null for one that is open and has no name.</summary>
internal readonly record struct OnnxSize(long? Size, string? Parameter)
{
    public static implicit operator OnnxSize(long size) => new(size, null);

    public static implicit operator OnnxSize(string? parameter) => new(null, parameter);

    public ProtoMessage ToMessage() => (Size, Parameter) switch
    {
        ({ } size, _) => new ProtoMessage().Add(1, size),
        (_, { } parameter) => new ProtoMessage().Add(2, parameter),
        _ => new(),
    };
}
