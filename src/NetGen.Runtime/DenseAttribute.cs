namespace NetGen;

/// <summary>A fully connected layer, a = g(W·x + b) with W of shape [units, inputs].</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DenseAttribute : Attribute
{
    /// <summary>A layer of <paramref name="units"/> neurons.</summary>
    /// <param name="units">The length of the layer's output, at least 1.</param>
    /// <param name="activation">The function g.</param>
    public DenseAttribute(int units, Activation activation = Activation.Linear)
    {
        Units = units;
        Activation = activation;
    }

    /// <summary>The length of the layer's output.</summary>
    public int Units { get; }

    /// <summary>The function applied to W·x + b.</summary>
    public Activation Activation { get; }

    /// <summary>
    /// α of <see cref="Activation.LeakyRelu"/>, the slope below 0 (0.01 unless it is set), and of <see cref="Activation.Elu"/>, the
    /// distance to its lowest value (1 unless it is set); finite. NaN: not set. Other activations have none, which NG0036 says.
    /// </summary>
    public float Alpha { get; set; } = float.NaN;

    /// <summary>False leaves b out.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// What <c>Save</c> and <c>Load</c> call the layer: fc1 makes the tensors fc1.weight and fc1.bias. Without a name it
    /// is the layer's index in PyTorch's equivalent nn.Sequential, where an activation other than
    /// <see cref="Activation.Linear"/> takes an index of its own.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>How the weights start. Biases start at zero.</summary>
    public Initializer Initializer { get; set; } = Initializer.Auto;
}
