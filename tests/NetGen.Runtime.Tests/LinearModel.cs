using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

/// <summary>
/// y = w · x with the squared error as its loss: the smallest network by hand, which also notes what it was asked to
/// do. The first input of each sample is its number.
/// </summary>
internal sealed class LinearModel : INetwork
{
    private float _weight;
    private float _velocity;

    public int InputCount => 2;

    /// <summary>The first output counts; others are the same.</summary>
    public int OutputCount { get; init; } = 1;

    public int ParameterCount => 1;

    /// <summary>The sample numbers of each batch that was learned from; null to note nothing.</summary>
    public List<int[]>? Batches { get; init; }

    /// <summary>The targets of each batch that was learned from.</summary>
    public List<float[]> Targets { get; } = [];

    /// <summary>The weights of the samples of each batch that was learned from; empty without.</summary>
    public List<float[]> Weights { get; } = [];

    /// <summary>The classes of each batch that was learned from; empty where it had targets.</summary>
    public List<int[]> Classes { get; } = [];

    /// <summary>The learning rate of each batch.</summary>
    public List<float> Rates { get; } = [];

    /// <summary>The degree of parallelism of each batch.</summary>
    public List<int> Degrees { get; } = [];

    /// <summary>The sample numbers of the last evaluation.</summary>
    public int[] Evaluated { get; private set; } = [];

    /// <summary>Losses to return from <c>Evaluate</c>, one after another, in place of the true one.</summary>
    public Queue<float>? ScriptedEvaluations { get; init; }

    /// <summary>Losses to return from <c>TrainBatch</c>, one after another, in place of the true one.</summary>
    public Queue<float>? ScriptedBatches { get; init; }

    /// <summary>Called before each batch, with the number of batches before it.</summary>
    public Action<int>? BeforeBatch { get; set; }

    public int BatchCount { get; private set; }

    /// <summary>How much of the last step is made again; as momentum has it.</summary>
    public float Momentum { get; init; }

    /// <summary>How often the optimizer's memory was forgotten.</summary>
    public int OptimizerResets { get; private set; }

    public float Weight
    {
        get => _weight;
        set => _weight = value;
    }

    public void Initialize(ulong seed) => _weight = 0;

