        // The forward pass of the sample in scratch: x becomes y.
        public static void Forward(float[] parameters, float[] scratch)
        {
            global::System.Span<float> W1 = new(parameters, 0, 6); // [3, 2]
            global::System.Span<float> b1 = new(parameters, 6, 3); // [3]
            global::System.Span<float> W2 = new(parameters, 9, 3); // [1, 3]
            global::System.Span<float> b2 = new(parameters, 12, 1); // [1]
            global::System.Span<float> x = new(scratch, 0, 2); // [2]
            global::System.Span<float> y = new(scratch, 2, 1); // [1]
            global::System.Span<float> z1 = new(scratch, 4, 3); // [3]
            global::System.Span<float> a1 = new(scratch, 7, 3); // [3]

            // z1 = W1·x + b1
            float x_0 = x[0];
            float x_1 = x[1];
            float z1_0 = z1[0] = b1[0] + W1[0] * x_0 + W1[1] * x_1;
            float z1_1 = z1[1] = b1[1] + W1[2] * x_0 + W1[3] * x_1;
            float z1_2 = z1[2] = b1[2] + W1[4] * x_0 + W1[5] * x_1;

            // a1 = z1 if 0 < z1 else 0.3·expm1(z1)
            float a1_0 = a1[0] = 0f < z1_0 ? z1_0 : 0.3f * Expm1(z1_0);
            float a1_1 = a1[1] = 0f < z1_1 ? z1_1 : 0.3f * Expm1(z1_1);
            float a1_2 = a1[2] = 0f < z1_2 ? z1_2 : 0.3f * Expm1(z1_2);

            // y = W2·a1 + b2
            y[0] = b2[0] + W2[0] * a1_0 + W2[1] * a1_1 + W2[2] * a1_2;
        }

        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 1); // [1]
            global::System.Span<float> dy = new(scratch, 3, 1); // [1]
            t = t.Slice(0, 1);

            // L = mean(2·(|y − t| − 1) if 2 < |y − t| else 0.5·(y − t)²)
            float y_0 = y[0];
            float t_0 = t[0];
            float difference_L_0 = y_0 - t_0;
            float u_L_0 = global::System.MathF.Abs(difference_L_0);
            float L = 2f < u_L_0 ? 2f * (u_L_0 - 1f) : 0.5f * (difference_L_0 * difference_L_0);

            // dy = clamp(y − t, −2, 2)    (back through e = 2·(|y − t| − 1) if 2 < |y − t| else 0.5·(y − t)²)
            float difference_dy_0 = y_0 - t_0;
            dy[0] = difference_dy_0 < -2f ? -2f : (2f < difference_dy_0 ? 2f : difference_dy_0);

            return L;
        }

        // A step of plain descent with the mean gradient.
        public static void SgdUpdate(float[] parameters, float[] gradients, float scale, float learningRate, int first, int end)
        {
            global::System.Span<float> parameter = new(parameters, 0, 13); // [13]
            global::System.Span<float> gradient = new(gradients, 0, 13); // [13]

            // g limited to the norm 5; g limited to [−0.5, 0.5]; p ← p − lr·g
            for (int j = first; j < end; j++)
            {
                float p = parameter[j];
                float g = gradient[j] * scale;
                g = g < -0.5f ? -0.5f : (0.5f < g ? 0.5f : g);
                parameter[j] = p - learningRate * g;
            }
        }

        // A step of the optimizer with the mean gradient.
        public static void Update(float[] parameters, float[] gradients, float[] optimizerV, float[] optimizerM, float scale, float learningRate, int first, int end)
        {
            global::System.Span<float> parameter = new(parameters, 0, 13); // [13]
            global::System.Span<float> gradient = new(gradients, 0, 13); // [13]
            global::System.Span<float> v0 = new(optimizerV, 0, 13); // [13]
            global::System.Span<float> m0 = new(optimizerM, 0, 13); // [13]

            // g limited to the norm 5; g limited to [−0.5, 0.5]; g ← g + 0.01·p; v ← 0.9·v + 0.1·g²; m ← 0.5·m + g / (√v + 1e−8); p ← p − lr·m
            for (int j = first; j < end; j++)
            {
                float p = parameter[j];
                float g = gradient[j] * scale;
                float v = v0[j];
                float m = m0[j];
                g = g < -0.5f ? -0.5f : (0.5f < g ? 0.5f : g);
                g = g + 0.01f * p;
                v = 0.9f * v + 0.1f * (g * g);
                v = global::System.MathF.Abs(v) < 1.1754944e-38f ? 0f : v;
                v0[j] = v;
                m = 0.5f * m + g / (global::System.MathF.Sqrt(v) + 1e-8f);
                m = global::System.MathF.Abs(m) < 1.1754944e-38f ? 0f : m;
                m0[j] = m;
                parameter[j] = p - learningRate * m;
            }
        }

    private readonly float[] _optimizerV = new float[ParameterCount]; // RmsProp's v

    private readonly float[] _optimizerM = new float[ParameterCount]; // RmsProp's m

    /// <summary>Computes y for one x. A NaN in x becomes a NaN in y.</summary>
    /// <param name="input">x, [2]</param>
    /// <param name="output">y, [1]</param>
    /// <exception cref="T:System.ArgumentException">A span is longer or shorter than its shape. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
    {
        global::NetGen.CompilerServices.Check.Length(input.Length, InputCount, "input");
        global::NetGen.CompilerServices.Check.Length(output.Length, OutputCount, "output");
        input.CopyTo(new global::System.Span<float>(_scratch, 0, 2));
        Formulas.Forward(_parameters, _scratch);
        new global::System.Span<float>(_scratch, 2, 1).CopyTo(output);
        _forwardAt = _changes[0];
    }

    /// <summary>One step of RmsProp with the mean gradient g of the samples since the last step, which it then forgets: g limited to the norm 5; g limited to [−0.5, 0.5]; g ← g + 0.01·p; v ← 0.9·v + 0.1·g²; m ← 0.5·m + g / (√v + 1e−8); p ← p − lr·m. Without samples it does nothing.</summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArithmeticException">The mean gradient is not finite. It is forgotten, and nothing else has changed.</exception>
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
        global::NetGen.CompilerServices.StepCheck.Require(_gradients, scale, isSquared: false);
        scale = global::NetGen.CompilerServices.GradientNorm.Limit(_gradients, scale, 5f); // for a norm of at most 5
        Formulas.Update(_parameters, _gradients, _optimizerV, _optimizerM, scale, learningRate, 0, ParameterCount);
        _changes[0]++;
    }

    /// <summary>One step of RmsProp on the mean gradient of n samples. Gradients that Backward gathered before are forgotten. A loss or gradient that is not finite changes nothing else.</summary>
    /// <param name="inputs">[n, 2], row-major, n at least 1</param>
    /// <param name="targets">[n, 1], row-major</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <returns>The mean loss before the step (Huber); not finite where there was no step: NaN where the gradient alone is not.</returns>
    /// <exception cref="T:System.ArgumentException">The spans do not hold the same number of rows, or a number in one of them is infinite or NaN. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public float TrainBatch(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<float> targets, float learningRate)
    {
        return TrainBatch(inputs, global::NetGen.BatchTargets.Of(targets), learningRate, 1);
    }

    /// <summary>The same on several threads, to the same bits whatever their number. A thread takes 64 rows at a time; threads and their memory are made when a batch first needs them, and end with ReleaseThreads or when the network is collected.</summary>
    /// <param name="inputs">[n, 2], row-major, n at least 1</param>
    /// <param name="targets">[n, 1], row-major</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <param name="degreeOfParallelism">the most threads to use, with the caller's; at least 1</param>
    /// <returns>The mean loss before the step (Huber); not finite where there was no step: NaN where the gradient alone is not.</returns>
    /// <exception cref="T:System.ArgumentException">The spans do not hold the same number of rows, or a number in one of them is infinite or NaN. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN, or the degree is below 1. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public float TrainBatch(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<float> targets, float learningRate, int degreeOfParallelism)
    {
        return TrainBatch(inputs, global::NetGen.BatchTargets.Of(targets), learningRate, degreeOfParallelism);
    }

    /// <summary>The same with the indices of classes, or samples that weigh: of their weighted mean.</summary>
    /// <param name="inputs">[n, 2], row-major, n at least 1</param>
    /// <param name="targets">of n samples: targets, or the indices of classes, as an array or span of int, with weights or without</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <returns>The mean loss before the step (Huber); not finite where there was no step: NaN where the gradient alone is not.</returns>
    /// <exception cref="T:System.ArgumentException">There is not a target for each input, a number is infinite or NaN, or all weights are 0. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArgumentOutOfRangeException">There is no class of an index, or a weight is negative. The learning rate is negative, infinite or NaN. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public float TrainBatch(global::System.ReadOnlySpan<float> inputs, global::NetGen.BatchTargets targets, float learningRate)
    {
        return TrainBatch(inputs, targets, learningRate, 1);
    }

    /// <summary>The same on several threads, to the same bits whatever their number.</summary>
    /// <param name="inputs">[n, 2], row-major, n at least 1</param>
    /// <param name="targets">of n samples: targets, or the indices of classes, as an array or span of int, with weights or without</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <param name="degreeOfParallelism">the most threads to use, with the caller's; at least 1</param>
    /// <returns>The mean loss before the step (Huber); not finite where there was no step: NaN where the gradient alone is not.</returns>
    /// <exception cref="T:System.ArgumentException">There is not a target for each input, a number is infinite or NaN, or all weights are 0. Nothing has changed then.</exception>
    /// <exception cref="T:System.ArgumentOutOfRangeException">There is no class of an index, or a weight is negative. The learning rate is negative, infinite or NaN, or the degree is below 1. Nothing has changed then.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("NetGen", "VERSION")]
    public float TrainBatch(global::System.ReadOnlySpan<float> inputs, global::NetGen.BatchTargets targets, float learningRate, int degreeOfParallelism)
    {
        global::NetGen.CompilerServices.TargetRows wanted = global::NetGen.CompilerServices.TargetRows.Of(targets, inputs.Length, InputCount, OutputCount);
        int rows = wanted.Count;
        global::NetGen.CompilerServices.Check.LearningRate(learningRate);
        global::NetGen.CompilerServices.Check.DegreeOfParallelism(degreeOfParallelism);
        bool isParallel = degreeOfParallelism > 1 && rows > 64;
        if (isParallel)
        {
            _team ??= new Formulas.Team();
            _team.CheckFinite(degreeOfParallelism, inputs, wanted);
        }
        else
        {
            global::NetGen.CompilerServices.Check.Finite(inputs, "inputs");
            wanted.CheckFinite();
        }

        float[] batch = _batchScratch ??= new float[14];
        _samples = 0;
        float scale = 1f / rows; // from the sum to the mean
        double sum = 0d;
        if (isParallel)
        {
            sum = _team!.TrainBatch(degreeOfParallelism, _parameters, _gradients, (_tileGradients ??= new float[ParameterCount]), batch, inputs, wanted, scale, isSquared: false);
        }
        else
        {
            for (int row = 0; row < rows; row += 64)
            {
                int count = rows - row < 64 ? rows - row : 64;
                global::System.ReadOnlySpan<float> inputsOfTile = inputs.Slice(row * InputCount, count * InputCount);
                global::NetGen.CompilerServices.TargetRows targetsOfTile = wanted.Slice(row, count);
                if (row == 0)
                {
                    sum = Formulas.AddTile(_parameters, _gradients, batch, inputsOfTile, targetsOfTile, adds: false);
                    continue;
                }

                // Tile by tile, as threads add: the sum rounds alike whatever their number.
                sum += Formulas.AddTile(_parameters, (_tileGradients ??= new float[ParameterCount]), batch, inputsOfTile, targetsOfTile, adds: false);
                global::NetGen.CompilerServices.TileTeam.Add(_gradients, _tileGradients);
            }

            sum = global::NetGen.CompilerServices.StepCheck.Of(sum, _gradients, scale, isSquared: false);
        }

        if (global::NetGen.CompilerServices.StepCheck.IsFinite(sum))
        {
            scale = global::NetGen.CompilerServices.GradientNorm.Limit(_gradients, scale, 5f); // for a norm of at most 5
            Formulas.Update(_parameters, _gradients, _optimizerV, _optimizerM, scale, learningRate, 0, ParameterCount);
            _changes[0]++;
        }

        return (float)(sum / rows);
    }

            protected override void Step(float[] parameters, float[] gradients, int first, int end)
            {
                // The caller steps, if there is anything to step, once it knows the whole gradient.
            }
