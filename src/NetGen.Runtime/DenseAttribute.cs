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

    /// <summary>False leaves b out.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the weights start. Biases start at zero.</summary>
    public Initializer Initializer { get; set; } = Initializer.Auto;
}
