namespace NetGen;

/// <summary>
/// What every generated network can do, trained here or elsewhere. Implemented by classes marked
/// <c>[Network(…, Training = false)]</c>; those that train implement <see cref="INetwork"/>, which adds to it.
/// </summary>
/// <remarks>
/// After construction no member allocates, <see cref="Share"/> apart. One instance is for one thread at a time.
/// A span of the wrong length is an <see cref="ArgumentException"/> that says what was expected and what was given;
/// the network is unchanged then.
/// </remarks>
public interface IPredictor
{
    /// <summary>The length of one input.</summary>
    int InputCount { get; }

    /// <summary>The length of one output.</summary>
    int OutputCount { get; }

    /// <summary>The number of weights and biases.</summary>
    int ParameterCount { get; }

    /// <summary>Draws new weights and forgets what was learned. The same seed gives the same bits.</summary>
    /// <param name="seed">A new network is already <c>Initialize(0)</c>.</param>
    void Initialize(ulong seed);

    /// <summary>Computes the output for one input. A NaN in the input becomes a NaN in the output.</summary>
    /// <param name="input">[<see cref="InputCount"/>]</param>
    /// <param name="output">[<see cref="OutputCount"/>]</param>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs for n inputs, any n.</summary>
    /// <param name="inputs">[n, <see cref="InputCount"/>], row-major</param>
    /// <param name="outputs">[n, <see cref="OutputCount"/>], row-major</param>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Returns the mean loss over n samples, n at least 1, and changes nothing.</summary>
    /// <param name="inputs">[n, <see cref="InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="OutputCount"/>], row-major</param>
    float Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>Copies the parameters out: layer by layer the weight [out, in] row-major, then the bias.</summary>
    /// <param name="destination">[<see cref="ParameterCount"/>]</param>
    void GetParameters(Span<float> destination);

    /// <summary>Copies parameters in, in the order of <see cref="GetParameters"/>.</summary>
    /// <param name="source">[<see cref="ParameterCount"/>]</param>
    void SetParameters(ReadOnlySpan<float> source);

    /// <summary>
    /// Returns a second instance over the same parameters with its own memory for everything else: one per thread.
    /// </summary>
    IPredictor Share();
}
