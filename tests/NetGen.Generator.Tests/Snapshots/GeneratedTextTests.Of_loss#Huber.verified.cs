        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dy = new(scratch, 5, 3); // [3]
            t = t.Slice(0, 3);

            // L = mean(|y − t| − 0.5 if 1 < |y − t| else 0.5·(y − t)²)
            float y_0 = y[0];
            float t_0 = t[0];
            float y_1 = y[1];
            float t_1 = t[1];
            float y_2 = y[2];
            float t_2 = t[2];
            float difference_L_0 = y_0 - t_0;
            float u_L_0 = global::System.MathF.Abs(difference_L_0);
            float difference_L_1 = y_1 - t_1;
            float u_L_1 = global::System.MathF.Abs(difference_L_1);
            float difference_L_2 = y_2 - t_2;
            float u_L_2 = global::System.MathF.Abs(difference_L_2);
            float L_total = (1f < u_L_0 ? u_L_0 - 0.5f : 0.5f * (difference_L_0 * difference_L_0))
                + (1f < u_L_1 ? u_L_1 - 0.5f : 0.5f * (difference_L_1 * difference_L_1))
                + (1f < u_L_2 ? u_L_2 - 0.5f : 0.5f * (difference_L_2 * difference_L_2));
            float L = L_total / 3f;

            // dy = 1/3·clamp(y − t, −1, 1)    (back through e = |y − t| − 0.5 if 1 < |y − t| else 0.5·(y − t)²)
            float difference_dy_0 = y_0 - t_0;
            dy[0] = 0.33333334f * (difference_dy_0 < -1f ? -1f : (1f < difference_dy_0 ? 1f : difference_dy_0));
            float difference_dy_1 = y_1 - t_1;
            dy[1] = 0.33333334f * (difference_dy_1 < -1f ? -1f : (1f < difference_dy_1 ? 1f : difference_dy_1));
            float difference_dy_2 = y_2 - t_2;
            dy[2] = 0.33333334f * (difference_dy_2 < -1f ? -1f : (1f < difference_dy_2 ? 1f : difference_dy_2));

            return L;
        }
