namespace CartPole;

/// <summary>A cart with a pole on it, which falls unless the cart is pushed left and right in time.</summary>
/// <remarks>
/// The equations are those of Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning
/// control problems", IEEE Transactions on Systems, Man, and Cybernetics 13 (1983), without friction, with the numbers and the
/// rules of CartPole-v1 of Gymnasium. Lengths are in m, masses in kg, forces in N, angles in rad.
/// </remarks>
internal sealed class Cart
{
    /// <summary>The longest ride: ten seconds.</summary>
    public const int MostSteps = 500;

    private const float Gravity = 9.8f;
    private const float CartMass = 1;
    private const float PoleMass = 0.1f;
    private const float HalfLength = 0.5f;
    private const float Force = 10;
    private const float Seconds = 0.02f;
    private const float TrackEnd = 2.4f;
    private const float Fallen = 12 * MathF.PI / 180;

    /// <summary>Position, speed, angle and angular speed.</summary>
    public float[] State { get; } = new float[4];

    /// <summary>Puts the cart near the middle with its pole nearly upright.</summary>
    public void Reset(Random random)
    {
        foreach (ref float number in State.AsSpan())
        {
            number = 0.1f * (random.NextSingle() - 0.5f);
        }
    }

    /// <summary>Pushes for one moment; returns whether the pole still stands and the cart is on its track.</summary>
    public bool Push(bool right)
    {
        (float position, float speed, float angle, float spin) = (State[0], State[1], State[2], State[3]);
        (float sin, float cos) = MathF.SinCos(angle);
        const float Total = CartMass + PoleMass;
        float push = ((right ? Force : -Force) + (PoleMass * HalfLength * spin * spin * sin)) / Total;
        float spinRate = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4f / 3) - (PoleMass * cos * cos / Total)));
        float acceleration = push - (PoleMass * HalfLength * spinRate * cos / Total);
        State[0] = position + (Seconds * speed);
        State[1] = speed + (Seconds * acceleration);
        State[2] = angle + (Seconds * spin);
        State[3] = spin + (Seconds * spinRate);
        return MathF.Abs(State[0]) <= TrackEnd && MathF.Abs(State[2]) <= Fallen;
    }
}
