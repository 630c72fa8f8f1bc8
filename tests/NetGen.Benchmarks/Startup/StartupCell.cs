using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Startup;

/// <summary>One network, operation and configuration: what several fresh processes measured.</summary>
internal sealed class StartupCell(NetworkShape shape, Operation operation, Configuration configuration)
{
    private readonly List<IReadOnlyDictionary<string, double>> _processes = [];

    public NetworkShape Shape => shape;

    public Operation Operation => operation;

    public Configuration Configuration => configuration;

    /// <summary>The median over the processes.</summary>
    public double this[string what] => Interleaved.Median([.. _processes.Select(values => values[what])]);

    /// <summary>Starts one more process; null where it worked.</summary>
    public string? Measure()
    {
        string? error = StartupProcess.Run(configuration, [shape.Name, operation.ToString()], [], out string output);
        if (error is null)
        {
            _processes.Add(StartupProcess.Values(output));
        }

        return error;
    }
}
