namespace NetGen;

/// <summary>A generated network that trains. <c>Trainer</c> drives any of them.</summary>
/// <remarks>
/// <para>
/// What is bad input leaves the network as it was: a span of the wrong length, a number in an input, target or gradient to
/// learn from that is NaN or infinite, a batch whose inputs and targets disagree are each an <see cref="ArgumentException"/>
/// that names the parameter, what was expected and what was given. A number that is out of range, such as a learning rate
/// that is negative, NaN or infinite or a degree of parallelism below 1, is an <see cref="ArgumentOutOfRangeException"/>.
/// </para>
/// <para>
/// A step whose loss or gradient is not finite, because the weights have grown too large or the numbers are, leaves
/// parameters and what the optimizer remembers as they were. <c>TrainStep</c> and <c>TrainBatch</c> return what is not
/// finite then, <see cref="Step"/> and <see cref="SgdStep"/> throw an <see cref="ArithmeticException"/>. To an optimizer
/// that remembers squares (AdaGrad, RmsProp, Adam, AdamW) an element of the mean gradient of 2⁶⁴ or more is not finite:
/// its square would stop all steps of that parameter for good.
/// </para>
/// <para>
/// <c>Backward</c> and <c>BackwardFrom</c> follow the last <see cref="IPredictor.Forward"/>, as often as is wanted. Once
/// parameters have changed, by a step, <see cref="IPredictor.SetParameters"/>, <c>Load</c> or
/// <see cref="IPredictor.Initialize"/>, here or in a network that shares them, what it computed belongs to others: an
/// <see cref="InvalidOperationException"/> asks for a new one.
/// </para>
/// </remarks>
public interface INetwork : IPredictor
{
    /// <summary>After <see cref="IPredictor.Forward"/>: adds this sample's gradient to the sum and returns its loss.</summary>
    /// <param name="target">[<see cref="IPredictor.OutputCount"/>]</param>
    float Backward(ReadOnlySpan<float> target);

    /// <summary>As <see cref="Backward(ReadOnlySpan{float})"/>, and writes the gradient of the loss over the input.</summary>
    /// <param name="target">[<see cref="IPredictor.OutputCount"/>]</param>
    /// <param name="inputGradient">[<see cref="IPredictor.InputCount"/>]</param>
    float Backward(ReadOnlySpan<float> target, Span<float> inputGradient);

    /// <summary>As <see cref="Backward(ReadOnlySpan{float})"/> for the target of a class: 1 for its output and 0 for the others.</summary>
    /// <param name="classIndex">From 0 to <see cref="IPredictor.OutputCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of that index.</exception>
    float Backward(int classIndex);

    /// <summary>As <see cref="Backward(int)"/>, and writes the gradient of the loss over the input.</summary>
    /// <param name="classIndex">From 0 to <see cref="IPredictor.OutputCount"/> − 1.</param>
    /// <param name="inputGradient">[<see cref="IPredictor.InputCount"/>]</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of that index.</exception>
    float Backward(int classIndex, Span<float> inputGradient);

    /// <summary>
    /// After <see cref="IPredictor.Forward"/>: adds the gradient that follows from dL/dy, given by the caller
    /// (reinforcement learning, a loss of one's own).
    /// </summary>
    /// <param name="outputGradient">[<see cref="IPredictor.OutputCount"/>]</param>
    void BackwardFrom(ReadOnlySpan<float> outputGradient);

    /// <summary>As <see cref="BackwardFrom(ReadOnlySpan{float})"/>, and writes the gradient over the input.</summary>
    /// <param name="outputGradient">[<see cref="IPredictor.OutputCount"/>]</param>
    /// <param name="inputGradient">[<see cref="IPredictor.InputCount"/>]</param>
    void BackwardFrom(ReadOnlySpan<float> outputGradient, Span<float> inputGradient);

    /// <summary>
    /// After <c>Forward</c>: adds the gradient that follows from a ∂L/∂z of your own to the sum, where z are the logits: what the
    /// last activation takes, such as Softmax or Sigmoid. Nothing is divided by a probability, which may be 0.
    /// </summary>
    /// <param name="logitGradient">[<see cref="IPredictor.OutputCount"/>]</param>
    void BackwardFromLogits(ReadOnlySpan<float> logitGradient);

    /// <summary>As <see cref="BackwardFromLogits(ReadOnlySpan{float})"/>, and writes the gradient over the input.</summary>
    /// <param name="logitGradient">[<see cref="IPredictor.OutputCount"/>]</param>
    /// <param name="inputGradient">[<see cref="IPredictor.InputCount"/>]</param>
    void BackwardFromLogits(ReadOnlySpan<float> logitGradient, Span<float> inputGradient);

