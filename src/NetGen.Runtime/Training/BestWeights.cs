namespace NetGen;

/// <summary>The weights of the best epoch so far, to go back to.</summary>
internal sealed class BestWeights
{
    private readonly INetwork _network;
    private readonly float[] _weights;

    /// <summary>Remembers the present weights.</summary>
    public BestWeights(INetwork network)
    {
        _network = network;
        _weights = new float[network.ParameterCount];
        Remember();
    }

    public void Remember() => _network.GetParameters(_weights);

    /// <summary>Gives the network its best weights back, and forgets what the optimizer learned of those that came later.</summary>
    public void Restore()
    {
        _network.SetParameters(_weights);
        _network.ResetOptimizer();
    }
}
