using NetGen.Benchmarks.Generation;

namespace NetGen.Benchmarks;

/// <summary>One network with its data, the same for every peer.</summary>
public sealed class Problem
{
    /// <summary>The rows that calls take in rotation, and the size of a batch.</summary>
    public const int Rows = 64;

    /// <summary>Small enough that no network diverges however often it is trained on the same rows.</summary>
    public const float Rate = 1e-3f;

    private readonly int _rows;

    public Problem(CompiledNetwork network, int rows = Rows)
    {
        Network = network;
        _rows = rows;
        Shape = network.Shape;
        var random = new Random(1);
        Inputs = Pinned(random, rows * Shape.Inputs);
        Targets = Pinned(random, rows * Shape.Outputs);
        Parameters = new float[Shape.Parameters];
        network.Create().GetParameters(Parameters);
    }

    public CompiledNetwork Network { get; }

    public NetworkShape Shape { get; }

    /// <summary>Row-major, pinned: native peers read them where they are.</summary>
    public float[] Inputs { get; }

    public float[] Targets { get; }

    /// <summary>What every peer starts from, in the order of PyTorch's state_dict.</summary>
    public float[] Parameters { get; }

    public float[] NewOutputs() => GC.AllocateArray<float>(_rows * Shape.Outputs, pinned: true);

    public ReadOnlySpan<float> Input(int row) => Inputs.AsSpan(row * Shape.Inputs, Shape.Inputs);

    private static float[] Pinned(Random random, int length)
    {
        float[] values = GC.AllocateArray<float>(length, pinned: true);
        foreach (ref float value in values.AsSpan())
        {
            value = (2 * random.NextSingle()) - 1;
        }

        return values;
    }
}
