    // Shared by every instance that Share() returns.
    private readonly float[] _parameters = global::NetGen.CompilerServices.Contract.Requires(1) ? LoadParameters(new float[ParameterCount]) : null!;

    private readonly long[] _changes = { 1L }; // of the parameters: Backward follows a Forward after the last

    private static readonly float[] _constants = LoadConstants(); // never learned

    // This instance's own. What not every use of it needs is null until then.
    private float[] _scratch = new float[33]; // the last Forward, which Backward reads

    private float[]? _batchScratch; // the rows of batches

    private float[] _ports = new float[8]; // the inputs and outputs of Forward that have names

    private float[] _gradients = new float[ParameterCount]; // summed over samples; of no use without samples

    private int _samples; // since the last step

    private long _forwardAt; // what _changes was at the last Forward; 0 for none

    private float[]? _stepScratch; // the sample of TrainStep

    private float[]? _tileGradients; // of a part of a batch, or of a step beside gathered gradients

    private Formulas.Team? _team; // the threads of TrainBatch

    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    private static float[] LoadParameters(float[] parameters)
    {
        global::System.ReadOnlySpan<float> source = FileParameters;
        source.CopyTo(parameters);
        return parameters;
    }

    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    private static float[] LoadConstants()
    {
        global::System.ReadOnlySpan<float> source = FileConstants;
        return source.ToArray();
    }

    /// <summary>Computes y for one x. A NaN in x becomes a NaN in y.</summary>
    /// <param name="input">x, [5]: state [1, 3], then goal [1, 2]</param>
    /// <param name="output">y, [3]: action [1, 2], then value [1, 1]</param>
    /// <exception cref="T:System.ArgumentException">A span is longer or shorter than its shape. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
    {
        global::NetGen.CompilerServices.Check.Length(input.Length, InputCount, "input");
        global::NetGen.CompilerServices.Check.Length(output.Length, OutputCount, "output");
        input.CopyTo(new global::System.Span<float>(_scratch, 0, 5));
        Formulas.Forward(_parameters, _constants, _scratch);
        new global::System.Span<float>(_scratch, 5, 3).CopyTo(output);
        _forwardAt = _changes[0];
    }

    /// <summary>Computes the outputs for one sample, each input and output in a span of its own.</summary>
    /// <param name="state">[1, 3]</param>
    /// <param name="goal">[1, 2]</param>
    /// <param name="action">[1, 2]</param>
    /// <param name="value">[1, 1]</param>
    /// <exception cref="T:System.ArgumentException">A span is longer or shorter than its shape. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Forward(global::System.ReadOnlySpan<float> state, global::System.ReadOnlySpan<float> goal, global::System.Span<float> action, global::System.Span<float> value)
    {
        global::NetGen.CompilerServices.Check.Length(state.Length, 3, "state");
        global::NetGen.CompilerServices.Check.Length(goal.Length, 2, "goal");
        global::NetGen.CompilerServices.Check.Length(action.Length, 2, "action");
        global::NetGen.CompilerServices.Check.Length(value.Length, 1, "value");
        state.CopyTo(new global::System.Span<float>(this._ports, 0, 3));
        goal.CopyTo(new global::System.Span<float>(this._ports, 3, 2));
        this.Forward(new global::System.ReadOnlySpan<float>(this._ports, 0, 5), new global::System.Span<float>(this._ports, 5, 3));
        new global::System.ReadOnlySpan<float>(this._ports, 5, 2).CopyTo(action);
        new global::System.ReadOnlySpan<float>(this._ports, 7, 1).CopyTo(value);
    }

            private float _scale;

            private float _learningRate;