    /// <summary>What <see cref="Forward"/> gives for each sample, by its number, in place of the true output.</summary>
    public float[]? ScriptedOutputs { get; init; }

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        output.Fill(_weight * input[1]);
        ScriptedOutputs?.AsSpan((int)input[0] * OutputCount, OutputCount).CopyTo(output);
    }

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int row = 0; row < inputs.Length / 2; row++)
        {
            Forward(inputs.Slice(row * 2, 2), outputs.Slice(row * OutputCount, OutputCount));
        }
    }

    public float Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => Evaluate(inputs, BatchTargets.Of(targets));

    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        TrainBatch(inputs, targets, learningRate, 1);

    public float Evaluate(ReadOnlySpan<float> inputs, BatchTargets targets)
    {
        if (Batches is not null)
        {
            Evaluated = Numbers(inputs);
        }

        return ScriptedEvaluations is { Count: > 0 } ? ScriptedEvaluations.Dequeue() : Loss(inputs, targets, out _);
    }

    public float TrainBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate, int degreeOfParallelism) =>
        TrainBatch(inputs, BatchTargets.Of(targets), learningRate, degreeOfParallelism);

    public float TrainBatch(ReadOnlySpan<float> inputs, BatchTargets targets, float learningRate) =>
        TrainBatch(inputs, targets, learningRate, 1);

    public float TrainBatch(ReadOnlySpan<float> inputs, BatchTargets targets, float learningRate, int degreeOfParallelism)
    {
        TargetRows wanted = TargetRows.Of(targets, inputs.Length, InputCount, OutputCount);
        BeforeBatch?.Invoke(BatchCount);
        BatchCount++;
        if (Batches is not null)
        {
            Batches.Add(Numbers(inputs));
            Targets.Add(wanted.In(new float[wanted.Count * OutputCount]).ToArray());
            Weights.Add(targets.SampleWeights.ToArray());
            Classes.Add(targets.Classes.ToArray());
            Rates.Add(learningRate);
            Degrees.Add(degreeOfParallelism);
        }

        float loss = Loss(inputs, targets, out float gradient);
        _velocity = (Momentum * _velocity) + gradient;
        _weight -= learningRate * _velocity;
        return ScriptedBatches is { Count: > 0 } ? ScriptedBatches.Dequeue() : loss;
    }

    public void GetParameters(Span<float> destination) => destination[0] = _weight;

    public void SetParameters(ReadOnlySpan<float> source) => _weight = source[0];

    public float Backward(ReadOnlySpan<float> target) => throw new NotSupportedException();

    public float Backward(ReadOnlySpan<float> target, Span<float> inputGradient) => throw new NotSupportedException();

    public float Backward(int classIndex) => throw new NotSupportedException();

    public float Backward(int classIndex, Span<float> inputGradient) => throw new NotSupportedException();

    public void BackwardFrom(ReadOnlySpan<float> outputGradient) => throw new NotSupportedException();

    public void BackwardFrom(ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        throw new NotSupportedException();

    public void SgdStep(float learningRate) => throw new NotSupportedException();

    public void Step(float learningRate) => throw new NotSupportedException();

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate) =>
        throw new NotSupportedException();

    public float TrainStep(ReadOnlySpan<float> input, int classIndex, float learningRate) => throw new NotSupportedException();

    public int GradientSamples => throw new NotSupportedException();

    public void BackwardFromLogits(ReadOnlySpan<float> logitGradient) => throw new NotSupportedException();

    public void BackwardFromLogits(ReadOnlySpan<float> logitGradient, Span<float> inputGradient) => throw new NotSupportedException();

    public float BackwardBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => throw new NotSupportedException();

    public float BackwardBatch(ReadOnlySpan<float> inputs, BatchTargets targets) => throw new NotSupportedException();

    public void BackwardFromBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients) => throw new NotSupportedException();

    public void GetGradientSums(Span<float> destination) => throw new NotSupportedException();

    public void AddGradients(ReadOnlySpan<float> sums, int samples) => throw new NotSupportedException();

    public void ScaleGradients(float factor) => throw new NotSupportedException();

    public float GetGradientNorm() => throw new NotSupportedException();

    public void CopyParametersFrom(INetwork other, float amount = 1f) => throw new NotSupportedException();

    public void GetGradients(Span<float> destination) => throw new NotSupportedException();

    public void ClearGradients() => throw new NotSupportedException();

    public void ReleaseThreads() => throw new NotSupportedException();

    public void ResetOptimizer()
    {
        OptimizerResets++;
        _velocity = 0;
    }

    public void Save(string path) => throw new NotSupportedException();

    public void Save(string path, bool withOptimizer) => throw new NotSupportedException();

    public void Save(Stream destination) => throw new NotSupportedException();

    public void Save(Stream destination, bool withOptimizer) => throw new NotSupportedException();

    public int Save(Span<byte> destination) => throw new NotSupportedException();

    public int Save(Span<byte> destination, bool withOptimizer) => throw new NotSupportedException();

    public long GetSavedLength() => throw new NotSupportedException();

    public long GetSavedLength(bool withOptimizer) => throw new NotSupportedException();

    public void Load(string path) => throw new NotSupportedException();

    public void Load(Stream source) => throw new NotSupportedException();

    public void Load(ReadOnlySpan<byte> source) => throw new NotSupportedException();

    public void ExportOnnx(string path) => throw new NotSupportedException();

    public void ExportOnnx(Stream destination) => throw new NotSupportedException();

    public INetwork Share() => throw new NotSupportedException();

    IPredictor IPredictor.Share() => Share();

    private float Loss(ReadOnlySpan<float> inputs, BatchTargets targets, out float gradient)
    {
        TargetRows wanted = TargetRows.Of(targets, inputs.Length, InputCount, OutputCount);
        float loss = 0;
        gradient = 0;
        Span<float> target = stackalloc float[OutputCount];
        Span<float> slope = stackalloc float[1];
        for (int row = 0; row < wanted.Count; row++)
        {
            float x = inputs[(row * 2) + 1];
            float error = (_weight * x) - wanted.Row(row, target)[0];
            slope[0] = 2 * error * x / wanted.Count;
            loss += (float)wanted.Weigh(row, error * error / wanted.Count, slope);
            gradient += slope[0];
        }

        return loss;
    }

    private static int[] Numbers(ReadOnlySpan<float> inputs)
    {
        int[] numbers = new int[inputs.Length / 2];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = (int)inputs[row * 2];
        }

        return numbers;
    }
}
