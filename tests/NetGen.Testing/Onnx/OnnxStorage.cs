namespace NetGen.Testing.Onnx;

/// <summary>How a tensor's elements are written.</summary>
internal enum OnnxStorage
{
    /// <summary>As bytes, in raw_data: what tools write.</summary>
    Raw,

    /// <summary>In the field of their type, all in one.</summary>
    Packed,

    /// <summary>In the field of their type, each by itself.</summary>
    Unpacked,
}