    /// <summary>
    /// <c>Forward</c> and <c>Backward</c> for n samples, n at least 1, at the speed of a batch: adds their gradients to the sum,
    /// takes no step, and returns the mean loss.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    float BackwardBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>
    /// As <see cref="BackwardBatch(ReadOnlySpan{float}, ReadOnlySpan{float})"/>, with the indices of classes or samples that
    /// weigh: with weights the n samples are added as if each had the batch's weighted mean gradient.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">Of n samples: targets, or the indices of classes (an array or span of <see cref="int"/>), with weights or without.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of an index, or a weight is negative.</exception>
    float BackwardBatch(ReadOnlySpan<float> inputs, BatchTargets targets);

    /// <summary>
    /// <c>Forward</c> and <c>BackwardFrom</c> for n samples, any n, at the speed of a batch: adds the gradients that follow from
    /// ∂L/∂y of your own to the sum.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="outputGradients">[n, <see cref="IPredictor.OutputCount"/>], row-major; each row is of that sample's own loss, not divided by n</param>
    void BackwardFromBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients);

    /// <summary>
    /// p ← p − lr · mean gradient of the samples since the last step, then forgets them. Without samples it does nothing.
    /// </summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    /// <exception cref="ArithmeticException">The mean gradient is not finite. It is forgotten, and nothing else has changed.</exception>
    void SgdStep(float learningRate);

    /// <summary>The same with the declared optimizer.</summary>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    /// <exception cref="ArithmeticException">The mean gradient is not finite. It is forgotten, and nothing else has changed.</exception>
    void Step(float learningRate);

    /// <summary>
    /// One sample and one step of the declared optimizer: as <see cref="IPredictor.Forward"/>, <c>Backward</c> and
    /// <see cref="Step"/>, but for the last bits. Returns the loss before the step: one that is not finite if there was no
    /// step, NaN if the gradient alone is not finite. Gradients that were gathered by <c>Backward</c> before are kept.
    /// </summary>
    /// <param name="input">[<see cref="IPredictor.InputCount"/>]</param>
    /// <param name="target">[<see cref="IPredictor.OutputCount"/>]</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate);

    /// <summary>As with a target, for that of a class: 1 for its output and 0 for the others.</summary>
    /// <param name="input">[<see cref="IPredictor.InputCount"/>]</param>
    /// <param name="classIndex">From 0 to <see cref="IPredictor.OutputCount"/> − 1.</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of that index, or the learning rate is negative, infinite or NaN.</exception>
    float TrainStep(ReadOnlySpan<float> input, int classIndex, float learningRate);

    /// <summary>
    /// One step of the declared optimizer on the mean gradient of n samples, n at least 1; returns the mean loss
    /// before the step: one that is not finite if there was no step, NaN if the gradient alone is not finite. Gradients
    /// that were gathered by <c>Backward</c> before are forgotten.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate);

    /// <summary>
    /// As <see cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, float)"/> on several threads, to the same bits
    /// whatever their number.
    /// </summary>
    /// <remarks>
    /// It pays where a batch takes several hundred microseconds on one thread. A thread takes some rows at a time, 64 in
    /// small networks: a batch of fewer runs on the caller's thread. Threads, and for each the memory of a gradient, are
    /// made when a batch first needs them; they sleep between batches and end with <see cref="ReleaseThreads"/> or when the
    /// network is collected. Where the platform starts no threads, as in a browser, the caller's does all the work.
    /// </remarks>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <param name="degreeOfParallelism">
    /// The most threads to use, with the caller's; at least 1. More than there are processors are slower.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN, or the degree is below 1.</exception>
    float TrainBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate, int degreeOfParallelism);

    /// <summary>
    /// As <see cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, float)"/>, with the indices of classes or samples that
    /// weigh: of their weighted mean.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">Of n samples: targets, or the indices of classes (an array or span of <see cref="int"/>), with weights or without.</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no class of an index, a weight is negative, or the learning rate is negative, infinite or NaN.
    /// </exception>
    float TrainBatch(ReadOnlySpan<float> inputs, BatchTargets targets, float learningRate);

    /// <summary>The same on several threads, to the same bits whatever their number.</summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">Of n samples: targets, or the indices of classes (an array or span of <see cref="int"/>), with weights or without.</param>
    /// <param name="learningRate">lr, finite and at least 0</param>
    /// <param name="degreeOfParallelism">The most threads to use, with the caller's; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no class of an index, a weight is negative, the learning rate is negative, infinite or NaN, or the degree is below 1.
    /// </exception>
    float TrainBatch(ReadOnlySpan<float> inputs, BatchTargets targets, float learningRate, int degreeOfParallelism);

    /// <summary>
    /// Copies out the mean gradient of the samples since the last step, in the order of
    /// <see cref="IPredictor.GetParameters"/>; zeros without samples.
    /// </summary>
    /// <param name="destination">[<see cref="IPredictor.ParameterCount"/>]</param>
    void GetGradients(Span<float> destination);

    /// <summary>The number of samples whose gradients were gathered since the last step.</summary>
    int GradientSamples { get; }

    /// <summary>
    /// As <see cref="GetGradients"/>, not divided by <see cref="GradientSamples"/>: what another instance of the network takes in
    /// <see cref="AddGradients"/>.
    /// </summary>
    /// <param name="destination">[<see cref="IPredictor.ParameterCount"/>]</param>
    void GetGradientSums(Span<float> destination);

    /// <summary>
    /// Adds gradients that were gathered elsewhere, on another thread or machine, as if <c>Backward</c> had been called for each
    /// of their samples here. The next step takes the mean over all samples.
    /// </summary>
    /// <param name="sums">[<see cref="IPredictor.ParameterCount"/>], added up over the samples, in the order of <see cref="GetGradientSums"/>; finite</param>
    /// <param name="samples">How many there were, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few samples, or too many to be counted.</exception>
    void AddGradients(ReadOnlySpan<float> sums, int samples);

    /// <summary>Multiplies the gathered gradients. The number of samples stays, so their mean is multiplied as well.</summary>
    /// <param name="factor">finite</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is infinite or NaN.</exception>
    void ScaleGradients(float factor);

    /// <summary>
    /// The length √(Σ g²) of the mean gradient of the samples since the last step, over all parameters together; 0 without samples.
    /// </summary>
    float GetGradientNorm();

    /// <summary>
    /// p ← p + amount · (q − p) for each parameter p and q of another network of the same class: a copy where the amount is 1, and
    /// a step towards it where it is less, as target networks are updated in reinforcement learning. Nothing else is copied.
    /// </summary>
    /// <param name="other">An instance of the same class.</param>
    /// <param name="amount">From 0 to 1.</param>
    /// <exception cref="ArgumentException">There is no other network, or it is of another class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not from 0 to 1.</exception>
    void CopyParametersFrom(INetwork other, float amount = 1f);

    /// <summary>Forgets the gradients of the samples since the last step.</summary>
    void ClearGradients();

    /// <summary>
    /// Forgets what the optimizer remembers of earlier steps: the next step is as a new network's first. Parameters and
    /// gathered gradients stay. Those that <see cref="Share"/> made step with the same memory.
    /// </summary>
    /// <remarks>
    /// For weights that the memory does not belong to: those of an earlier moment that were set again, or a task that is new.
    /// </remarks>
    void ResetOptimizer();

    /// <summary>
    /// Ends the threads that <see cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, float, int)"/> started, and gives up
    /// their memory. They end by themselves when the network is collected; the next batch on several threads starts new ones.
    /// </summary>
    void ReleaseThreads();

    /// <summary>
    /// As <see cref="IPredictor.Save(string)"/>, with what the optimizer remembers: whoever loads the file trains on as
    /// if there had been no break, to the same bits.
    /// </summary>
    /// <remarks>
    /// Its tensors are called <c>optimizer.exp_avg.0.weight</c> and the like. A file without them starts the optimizer
    /// afresh when it is loaded. PyTorch's load_state_dict does not know them: for PyTorch, save without.
    /// </remarks>
    /// <param name="path">Where; a file that is there is replaced.</param>
    /// <param name="withOptimizer">False for the parameters alone.</param>
    void Save(string path, bool withOptimizer);

    /// <summary>As <see cref="Save(string, bool)"/>, into a stream.</summary>
    /// <param name="destination">It is left open.</param>
    /// <param name="withOptimizer">False for the parameters alone.</param>
    void Save(Stream destination, bool withOptimizer);

    /// <summary>As <see cref="Save(string, bool)"/>, into memory; returns how many bytes it took.</summary>
    /// <param name="destination">At least <see cref="GetSavedLength(bool)"/> bytes.</param>
    /// <param name="withOptimizer">False for the parameters alone.</param>
    int Save(Span<byte> destination, bool withOptimizer);

    /// <summary>How many bytes <c>Save</c> writes.</summary>
    /// <param name="withOptimizer">False for the parameters alone.</param>
    long GetSavedLength(bool withOptimizer);

    /// <inheritdoc cref="IPredictor.Share"/>
    new INetwork Share();
}
