namespace NetGen;

/// <summary>
/// What every generated network can do, trained here or elsewhere. Implemented by classes marked
/// <c>[Network(…, Training = false)]</c>; those that train implement <see cref="INetwork"/>, which adds to it.
/// </summary>
/// <remarks>
/// No member allocates, <see cref="Share"/> apart and those that save and load, but for the memory that the first call of
/// its kind needs: the first batch, and of networks that train the first <c>TrainStep</c>, and more threads than before. The head
/// of the generated file has the sizes. One instance is for one thread at a time.
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

    /// <summary>As <see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float})"/>, with the indices of classes or samples that weigh.</summary>
    /// <param name="inputs">[n, <see cref="InputCount"/>], row-major</param>
    /// <param name="targets">Of n samples: targets, or the indices of classes (an array or span of <see cref="int"/>), with weights or without.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of an index, or a weight is negative.</exception>
    float Evaluate(ReadOnlySpan<float> inputs, BatchTargets targets);

    /// <summary>Copies the parameters out: layer by layer the weight [out, in] row-major, then the bias.</summary>
    /// <param name="destination">[<see cref="ParameterCount"/>]</param>
    void GetParameters(Span<float> destination);

    /// <summary>Copies parameters in, in the order of <see cref="GetParameters"/>.</summary>
    /// <param name="source">[<see cref="ParameterCount"/>]</param>
    void SetParameters(ReadOnlySpan<float> source);

    /// <summary>Saves the parameters as a safetensors file, which Python's <c>safetensors.torch.load_file</c> reads.</summary>
    /// <remarks>
    /// The tensors are named and shaped as in PyTorch's state_dict of the equivalent nn.Sequential. The file appears
    /// as a whole, under a temporary name beside <paramref name="path"/> until it is on the disk: one that is there
    /// stays as it was until then, and after any failure.
    /// </remarks>
    /// <param name="path">Where; a file that is there is replaced.</param>
    void Save(string path);

    /// <summary>As <see cref="Save(string)"/>, into a stream.</summary>
    /// <param name="destination">It is left open.</param>
    void Save(Stream destination);

    /// <summary>As <see cref="Save(string)"/>, into memory; returns how many bytes it took.</summary>
    /// <param name="destination">At least <see cref="GetSavedLength()"/> bytes.</param>
    int Save(Span<byte> destination);

    /// <summary>How many bytes <c>Save</c> writes.</summary>
    long GetSavedLength();

    /// <summary>Reads parameters from a safetensors file, as <c>Save</c> or PyTorch writes it.</summary>
    /// <remarks>
    /// <para>
    /// The file must have the network's tensors, each with its shape, and no others: as PyTorch's load_state_dict, it is
    /// strict. F16, BF16 and F64 are converted; a NaN is a number like others, as for <see cref="SetParameters"/>.
    /// What the file has of an optimizer goes to networks that train, and others pass over it, as all do over what a
    /// <see cref="Standardizer"/> added. All is read and checked
    /// first: a file that does not fit is an <see cref="InvalidDataException"/> that says why, and the network is
    /// unchanged then, as after any other failure.
    /// </para>
    /// <para>
    /// Like <see cref="Initialize"/> it forgets gathered gradients, of this instance alone; those that
    /// <see cref="Share"/> made have the new parameters too.
    /// </para>
    /// </remarks>
    /// <param name="path">Where the file is.</param>
    void Load(string path);

    /// <summary>As <see cref="Load(string)"/>, from a stream.</summary>
    /// <param name="source">It is read to its end, and left open.</param>
    void Load(Stream source);

    /// <summary>As <see cref="Load(string)"/>, from memory.</summary>
    /// <param name="source">All bytes of the file, and nothing else.</param>
    void Load(ReadOnlySpan<byte> source);

    /// <summary>Writes the network with its parameters as an ONNX file of opset 17.</summary>
    /// <remarks>The file appears as a whole, as that of <see cref="Save(string)"/> does.</remarks>
    /// <param name="path">Where; a file that is there is replaced.</param>
    /// <exception cref="NotSupportedException">
    /// The network has an operation that ONNX files are not written with. What layers and ONNX files are compiled to has none.
    /// </exception>
    void ExportOnnx(string path);

    /// <summary>As <see cref="ExportOnnx(string)"/>, into a stream.</summary>
    /// <param name="destination">It is left open.</param>
    /// <exception cref="NotSupportedException">As for a path.</exception>
    void ExportOnnx(Stream destination);

    /// <summary>
    /// Returns a second instance over the same parameters with its own memory for everything else: one per thread.
    /// </summary>
    IPredictor Share();
}
