    private readonly float[] _optimizerV = new float[ParameterCount]; // RmsProp's v

    /// <summary>Draws new weights and forgets what was learned. The same seed gives the same bits.</summary>
    /// <param name="seed">A new network is already Initialize(0).</param>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Initialize(ulong seed)
    {
        DrawParameters(_parameters, seed);
        global::System.Array.Clear(_optimizerV, 0, _optimizerV.Length);
        ClearGradients();
        _hasForward = false;
    }

    /// <summary>One step of RmsProp with the mean gradient g of the samples since the last step, which it then forgets: v ← 0.99·v + 0.01·g²; p ← p − lr·g / (√v + 1e−8). Without samples it does nothing.</summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="T:System.ArgumentException">The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Step(float learningRate)
    {
        global::NetGen.CompilerServices.Check.LearningRate(learningRate);
        if (_samples == 0)
        {
            return;
        }

        float[] parameters = _parameters;
        float[] gradients = _gradients;
        float[] vs = _optimizerV;
        float scale = 1f / _samples; // from the sum to the mean

        // v ← 0.99·v + 0.01·g²; p ← p − lr·g / (√v + 1e−8)
        for (int i = 0; i < ParameterCount; i++)
        {
            float p = parameters[i];
            float g = gradients[i] * scale;
            float v = vs[i];
            vs[i] = v = 0.99f * v + 0.01f * (g * g);
            parameters[i] = p - learningRate * g / (global::System.MathF.Sqrt(v) + 1e-8f);
        }

        ClearGradients();
    }
