namespace NetGen.Benchmarks.Peers;

/// <summary>Runs an operation so many times, and returns the seconds that it took.</summary>
public delegate double Run(int calls);

/// <summary>One way to compute a network.</summary>
public interface IPeer : IDisposable
{
    string Name { get; }

    /// <summary>Why it cannot run here, or null where it can.</summary>
    string? Missing { get; }

    /// <summary>What readers of its figures should know, or null.</summary>
    string? Note => null;

    /// <summary>What takes long and can be done before anything is measured.</summary>
    void Build(NetworkShape shape)
    {
    }

    /// <summary>A network with the problem's parameters.</summary>
    IPeerNetwork Prepare(Problem problem);
}

/// <summary>One network of a peer.</summary>
public interface IPeerNetwork : IDisposable
{
    /// <summary>Null where the peer has no such operation.</summary>
    Run? this[Operation operation] { get; }

    /// <summary>The outputs of one input with the parameters of now: what holds the peers against each other.</summary>
    float[] Predict(int row);
}
