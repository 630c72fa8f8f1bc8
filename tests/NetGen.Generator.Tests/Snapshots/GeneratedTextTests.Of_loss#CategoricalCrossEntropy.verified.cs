        // The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.
        public static float LossGradient(float[] scratch, global::System.ReadOnlySpan<float> t)
        {
            global::System.Span<float> y = new(scratch, 2, 3); // [3]
            global::System.Span<float> dz1 = new(scratch, 5, 3); // [3]
            global::System.Span<float> z1 = new(scratch, 8, 3); // [3]
            t = t.Slice(0, 3);

            // L = −Σ t·ln softmax(z1)
            float z1_0 = z1[0];
            float z1_1 = z1[1];
            float z1_2 = z1[2];
            float t_0 = t[0];
            float t_1 = t[1];
            float t_2 = t[2];
            float L_max = z1_0;
            L_max = L_max < z1_1 ? z1_1 : L_max;
            L_max = L_max < z1_2 ? z1_2 : L_max;
            float L_sum = Exp(z1_0 - L_max) + Exp(z1_1 - L_max) + Exp(z1_2 - L_max);
            float L_logSum = Log(L_sum);
            float L = (0f < global::System.MathF.Abs(t_0) ? t_0 * (L_logSum - (z1_0 - L_max)) : t_0)
                + (0f < global::System.MathF.Abs(t_1) ? t_1 * (L_logSum - (z1_1 - L_max)) : t_1)
                + (0f < global::System.MathF.Abs(t_2) ? t_2 * (L_logSum - (z1_2 - L_max)) : t_2);

            // mass = Σ t    (1 for a target that is a distribution)
            float mass = t_0 + t_1 + t_2;

            // dz1 = y·mass − t    (softmax and cross-entropy in one step: y − t where Σ t = 1)
            dz1[0] = y[0] * mass - t_0;
            dz1[1] = y[1] * mass - t_1;
            dz1[2] = y[2] * mass - t_2;

            return L;
        }
