        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dy = new(scratch, 5, 3); // [3]
            t = t.Slice(0, 3);

            // L = mean((y − t)²)
            float y_0 = y[0];
            float t_0 = t[0];
            float y_1 = y[1];
            float t_1 = t[1];
            float y_2 = y[2];
            float t_2 = t[2];
            float difference_L_0 = y_0 - t_0;
            float difference_L_1 = y_1 - t_1;
            float difference_L_2 = y_2 - t_2;
            float L_total = difference_L_0 * difference_L_0
                + difference_L_1 * difference_L_1 + difference_L_2 * difference_L_2;
            float L = L_total / 3f;

            // dy = 2/3·(y − t)    (back through e = (y − t)²)
            dy[0] = 0.6666667f * (y_0 - t_0);
            dy[1] = 0.6666667f * (y_1 - t_1);
            dy[2] = 0.6666667f * (y_2 - t_2);

            return L;
        }
