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
    public static Node Vector(OnnxImporter importer, ImportedValue value) => importer.Parameter(value.Node!, "vector", () =>
    {
        bool isShift = value.Initializer.EndsWith(Bias, StringComparison.Ordinal);
        return Add(importer, isShift ? "b" : "g", Shape.Vector(value.Count), isShift ? "Zeros" : "Ones", value.Initializer, value.Known!);
    });

    /// <summary>The parameters of a product, which begins the next layer.</summary>
    /// <param name="value">The constant of the file.</param>
    /// <param name="transposed">It is [in, out] there.</param>
    /// <param name="scales">Multiply the rows of W; null for none.</param>
    /// <param name="name">What PyTorch's state_dict calls it.</param>
    public static Node Matrix(OnnxImporter importer, ImportedValue value, int outputs, int inputs, bool transposed, float[]? scales, string name) =>
        importer.Parameter(value.Node!, $"matrix {transposed} {(scales is null ? "" : name + Literal.Of(importer.Layer))}", () =>
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
        });

    public static Node Shift(OnnxImporter importer, float[] values, string name) =>
        Add(importer, "b", Shape.Vector(values.Length), "Zeros", name, new TensorData(values));

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
