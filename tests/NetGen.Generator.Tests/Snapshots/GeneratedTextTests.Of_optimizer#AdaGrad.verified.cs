    private readonly float[] _optimizerV = new float[ParameterCount]; // AdaGrad's v

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

    /// <summary>One step of AdaGrad with the mean gradient g of the samples since the last step, which it then forgets: v ← v + g²; p ← p − lr·g / (√v + 1e−10). Without samples it does nothing.</summary>
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
        Formulas.Update(_parameters, _gradients, _optimizerV, scale, learningRate, 0, ParameterCount);
        _changes[0]++;
    }

            private readonly float[] _optimizerV;

            protected override void Step(float[] parameters, float[] gradients, int first, int end)
            {
                Formulas.Update(parameters, gradients, _optimizerV, _scale, _learningRate, first, end);
            }
