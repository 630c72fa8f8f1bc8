        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dy = new(scratch, 5, 3); // [3]
            t = t.Slice(0, 3);

            // m = mean((y − t)²)
            float y_0 = y[0];
            float t_0 = t[0];
            float y_1 = y[1];
            float t_1 = t[1];
            float y_2 = y[2];
            float t_2 = t[2];
            float difference_m_0 = y_0 - t_0;
            float difference_m_1 = y_1 - t_1;
            float difference_m_2 = y_2 - t_2;
            float m_total = difference_m_0 * difference_m_0
                + difference_m_1 * difference_m_1 + difference_m_2 * difference_m_2;
            float m = m_total / 3f;

            // L = √m
            float L = global::System.MathF.Sqrt(m);

            // de_each = (0.5 / L if 0 < L else 0) / 3    (back through m)
            float de_each = (0f < L ? 0.5f / L : 0f) / 3f;

            // dy = de_each·2·(y − t)    (back through e = (y − t)²)
            dy[0] = de_each * (2f * (y_0 - t_0));
            dy[1] = de_each * (2f * (y_1 - t_1));
            dy[2] = de_each * (2f * (y_2 - t_2));

            return L;
        }
