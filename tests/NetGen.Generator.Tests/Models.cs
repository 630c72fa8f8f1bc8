namespace NetGen.Generator.Tests;

/// <summary>Models as the parser would make them, from few words.</summary>
internal static class Models
{
    public static ConsumerModel ConsumerWithVectors { get; } = new(HasMathF: true, HasVectors: true, HasMultiplyAddEstimate: true);

    public static ConsumerModel Consumer { get; } = new(HasMathF: true, HasVectors: false, HasMultiplyAddEstimate: false);

    /// <summary>A chain of dense layers of the given sizes, inputs and units: <c>2-8-1</c>.</summary>
    public static NetworkModel Of(
        string sizes,
        string hidden = "Tanh",
        string output = "Linear",
        string loss = "MeanSquaredError",
        UnrollMode unroll = UnrollMode.Auto,
        bool training = true,
        bool bias = true,
        string name = "Net")
    {
        int[] counts = [.. sizes.Split('-').Select(int.Parse)];
        IEnumerable<LayerModel> layers = counts.Skip(1).Select((units, i) =>
            (LayerModel)new DenseLayer(units, i == counts.Length - 2 ? output : hidden, bias, "XavierUniform"));
        return Of(counts[0], [.. layers], loss, unroll, training, name);
    }

    public static NetworkModel Of(
        int inputs,
        LayerModel[] layers,
        string loss = "MeanSquaredError",
        UnrollMode unroll = UnrollMode.Auto,
        bool training = true,
        string name = "Net") => new(
            new TypeModel("", [], new TypeDeclaration("class", name, [])),
            new LayerChain(inputs, layers.ToEquatableArray()),
            loss,
            "Sgd",
            training,
            unroll,
            SimdMode.Auto);

    public static EquatableArray<LayerModel> Layers(NetworkModel model) => ((LayerChain)model.Source).Layers;

    public static ClassPlan Plan(NetworkModel model) => Planner.Plan(model, model.Build(), [], CostModel.Default);

    /// <summary>A plan for all lengths of vectors.</summary>
    public static ClassPlan PlanWithVectors(NetworkModel model) => Planner.Plan(model, model.Build(), ConsumerWithVectors.Widths(model.Simd, model.Determinism), CostModel.Default);

    public static EquatableArray<GeneratedFile> Compile(NetworkModel model, ConsumerModel consumer) => NetworkCompiler.Compile(model, consumer);
}
