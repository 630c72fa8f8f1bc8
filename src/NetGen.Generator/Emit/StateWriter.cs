namespace NetGen.Generator;

/// <summary>Writes what a network holds: counts, memory, initialization, parameters in and out, Share.</summary>
internal sealed class StateWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private readonly string _self = plan.Model.Type.Declaration.Reference;

    public void Write()
    {
        Constants();
        Fields();
        Initialize();
        DrawParameters();
        if (Vectors is not null)
        {
            DrawPadded();
        }

        new StaticDataWriter(Plan, Writer).WriteLoaders();

        Transfer();
        Share();
    }

    private void Constants()
    {
        Constant("InputCount", Plan.InputCount, "The length of one input x.");
        Constant("OutputCount", Plan.OutputCount, "The length of one output y.");
        string sizes = string.Join(", ", Plan.Parameters.Select(p => $"{p.Name} {p.Shape}"));
        Constant("ParameterCount", Plan.ParameterCount, $"The number of weights and biases: {sizes}.");

        void Constant(string name, int value, string summary)
        {
            Document(summary);
            Writer.Line($"public const int {name} = {Literal.Of(value)};");
            Writer.Line();
            Writer.Generated();
            Writer.Line($"int global::NetGen.IPredictor.{name} => {name};");
            Writer.Line();
        }
    }

    private void Fields()
    {
        Writer.Line("// Shared by every instance that Share() returns.");
        Writer.Line($"private readonly float[] _parameters = global::NetGen.CompilerServices.Contract.Requires({Literal.Of(Tool.Contract)}) ? {(Plan.IsTrained ? "LoadParameters" : "DrawParameters")}({NewParameters}{(Plan.IsTrained ? "" : ", 0")}) : null!;");
        if (Trains)
        {
            foreach (string slot in Optimizer.SlotNames)
            {
                Writer.Line($"private readonly float[] {Slot(slot)} = {NewParameters}; // {Optimizer.Name}'s {slot}");
            }

            if (Optimizer.Powers.Count > 0)
            {
                string ones = string.Join(", ", Optimizer.Powers.Select(_ => "1d"));
                string symbols = string.Join(", ", Optimizer.Powers.Select(p => p.Symbol));
                Writer.Line($"private readonly double[] _optimizerPowers = {{ {ones} }}; // {symbols}");
            }
        }

        if (Trains)
        {
            Writer.Line("private readonly long[] _changes = { 1L }; // of the parameters: Backward follows a Forward after the last");
        }

        if (Plan.Constants.Count > 0)
        {
            Writer.Line("private static readonly float[] _constants = LoadConstants(); // never learned");
        }

        Writer.Line();
        Writer.Line("// This instance's own. What not every use of it needs is null until then.");
        Writer.Line($"private float[] {SampleScratch} = {NewSample}; // the last Forward, which Backward reads");
        Writer.Line("private float[]? _batchScratch; // the rows of batches");
        if (Plan.HasPorts)
        {
            Writer.Line($"private float[] _ports = new float[{Literal.Of(Plan.InputCount + Plan.OutputCount)}]; // the inputs and outputs of Forward that have names");
        }

        if (Trains)
        {
            Writer.Line($"private float[] _gradients = {NewParameters}; // summed over samples; of no use without samples");
            Writer.Line("private int _samples; // since the last step");
            Writer.Line("private long _forwardAt; // what _changes was at the last Forward; 0 for none");
            Writer.Line("private float[]? _stepScratch; // the sample of TrainStep");
            Writer.Line("private float[]? _tileGradients; // of a part of a batch, or of a step beside gathered gradients");
            Writer.Line($"private {GeneratedMembers.Formulas}.Team? _team; // the threads of TrainBatch");
        }
    }

    private void Initialize()
    {
        using (Member(
            "public void Initialize(ulong seed)",
            "Draws new weights and forgets what was learned. The same seed gives the same bits.",
            [("seed", Plan.IsTrained ? "A new network has the parameters of its file instead." : "A new network is already Initialize(0).")]))
        {
            Writer.Line("DrawParameters(_parameters, seed);");
            if (Trains)
            {
                Writer.Line("ResetOptimizer();");
                Writer.Line("_samples = 0;");
                ParametersChanged();
            }
        }

        if (Trains)
        {
            ResetOptimizer();
        }
    }

    private void ResetOptimizer()
    {
        using (Member(
            "public void ResetOptimizer()",
            $"Forgets what {Optimizer.Name} remembers of earlier steps{(Optimizer.Slots.Count == 0 ? ", which is nothing" : "")}: the next step is as a new network's first. Parameters and gathered gradients stay."))
        {
            foreach (string slot in Optimizer.SlotNames)
            {
                Writer.Line($"global::System.Array.Clear({Slot(slot)}, 0, {Slot(slot)}.Length);");
            }

            for (int i = 0; i < Optimizer.Powers.Count; i++)
            {
                Writer.Line($"_optimizerPowers[{Literal.Of(i)}] = 1d;");
            }
        }
    }

    private void DrawParameters()
    {
        Writer.Line();
        Writer.Generated();
        using (Writer.Braces("private static float[] DrawParameters(float[] parameters, ulong seed)"))
        {
            ByForm(() => Writer.Line("return DrawPadded(parameters, seed);"), Draw, leaves: true);
        }

        void Draw()
        {
            Writer.Line("global::NetGen.CompilerServices.InitialWeights weights = new(seed);");
            foreach ((TensorPlan parameter, Node node) in Plan.Parameters.Zip(Plan.Network.Parameters, (p, n) => (p, n)))
            {
                InitializerRow row = Initializers.Get(((ParameterOp)node.Op).Initializer);
                string place = $"new {WriteSpan}(parameters, {Literal.Of(parameter.Offset)}, {Literal.Of(parameter.Shape.Count)})";
                Writer.Line();
                Writer.Line($"// {parameter.Name}: {row.Summary}");
                Writer.Line(row.Distribution == Distribution.Zero ? $"{place}.Clear();"
                    : row.Distribution == Distribution.One ? $"{place}.Fill(1f);"
                    : $"weights.Fill{row.Distribution}({place}, variance: {Literal.Of(row.Variance(parameter.Shape[1], parameter.Shape[0]))});");
            }

            Writer.Line();
            Writer.Line("return parameters;");
        }
    }

    // The same numbers, where vectors read them.
    private void DrawPadded()
    {
        Writer.Line();
        Writer.Generated();
        using (Writer.Braces("private static float[] DrawPadded(float[] parameters, ulong seed)"))
        {
            Writer.Line("global::System.Array.Clear(parameters, 0, parameters.Length);");
            Writer.Line("global::NetGen.CompilerServices.InitialWeights weights = new(seed);");
            foreach ((TensorPlan parameter, Node node) in Vectors!.Parameters.Zip(Plan.Network.Parameters, (p, n) => (p, n)))
            {
                InitializerRow row = Initializers.Get(((ParameterOp)node.Op).Initializer);
                if (row.Distribution == Distribution.Zero)
                {
                    continue;
                }

                string place = VectorSupportWriter.Memory(parameter, "parameters");
                if (row.Distribution == Distribution.One)
                {
                    Writer.Line($"{place}.Slice(0, {Literal.Of(parameter.Shape.Count)}).Fill(1f);");
                    continue;
                }

                string layout = Vectors.LayoutOf(parameter.Name) is { } own ? $", layout: {VectorSupportWriter.New(own)}" : "";
                Writer.Line($"weights.Fill{row.Distribution}({place}, variance: {Literal.Of(row.Variance(parameter.Shape[1], parameter.Shape[0]))}{layout});");
            }

            Writer.Line("return parameters;");
        }
    }

    private void Transfer()
    {
        string count = $"[{Literal.Of(Plan.ParameterCount)}]: {string.Join(", ", Plan.Parameters.Select(p => p.Name))}";
        using (Member(
            $"public void GetParameters({WriteSpan} destination)",
            "Copies the parameters out: layer by layer the weight [out, in] row-major, then the bias.",
            [("destination", count)],
            throws: Spans))
        {
            CheckLength("destination", "ParameterCount");
            Copy(("Unpack(_parameters, destination);", $"new {ReadSpan}(_parameters).CopyTo(destination);"));
            CanonicalNaNs("destination");
        }

        using (Member(
            $"public void SetParameters({ReadSpan} source)",
            "Copies parameters in, in the order of GetParameters.",
            [("source", count)],
            throws: Spans))
        {
            CheckLength("source", "ParameterCount");
            Copy(("Pack(source, _parameters);", $"source.CopyTo(new {WriteSpan}(_parameters));"));
            if (Trains)
            {
                ParametersChanged();
            }
        }
    }

    private void Share()
    {
        string own = Trains ? "activations and gradients" : "activations";
        using (Member(
            $"public {_self} Share()",
            $"Returns a second instance over the same parameters with its own {own}: one per thread. Fields of your own are copied as they are."))
        {
            Writer.Line("// A copy needs no constructor, which may ask for arguments.");
            Writer.Line($"{_self} other = ({_self})MemberwiseClone();");
            Writer.Line($"other.{SampleScratch} = {NewSample};");
            Writer.Line("other._batchScratch = null;");
            if (Plan.HasPorts)
            {
                Writer.Line("other._ports = new float[_ports.Length];");
            }

            if (Trains)
            {
                Writer.Line($"other._gradients = {NewParameters};");
                Writer.Line("other._samples = 0;");
                Writer.Line("other._forwardAt = 0L;");
                Writer.Line("other._stepScratch = null;");
                Writer.Line("other._tileGradients = null;");
                Writer.Line("other._team = null;");
            }

            Writer.Line("return other;");
        }

        string[] interfaces = Trains ? ["global::NetGen.IPredictor", "global::NetGen.INetwork"] : ["global::NetGen.IPredictor"];
        foreach (string contract in interfaces)
        {
            Writer.Line();
            Writer.Generated();
            Writer.Line($"{contract} {contract}.Share() => Share();");
        }
    }
}
