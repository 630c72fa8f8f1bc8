namespace NetGen.Generator;

/// <summary>A tensor that stands in the file: an initializer, or the value of an attribute.</summary>
internal sealed class OnnxTensor
{
    public OnnxTensor(string name, OnnxElementType type, IReadOnlyList<int> dimensions, float[] floats)
        : this(name, type, dimensions, floats, [])
    {
        IsFloat = true;
    }

    public OnnxTensor(string name, OnnxElementType type, IReadOnlyList<int> dimensions, long[] integers)
        : this(name, type, dimensions, [], integers)
    {
    }

    /// <summary>A tensor that no network can use.</summary>
    /// <param name="problem">Why.</param>
    public OnnxTensor(string name, OnnxElementType type, string problem)
        : this(name, type, [], [], [])
    {
        Problem = problem;
    }

    private OnnxTensor(string name, OnnxElementType type, IReadOnlyList<int> dimensions, float[] floats, long[] integers)
    {
        Name = name;
        Type = type;
        Dimensions = dimensions;
        Floats = floats;
        Integers = integers;
    }

    /// <summary>Empty where the file gives none, as for most values of attributes.</summary>
    public string Name { get; }

    /// <summary>Why the elements are not here; empty where they are. It matters to who needs the tensor, and to nobody else.</summary>
    public string Problem { get; } = "";

    /// <summary>What the elements are in the file.</summary>
    public OnnxElementType Type { get; }

    /// <summary>Empty for a scalar.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The number of elements: the product of <see cref="Dimensions"/>.</summary>
    public int Count => IsFloat ? Floats.Length : Integers.Length;

    /// <summary>Whether the elements are in <see cref="Floats"/> rather than in <see cref="Integers"/>.</summary>
    public bool IsFloat { get; }

    /// <summary>The elements of a floating-point type, row-major; a double beyond a float's range is infinite.</summary>
    public float[] Floats { get; }

    /// <summary>The elements of an integer type, row-major; of booleans 0 and 1.</summary>
    public long[] Integers { get; }
}
