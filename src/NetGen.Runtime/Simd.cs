namespace NetGen;

/// <summary>How long the vectors may be that a network's methods use. A processor or a target framework without them runs the scalar form.</summary>
public enum Simd
{
    /// <summary>The longest that the processor has.</summary>
    Auto,

    /// <summary>None: the scalar form alone, which is the page of mathematics that the generated file shows.</summary>
    None,

    /// <summary>4 floats: SSE, AdvSimd, WebAssembly.</summary>
    Vector128,

    /// <summary>At most 8 floats: AVX2.</summary>
    Vector256,

    /// <summary>At most 16 floats: AVX-512.</summary>
    Vector512,
}
