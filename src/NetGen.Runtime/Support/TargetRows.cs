using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Some rows of a batch's targets, known to fit the network: what generated networks read them by, whether they are numbers
/// or classes, and weighed or not. Not meant to be used by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TargetRows
{
    // [rows, width]; empty where there are classes.
    private readonly ReadOnlySpan<float> _values;
    private readonly ReadOnlySpan<int> _classes;
    private readonly ReadOnlySpan<float> _weights;
    private readonly int _width;

    // What makes the mean weight of the whole batch 1: the sum of the weighed rows, divided by their number, is the weighted mean.
    private readonly double _unit;

    internal TargetRows(ReadOnlySpan<float> values, ReadOnlySpan<int> classes, ReadOnlySpan<float> weights, int width, double unit)
    {
        _values = values;
        _classes = classes;
        _weights = weights;
        _width = width;
        _unit = unit;
        Count = classes.Length > 0 ? classes.Length : values.Length / width;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    internal ReadOnlySpan<float> AllValues => _values;

    internal ReadOnlySpan<int> AllClasses => _classes;

    internal ReadOnlySpan<float> AllWeights => _weights;

    internal int Width => _width;

    internal double Unit => _unit;

    /// <summary>The rows of a batch; throws unless there is a target, and if any a weight, for each input.</summary>
    /// <param name="targets">What the caller gave as <c>targets</c>.</param>
    /// <param name="inputs">The length of the inputs.</param>
    /// <param name="inputCount">The length of one input.</param>
    /// <param name="outputCount">The length of one target.</param>
    /// <exception cref="ArgumentException">There is not one, or a weight is infinite or NaN, or all are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of an index, or a weight is negative.</exception>
    public static TargetRows Of(BatchTargets targets, int inputs, int inputCount, int outputCount)
    {
        int rows = targets.HasClasses
            ? OfClasses(targets.Classes, inputs, inputCount, outputCount)
            : Check.Batch(inputs, inputCount, targets.Targets.Length, outputCount, nameof(targets), minimum: 1);
        double unit = targets.HasWeights ? UnitOf(targets.SampleWeights, rows, nameof(targets)) : 1;
        return new TargetRows(targets.Targets, targets.Classes, targets.SampleWeights, outputCount, unit);
    }

    /// <summary>The target of one class, written into memory.</summary>
    /// <param name="classIndex">From 0 to one less than the length of the memory.</param>
    /// <param name="memory">For one target.</param>
    /// <exception cref="ArgumentException">There is one output, which tells no classes apart.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class of that index.</exception>
    public static ReadOnlySpan<float> OfClass(int classIndex, Span<float> memory)
    {
        CheckOutputs(memory.Length, nameof(classIndex));
        if ((uint)classIndex >= (uint)memory.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(classIndex), $"Expected a class from 0 to {memory.Length - 1}, got {classIndex}.");
        }

        memory.Clear();
        memory[classIndex] = 1f;
        return memory;
    }

    /// <summary>Throws if a target is infinite or NaN. That of no class is.</summary>
    /// <returns>The largest magnitude.</returns>
    /// <exception cref="ArgumentException">One is.</exception>
    public float CheckFinite() => _classes.Length > 0 ? 1f : Check.Finite(_values, "targets");

    /// <summary>Some of the rows.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    public TargetRows Slice(int first, int count) => new(
        _classes.Length > 0 ? default : _values.Slice(first * _width, count * _width),
        _classes.Length > 0 ? _classes.Slice(first, count) : default,
        _weights.Length > 0 ? _weights.Slice(first, count) : default,
        _width,
        _unit);

    /// <summary>All rows as numbers: where the caller has them, or written into memory.</summary>
    /// <param name="memory">For that many targets at least.</param>
    public ReadOnlySpan<float> In(Span<float> memory)
    {
        // In locals: for all the compiler knows, writing to the memory changes the fields.
        ReadOnlySpan<int> classes = _classes;
        int width = _width;
        if (classes.Length == 0)
        {
            return _values;
        }

        memory = memory.Slice(0, classes.Length * width);
        memory.Clear();
        int start = 0;
        foreach (int index in classes)
        {
            memory[start + index] = 1f;
            start += width;
        }

        return memory;
    }

    /// <summary>One row as numbers: where the caller has it, or written into memory.</summary>
    /// <param name="row">Which.</param>
    /// <param name="memory">For one target.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Row(int row, Span<float> memory) =>
        _classes.Length == 0 ? _values.Slice(row * _width, _width) : OfClass(_classes[row], memory);

    /// <summary>The losses of all rows, added up as they weigh.</summary>
    /// <param name="losses">One for each row, the first at 0.</param>
    /// <param name="pitch">How far one is from the next.</param>
    public double Weigh(ReadOnlySpan<float> losses, int pitch) => Weigh(losses, pitch, default, 0);

    /// <summary>The same, and multiplies what flows back from each row by what it weighs.</summary>
    /// <param name="losses">One for each row, the first at 0.</param>
    /// <param name="pitch">How far one is from the next.</param>
    /// <param name="seeds">Where back-propagation starts.</param>
    /// <param name="seedPitch">How far one row of them is from the next.</param>
    public double Weigh(ReadOnlySpan<float> losses, int pitch, Span<float> seeds, int seedPitch)
    {
        double sum = 0d;
        if (_weights.Length == 0)
        {
            for (int row = 0; row < Count; row++)
            {
                sum += losses[row * pitch];
            }
        }
        else
        {
            for (int row = 0; row < Count; row++)
            {
                sum += Weighed(row, losses[row * pitch], seeds.Slice(row * seedPitch, seedPitch));
            }
        }

        return sum;
    }

    /// <summary>The loss of one row as it weighs, with what flows back from it.</summary>
    /// <param name="row">Which.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="seed">Where its back-propagation starts; may be empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Weigh(int row, float loss, Span<float> seed) => _weights.Length == 0 ? loss : Weighed(row, loss, seed);

    private double Weighed(int row, float loss, Span<float> seed)
    {
        float weight = (float)(_weights[row] * _unit);
        if (weight == 0f)
        {
            // Also where the loss is infinite: such a sample is not there.
            seed.Clear();
            return 0d;
        }

        for (int i = 0; i < seed.Length; i++)
        {
            seed[i] = (float)(seed[i] * weight);
        }

        return (double)weight * loss;
    }

    private static int OfClasses(ReadOnlySpan<int> classes, int inputs, int inputCount, int outputCount)
    {
        int rows = Check.Batch(inputs, inputCount, inputs / inputCount, 1, "targets", minimum: 1);
        CheckOutputs(outputCount, "targets");
        if (classes.Length != rows)
        {
            throw new ArgumentException($"Expected {rows} classes, one for each input, got {classes.Length}.", "targets");
        }

        for (int row = 0; row < classes.Length; row++)
        {
            if ((uint)classes[row] >= (uint)outputCount)
            {
                throw new ArgumentOutOfRangeException("targets", $"Expected a class from 0 to {outputCount - 1}, got {classes[row]} at index {row}.");
            }
        }

        return rows;
    }

    private static void CheckOutputs(int outputs, string name)
    {
        if (outputs == 1)
        {
            throw new ArgumentException("Expected a network with an output for each class; with one output, give targets of 0 and 1.", name);
        }
    }

    /// <summary>What makes the mean of weights 1.</summary>
    /// <exception cref="ArgumentException">There is not one for each row, or one is infinite or NaN, or all are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    internal static double UnitOf(ReadOnlySpan<float> weights, int rows, string name) => SumOf(weights, rows, name) is var sum and > 0
        ? rows / sum
        : throw new ArgumentException("Expected a sample that weighs more than 0, got none.", name);

    /// <summary>The sum of weights.</summary>
    /// <exception cref="ArgumentException">There is not one for each row, or one is infinite or NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    internal static double SumOf(ReadOnlySpan<float> weights, int rows, string name)
    {
        if (weights.Length != rows)
        {
            throw new ArgumentException($"Expected {rows} sample weights, one for each input, got {weights.Length}.", name);
        }

        double sum = 0d;
        for (int row = 0; row < weights.Length; row++)
        {
            float weight = weights[row];
            if (!(weight >= 0f && weight <= float.MaxValue))
            {
                string message = FormattableString.Invariant($"Expected finite sample weights of at least 0, got {weight} at index {row}.");
                throw weight < 0f && weight >= float.MinValue ? new ArgumentOutOfRangeException(name, message) : new ArgumentException(message, name);
            }

            sum += weight;
        }

        return sum;
    }
}
