using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace NetGen.CompilerServices;

/// <summary>
/// Where the elements of a weight lie in memory that vectors stream. Element [o, i] of a weight [outputs, inputs] is at
/// (o / panel) · panelStride + (o % panel) · outputStride + i · inputStride. Not meant to be used by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WeightLayout
{
    // Panels are a multiple of it wide, so that no block goes over the end of one.
    private const int Block = 4;

    private readonly int _outputs;
    private readonly int _inputs;
    private readonly int _panel;
    private readonly int _panelStride;
    private readonly int _outputStride;
    private readonly int _inputStride;

    /// <summary>Describes a layout.</summary>
    /// <param name="outputs">Rows of the weight.</param>
    /// <param name="inputs">Columns of the weight.</param>
    /// <param name="panel">Outputs in a panel.</param>
    /// <param name="panelStride">From a panel to the next.</param>
    /// <param name="outputStride">From an output to the next in its panel.</param>
    /// <param name="inputStride">From an input to the next.</param>
    public WeightLayout(int outputs, int inputs, int panel, int panelStride, int outputStride, int inputStride)
    {
        _outputs = outputs;
        _inputs = inputs;
        _panel = panel;
        _panelStride = panelStride;
        _outputStride = outputStride;
        _inputStride = inputStride;
    }

    /// <summary>The number of elements.</summary>
    public int Count => _outputs * _inputs;

    /// <summary>The place of the element that is at <paramref name="index"/> in row-major order.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public int PlaceOf(int index)
    {
        int output = index / _inputs;
        return RowOf(output) + ((index - (output * _inputs)) * _inputStride);
    }

    /// <summary>Copies a weight into the layout.</summary>
    /// <param name="source">[outputs, inputs], row-major</param>
    /// <param name="memory">The layout's memory.</param>
    public void Pack(ReadOnlySpan<float> source, Span<float> memory)
    {
        for (int output = 0; output < _outputs; output++)
        {
            int place = RowOf(output);
            ReadOnlySpan<float> row = source.Slice(output * _inputs, _inputs);
            for (int input = 0; input < row.Length; input++, place += _inputStride)
            {
                memory[place] = row[input];
            }
        }
    }

    /// <summary>Adds to each element of a weight in the layout.</summary>
    /// <param name="source">[outputs, inputs], row-major</param>
    /// <param name="memory">The layout's memory.</param>
    public void Add(ReadOnlySpan<float> source, Span<float> memory)
    {
        for (int output = 0; output < _outputs; output++)
        {
            int place = RowOf(output);
            ReadOnlySpan<float> row = source.Slice(output * _inputs, _inputs);
            for (int input = 0; input < row.Length; input++, place += _inputStride)
            {
                memory[place] += row[input];
            }
        }
    }

    /// <summary>Copies a weight out of the layout.</summary>
    /// <param name="memory">The layout's memory.</param>
    /// <param name="destination">[outputs, inputs], row-major</param>
    public void Unpack(ReadOnlySpan<float> memory, Span<float> destination)
    {
        for (int output = 0; output < _outputs; output++)
        {
            int place = RowOf(output);
            Span<float> row = destination.Slice(output * _inputs, _inputs);
            for (int input = 0; input < row.Length; input++, place += _inputStride)
            {
                row[input] = memory[place];
            }
        }
    }

    /// <summary>Copies a weight into memory where its other axis is contiguous.</summary>
    /// <param name="memory">This layout's memory.</param>
    /// <param name="target">
    /// The layout of the copy: of the same weight where outputs become contiguous, of the transposed one where inputs do.
    /// </param>
    /// <param name="destination">The copy's memory.</param>
    public void Transpose(ReadOnlySpan<float> memory, WeightLayout target, Span<float> destination)
    {
        // Along the first axis the source is contiguous, along the second the copy.
        bool outputsFirst = _outputStride == 1 && _inputStride != 1;
        int firsts = outputsFirst ? _outputs : _inputs;
        int seconds = outputsFirst ? _inputs : _outputs;
        for (int second = 0; second < seconds; second += Block)
        {
            int wide = Math.Min(Block, seconds - second);
            for (int first = 0; first < firsts; first += Block)
            {
                int tall = Math.Min(Block, firsts - first);
                int from = outputsFirst ? RowOf(first) + (second * _inputStride) : RowOf(second) + first;
                int fromStride = outputsFirst ? _inputStride : _outputStride;
                int to = target.RowOf(second) + (first * target._inputStride);
                TransposeBlock(memory.Slice(from), fromStride, destination.Slice(to), target._inputStride, tall, wide);
            }
        }
    }

    private static void TransposeBlock(ReadOnlySpan<float> source, int sourceStride, Span<float> destination, int stride, int firsts, int seconds)
    {
#if NET8_0_OR_GREATER
        if (firsts == Block && seconds == Block && Sse.IsSupported)
        {
            Vector128<float> a = Vector128.Create(source.Slice(0, 4));
            Vector128<float> b = Vector128.Create(source.Slice(sourceStride, 4));
            Vector128<float> c = Vector128.Create(source.Slice(2 * sourceStride, 4));
            Vector128<float> d = Vector128.Create(source.Slice(3 * sourceStride, 4));
            Vector128<float> ab = Sse.UnpackLow(a, b);
            Vector128<float> cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).CopyTo(destination.Slice(0, 4));
            Sse.MoveHighToLow(cd, ab).CopyTo(destination.Slice(stride, 4));
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).CopyTo(destination.Slice(2 * stride, 4));
            Sse.MoveHighToLow(cd, ab).CopyTo(destination.Slice(3 * stride, 4));
            return;
        }
#endif
        for (int second = 0; second < seconds; second++)
        {
            for (int first = 0; first < firsts; first++)
            {
                destination[(first * stride) + second] = source[(second * sourceStride) + first];
            }
        }
    }

    private int RowOf(int output)
    {
        int panel = output / _panel;
        return (panel * _panelStride) + ((output - (panel * _panel)) * _outputStride);
    }
}
