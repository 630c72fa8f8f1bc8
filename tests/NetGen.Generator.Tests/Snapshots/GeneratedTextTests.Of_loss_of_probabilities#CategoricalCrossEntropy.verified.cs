        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dz1 = new(scratch, 5, 3); // [3]
            global::System.Span<float> z1 = new(scratch, 8, 3); // [3]
            t = t.Slice(0, 3);

            // L = Σ −t·max(ln(y), −100)
            float y_0 = y[0];
            float y_1 = y[1];
            float y_2 = y[2];
            float t_0 = t[0];
            float t_1 = t[1];
            float t_2 = t[2];
            float log_L_0 = Log(y_0);
            float log_L_1 = Log(y_1);
            float log_L_2 = Log(y_2);
            float L = -(t_0 * (log_L_0 < -100f ? -100f : log_L_0))
                - t_1 * (log_L_1 < -100f ? -100f : log_L_1) - t_2 * (log_L_2 < -100f ? -100f : log_L_2);

            // dz1 = (−t / max(y, 1e−12))·(1/6 if −3 < z1 < 3 else 0)    (back through y = clamp((z1 + 3) / 6, 0, 1))
            float z1_0 = z1[0];
            float z1_1 = z1[1];
            float z1_2 = z1[2];
            dz1[0] = -(t_0 / (y_0 < 1e-12f ? 1e-12f : y_0)) * (-3f < z1_0 ? (z1_0 < 3f ? 0.16666667f : 0f) : 0f);
            dz1[1] = -(t_1 / (y_1 < 1e-12f ? 1e-12f : y_1)) * (-3f < z1_1 ? (z1_1 < 3f ? 0.16666667f : 0f) : 0f);
            dz1[2] = -(t_2 / (y_2 < 1e-12f ? 1e-12f : y_2)) * (-3f < z1_2 ? (z1_2 < 3f ? 0.16666667f : 0f) : 0f);

            return L;
        }
