namespace FromPyTorch;

/// <summary>A cart with a pole on it and a motor that pushes it, in kg, m and N. The same as in train.py.</summary>
internal sealed record Cart(float Mass, float PoleMass, float HalfLength, float Motor)
{
    private const float Gravity = 9.8f; // m/s²
    private const float Seconds = 0.02f; // from one decision to the next
    private const int Decisions = 500; // ten seconds
    private const float TrackEnd = 2.4f; // m from the middle
    private const float Fallen = 0.21f; // rad from upright: twelve degrees

    /// <summary>Random states not far from the middle and from upright: [count, 4], row-major.</summary>
    public static float[] Starts(int count)
    {
        var random = new Random(1);
        float[] spread = [0.5f, 0.4f, 0.08f, 0.2f];
        return [.. Enumerable.Range(0, 4 * count).Select(i => spread[i % 4] * ((2 * random.NextSingle()) - 1))];
    }

    /// <summary>In how many rides from these starts the pole stays up and the cart on the track.</summary>
    public int CountBalanced(Policy policy, float[] starts) =>
        // Chunk copies: a ride does not move its start.
        starts.Chunk(Policy.InputCount).Count(start => Ride(policy, start));

    private bool Ride(Policy policy, float[] state)
    {
        float[] action = new float[Policy.OutputCount];
        for (int decision = 0; decision < Decisions; decision++)
        {
            policy.Forward(state, action);
            Step(state, action[0]);
            if (MathF.Abs(state[0]) >= TrackEnd || MathF.Abs(state[2]) >= Fallen)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Moves on to the next moment, for an action from -1 to 1.</summary>
    /// <remarks>
    /// The equations are those of Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult
    /// learning control problems", IEEE Transactions on Systems, Man, and Cybernetics 13 (1983), without friction.
    /// </remarks>
    private void Step(Span<float> state, float action)
    {
        (float position, float speed, float angle, float spin) = (state[0], state[1], state[2], state[3]);
        (float sin, float cos) = MathF.SinCos(angle);
        float total = Mass + PoleMass;
        float force = Motor * action;
        float push = (force + (PoleMass * HalfLength * spin * spin * sin)) / total;
        float spinRate = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4f / 3) - (PoleMass * cos * cos / total)));
        float acceleration = push - (PoleMass * HalfLength * spinRate * cos / total);
        state[0] = position + (Seconds * speed);
        state[1] = speed + (Seconds * acceleration);
        state[2] = angle + (Seconds * spin);
        state[3] = spin + (Seconds * spinRate);
    }
}
