using NetGen;

namespace CartPole;

/// <summary>
/// REINFORCE (Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", Machine
/// Learning 8, 1992): ride as the policy says, then make pushes after which the cart rode on longer than usual more probable,
/// and the others less.
/// </summary>
internal sealed class Learner(Policy policy, Random random)
{
    private const float Discount = 0.99f;
    private const float LearningRate = 0.015f;
    private const int RidesPerStep = 2;

    // How much it is worth to keep trying both pushes. Without it a policy that is sure of the wrong one learns no more.
    private const float Curiosity = 0.03f;

    // The angle stays below 0.21 and says the most: in its own units the network would hardly see it.
    private static readonly Standardizer Scale = new([0, 0, 0, 0], [1, 1, 0.1f, 1]);

    private readonly Cart _cart = new();
    private readonly float[] _states = new float[Cart.MostSteps * Policy.InputCount];
    private readonly int[] _pushes = new int[Cart.MostSteps];
    private readonly float[] _returns = new float[Cart.MostSteps];
    private readonly float[] _probabilities = new float[Policy.OutputCount];
    private readonly float[] _gradient = new float[Policy.OutputCount];
    private int _rides;

    /// <summary>Rides once and learns from it; returns how many steps the pole stood.</summary>
    public int Ride()
    {
        _cart.Reset(random);
        int steps = 0;
        bool stands = true;
        while (stands && steps < Cart.MostSteps)
        {
            Span<float> state = StateAt(steps);
            Scale.Transform(_cart.State, state);
            policy.Forward(state, _probabilities);
            _pushes[steps] = random.NextSingle() < _probabilities[0] ? 0 : 1;
            stands = _cart.Push(right: _pushes[steps] == 1);
            steps++;
        }

        // A ride that did not end has no push that was worse than others.
        if (!stands)
        {
            Learn(steps);
        }

        if (++_rides % RidesPerStep == 0)
        {
            policy.Step(LearningRate);
        }

        return steps;
    }

    private void Learn(int steps)
    {
        // What each push earned: a point for each step that followed, later ones counting less.
        float sum = 0;
        for (int step = steps - 1; step >= 0; step--)
        {
            sum = _returns[step] = 1 + (Discount * sum);
        }

        // Better or worse than usual: mean 0, deviation 1.
        Span<float> returns = _returns.AsSpan(0, steps);
        Standardizer.Fit(returns, featureCount: 1).Transform(returns);
        for (int step = 0; step < steps; step++)
        {
            // L = −advantage · ln p(push) − curiosity · entropy(p), over the logits z of p = softmax(z).
            policy.Forward(StateAt(step), _probabilities);
            (float left, float right) = (_probabilities[0], _probabilities[1]);
            float pull = Curiosity * left * right * MathF.Log(MathF.Max(left, 1e-6f) / MathF.Max(right, 1e-6f));
            _gradient[0] = (returns[step] * left) + pull;
            _gradient[1] = (returns[step] * right) - pull;
            _gradient[_pushes[step]] -= returns[step];
            policy.BackwardFromLogits(_gradient);
        }
    }

    private Span<float> StateAt(int step) => _states.AsSpan(step * Policy.InputCount, Policy.InputCount);
}
