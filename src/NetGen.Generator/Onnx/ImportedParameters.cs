namespace NetGen.Generator;

/// <summary>
/// Which constants of a file are learned when the network is trained on: the weights and biases of products, the scales and
/// shifts of normalizations, and what PyTorch calls weight or bias. The rest stays as it is.
/// </summary>
internal static class ImportedParameters
{
    private const string Weight = ".weight";
    private const string Bias = ".bias";

    public static bool IsLearned(ImportedValue value) => value.Known is not null
        && (value.Initializer.EndsWith(Weight, StringComparison.Ordinal) || value.Initializer.EndsWith(Bias, StringComparison.Ordinal));

    /// <summary>A constant as a vector that is learned.</summary>
    public static Node Vector(OnnxImporter importer, ImportedValue value) =>
        value.Initializer.EndsWith(Bias, StringComparison.Ordinal) ? Shift(importer, value) : Vector(importer, value, "g", "Ones");

    /// <summary>A constant as what is added to a product.</summary>
    public static Node Shift(OnnxImporter importer, ImportedValue value) => Vector(importer, value, "b", "Zeros");

    /// <summary>
    /// The weight of a product, as [out, in]. All products of one matrix share it, and those that the file has the other way
    /// round read it along its other axis.
    /// </summary>
    /// <param name="value">The constant of the file.</param>
    /// <param name="transposed">It is [in, out] there.</param>
    /// <param name="name">What PyTorch's state_dict calls it.</param>
    public static SharedMatrix Matrix(OnnxImporter importer, ImportedValue value, int outputs, int inputs, bool transposed, string name)
    {
        return importer.KnownParameter(value.Node!, Form(inputs, outputs, !transposed)) is { } other
            ? new SharedMatrix(other, IsTransposed: true)
            : new SharedMatrix(
                importer.Parameter(value.Node!, Form(outputs, inputs, transposed), () => Matrix(importer, value, outputs, inputs, transposed, null, name)),
                IsTransposed: false);

        static string Form(int outputs, int inputs, bool transposed) => $"matrix {Shape.Matrix(outputs, inputs)}{(transposed ? " transposed" : "")}";
    }

    /// <summary>The weight of one product alone.</summary>
    /// <param name="scales">Multiply the rows; null for none.</param>
    public static Node Matrix(OnnxImporter importer, ImportedValue value, int outputs, int inputs, bool transposed, float[]? scales, string name)
    {
        TensorData known = value.Known!;
        var values = new float[known.Count];
        for (int o = 0; o < outputs; o++)
        {
            float scale = scales?[o] ?? 1;
            for (int i = 0; i < inputs; i++)
            {
                values[(o * inputs) + i] = scale * known[transposed ? (i * outputs) + o : (o * inputs) + i];
            }
        }

        return Add(importer, "W", Shape.Matrix(outputs, inputs), Initializers.Get("XavierUniform").Name, name, new TensorData(values));
    }

    /// <summary>What is added to one product alone.</summary>
    public static Node Shift(OnnxImporter importer, float[] values, string name) =>
        Add(importer, "b", Shape.Vector(values.Length), "Zeros", name, new TensorData(values));

    private static Node Vector(OnnxImporter importer, ImportedValue value, string letter, string initializer) => importer.Parameter(
        value.Node!, "vector", () => Add(importer, letter, Shape.Vector(value.Count), initializer, value.Initializer, value.Known!));

    /// <summary>What a weight is called beside its bias, where an exporter gave it a name of its own.</summary>
    public static string WeightBeside(string bias, string weight) =>
        bias.EndsWith(Bias, StringComparison.Ordinal) && !weight.EndsWith(Weight, StringComparison.Ordinal)
            ? bias.Substring(0, bias.Length - Bias.Length) + Weight
            : weight;

    private static Node Add(OnnxImporter importer, string letter, Shape shape, string initializer, string name, TensorData values)
    {
        string own = letter + Literal.Of(importer.Layer);
        return importer.Builder.Add(own, new ParameterOp(own, shape, initializer) { StateName = importer.StateName(name, own), Values = values }, []);
    }
}

/// <param name="Weight">The parameter.</param>
/// <param name="IsTransposed">It is [in, out].</param>
internal readonly record struct SharedMatrix(Node Weight, bool IsTransposed)
{
    /// <summary>W·x + b, or W·x where <paramref name="bias"/> is null.</summary>
    public Node Times(GraphBuilder builder, string name, Node input, Node? bias)
    {
        if (!IsTransposed)
        {
            return builder.Affine(name, Weight, input, bias);
        }

        Node product = builder.Add(bias is null ? name : name + "_product", new TransposedProductOp(), [Weight, input]);
        return bias is null ? product : builder.Elementwise(name, Expr.X + Expr.Y, [1, 1], [product, bias]);
    }
}
