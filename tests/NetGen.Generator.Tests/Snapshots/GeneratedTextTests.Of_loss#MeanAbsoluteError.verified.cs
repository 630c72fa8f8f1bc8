        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dy = new(scratch, 5, 3); // [3]
            t = t.Slice(0, 3);

            // L = mean(|y − t|)
            float y_0 = y[0];
            float t_0 = t[0];
            float y_1 = y[1];
            float t_1 = t[1];
            float y_2 = y[2];
            float t_2 = t[2];
            float L_total = global::System.MathF.Abs(y_0 - t_0)
                + global::System.MathF.Abs(y_1 - t_1) + global::System.MathF.Abs(y_2 - t_2);
            float L = L_total / 3f;

            // dy = 1/3·(1 if t < y else (−1 if y < t else 0))    (back through e = |y − t|)
            dy[0] = 0.33333334f * (t_0 < y_0 ? 1f : (y_0 < t_0 ? -1f : 0f));
            dy[1] = 0.33333334f * (t_1 < y_1 ? 1f : (y_1 < t_1 ? -1f : 0f));
            dy[2] = 0.33333334f * (t_2 < y_2 ? 1f : (y_2 < t_2 ? -1f : 0f));

            return L;
        }
