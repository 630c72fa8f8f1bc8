        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dz1 = new(scratch, 5, 3); // [3]
            global::System.Span<float> z1 = new(scratch, 8, 3); // [3]
            t = t.Slice(0, 3);

            // L = mean(max(z1, 0) − t·z1 + log1p(exp(−|z1|)))
            float z1_0 = z1[0];
            float t_0 = t[0];
            float z1_1 = z1[1];
            float t_1 = t[1];
            float z1_2 = z1[2];
            float t_2 = t[2];
            float L_total = (z1_0 < 0f ? 0f : z1_0)
                - (0f < global::System.MathF.Abs(t_0) ? t_0 * z1_0 : t_0)
                + Log1p(Exp(-global::System.MathF.Abs(z1_0)))
                + ((z1_1 < 0f ? 0f : z1_1) - (0f < global::System.MathF.Abs(t_1) ? t_1 * z1_1 : t_1) + Log1p(Exp(-global::System.MathF.Abs(z1_1))))
                + ((z1_2 < 0f ? 0f : z1_2) - (0f < global::System.MathF.Abs(t_2) ? t_2 * z1_2 : t_2) + Log1p(Exp(-global::System.MathF.Abs(z1_2))));
            float L = L_total / 3f;

            // dz1 = 1/3·(y − t)    (back through e = max(z1, 0) − t·z1 + log1p(exp(−|z1|)))
            dz1[0] = 0.33333334f * (y[0] - t_0);
            dz1[1] = 0.33333334f * (y[1] - t_1);
            dz1[2] = 0.33333334f * (y[2] - t_2);

            return L;
        }
