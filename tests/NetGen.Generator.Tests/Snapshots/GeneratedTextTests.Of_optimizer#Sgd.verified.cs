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

    /// <summary>One step of Sgd with the mean gradient g of the samples since the last step, which it then forgets: p ← p − lr·g. Without samples it does nothing.</summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArithmeticException">The mean gradient is not finite. It is forgotten, and nothing else has changed.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Step(float learningRate)
    {
        SgdStep(learningRate);
    }

            protected override void Step(float[] parameters, float[] gradients, int first, int end)
            {
                Formulas.SgdUpdate(parameters, gradients, _scale, _learningRate, first, end);
            }
