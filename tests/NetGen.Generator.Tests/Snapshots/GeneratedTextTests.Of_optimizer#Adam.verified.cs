    private readonly float[] _optimizerM = new float[ParameterCount]; // Adam's m

    private readonly float[] _optimizerV = new float[ParameterCount]; // Adam's v

    private readonly double[] _optimizerPowers = { 1d, 1d }; // β₁ᵗ, β₂ᵗ

    /// <summary>Draws new weights and forgets what was learned. The same seed gives the same bits.</summary>
    /// <param name="seed">A new network is already Initialize(0).</param>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Initialize(ulong seed)
    {
        DrawParameters(_parameters, seed);
        ResetOptimizer();
        _samples = 0;
        _changes[0]++;
    }

    /// <summary>One step of Adam with the mean gradient g of the samples since the last step, which it then forgets: m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²; p ← p − lr·m̂ / (√v̂ + 1e−8), m̂ and v̂ corrected for their start at 0. Without samples it does nothing.</summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArithmeticException">The mean gradient is not finite, or so large that its square is not. It is forgotten, and nothing else has changed.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Step(float learningRate)
    {
        global::NetGen.CompilerServices.Check.LearningRate(learningRate);
        if (_samples == 0)
        {
            return;
        }

        float scale = 1f / _samples; // from the sum to the mean
        _samples = 0;
        global::NetGen.CompilerServices.StepCheck.Require(_gradients, scale, isSquared: true);
        double beta1Power = _optimizerPowers[0] * 0.9d; // β₁ᵗ
        double beta2Power = _optimizerPowers[1] * 0.999d; // β₂ᵗ
        float stepSize = (float)(learningRate / (1d - beta1Power));
        float correction = (float)(global::System.Math.Sqrt(1d - beta2Power));

        Formulas.Update(_parameters, _gradients, _optimizerM, _optimizerV, scale, stepSize, correction, 0, ParameterCount);
        _optimizerPowers[0] = beta1Power;
        _optimizerPowers[1] = beta2Power;
        _changes[0]++;
    }

            private readonly float[] _optimizerM;

            private readonly float[] _optimizerV;

            protected override void Step(float[] parameters, float[] gradients, int first, int end)
            {
                Formulas.Update(parameters, gradients, _optimizerM, _optimizerV, _scale, _stepSize, _correction, first, end);
            }
