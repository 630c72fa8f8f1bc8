using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>
/// Several threads that train on one batch, tile after tile of its rows. Generated networks derive from it. Not meant to
/// be called by hand.
/// </summary>
/// <remarks>
/// In each round every thread gathers the gradient of one tile; then the tiles' gradients are added to the sum in the
/// order of the tiles, each thread adding its share of the elements. So the sum is ((g₀ + g₁) + g₂) + … whatever the
/// number of threads, and the same bits as on one. After the last round each thread looks through its share of the sum, and
/// if all of it is finite takes its share of the optimizer's step. Threads and their memory are made when a batch
/// first needs them, and end when they are dismissed or the network is collected.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class TileTeam : ITeamWork
{
    // Shares of the sum do not meet within a cache line, and what is added is still in the cache when it is used.
    private const int FloatsPerLine = 16;
    private const int FloatsAtOnce = 2048;

    private readonly int _tileRows;
    private readonly int _inputCount;
    private readonly ThreadTeam _threads;
    private readonly FiniteSearch _search = new();
    private float[][] _gradients = [[]];
    private float[][] _batches = [[]];
    private double[] _losses = [0];
    private bool[] _isGood = [true];

    // The work under way.
    private float[] _parameters = [];
    private float[] _sum = [];
    private float* _inputs;
    private PinnedTargets _targets;
    private int _rows;
    private float _scale;
    private bool _isSquared;
    private double _loss;

    /// <summary>A team without threads so far.</summary>
    /// <param name="tileRows">The rows of a tile.</param>
    /// <param name="inputCount">The length of one input.</param>
    protected TileTeam(int tileRows, int inputCount)
        : this(tileRows, inputCount, new ThreadTeam())
    {
    }

    // For tests: threads that start as they wish.
    internal TileTeam(int tileRows, int inputCount, ThreadTeam threads)
    {
        _tileRows = tileRows;
        _inputCount = inputCount;
        _threads = threads;
    }

    /// <summary>Ends the threads.</summary>
    ~TileTeam() => _threads.Dismiss();

    /// <summary>Ends the threads now. The team is of no use afterwards.</summary>
    public void Dismiss()
    {
        _threads.Dismiss();
        GC.SuppressFinalize(this);
    }

    internal IEnumerable<Thread> Threads => _threads.Threads;

    private int Tiles => ((_rows - 1) / _tileRows) + 1;

    /// <summary>Throws if a number of a batch is infinite or NaN.</summary>
    /// <param name="degreeOfParallelism">The most threads to use, with the caller's.</param>
    /// <param name="inputs">[n, inputs]</param>
    /// <param name="targets">Of n samples.</param>
    /// <exception cref="ArgumentException">There is one; the message names the first.</exception>
    public void CheckFinite(int degreeOfParallelism, ReadOnlySpan<float> inputs, TargetRows targets)
    {
        if (_search.Finds(_threads, Hire(degreeOfParallelism, targets.Count), inputs))
        {
            Check.Finite(inputs, nameof(inputs));
        }

        targets.CheckFinite();
    }

    /// <summary>
    /// Gathers the gradient of a batch and steps, if there is something to learn from it, and returns the sum of the losses;
    /// otherwise a sum that is not finite, or NaN.
    /// </summary>
    /// <param name="degreeOfParallelism">The most threads to use, with the caller's.</param>
    /// <param name="parameters">As <see cref="AddTile"/> takes them.</param>
    /// <param name="gradients">Where the sum is gathered, whatever there was before.</param>
    /// <param name="first">Where the caller's thread gathers a tile's gradient: the sum itself if adding to it rounds as adding the tile's gradient does.</param>
    /// <param name="batch">The caller's memory for the values of a tile.</param>
    /// <param name="inputs">[n, inputs], row-major</param>
    /// <param name="targets">Of n samples.</param>
    /// <param name="scale">What makes the sum of gradients their mean.</param>
    /// <param name="isSquared">Whether the optimizer remembers squares.</param>
    public double TrainBatch(
        int degreeOfParallelism,
        float[] parameters,
        float[] gradients,
        float[] first,
        float[] batch,
        ReadOnlySpan<float> inputs,
        TargetRows targets,
        float scale,
        bool isSquared)
    {
        int members = Hire(degreeOfParallelism, targets.Count);
        _parameters = parameters;
        _sum = gradients;
        _gradients[0] = first;
        _batches[0] = batch;
        _loss = 0;
        _scale = scale;
        _isSquared = isSquared;
        fixed (float* inputsStart = inputs, values = targets.AllValues, weights = targets.AllWeights)
        fixed (int* classes = targets.AllClasses)
        {
            _inputs = inputsStart;
            _targets = new PinnedTargets(values, classes, weights, targets.Width, targets.Unit);
            _threads.Run(this, members);
        }

        return StepCheck.IsFinite(_loss) && !IsGood(members) ? double.NaN : _loss;
    }

    /// <summary>New memory for a gradient.</summary>
    protected abstract float[] NewGradients();

    /// <summary>New memory for the values of a tile.</summary>
    protected abstract float[] NewBatch();

    /// <summary>The elements that the memory of a gradient holds.</summary>
    /// <param name="gradients">From <see cref="NewGradients"/>.</param>
    protected abstract Span<float> Elements(float[] gradients);

    /// <summary>Brings into a thread's memory what the tiles of a batch share.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="batch">From <see cref="NewBatch"/>.</param>
    protected abstract void Prepare(float[] parameters, float[] batch);

    /// <summary>Adds the gradient of a tile to others, or stores it, and returns the sum of its losses.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="gradients">What is added to, or overwritten.</param>
    /// <param name="batch">From <see cref="NewBatch"/>.</param>
    /// <param name="inputs">[rows, inputs], row-major</param>
    /// <param name="targets">Of those rows.</param>
    /// <param name="adds">Whether there is anything to add to.</param>
    protected abstract double AddTile(
        float[] parameters,
        float[] gradients,
        float[] batch,
        ReadOnlySpan<float> inputs,
        TargetRows targets,
        bool adds);

    /// <summary>The optimizer's step, for a part of the parameters.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="gradients">Their gradients, summed over the batch.</param>
    /// <param name="first">Where the part begins: a multiple of 16.</param>
    /// <param name="end">Where it ends: a multiple of 16, or with the last element.</param>
    protected abstract void Step(float[] parameters, float[] gradients, int first, int end);

    void ITeamWork.Run(int member, int members)
    {
        Prepare(_parameters, _batches[member]);
        for (int round = 0; round < Tiles; round += members)
        {
            if (round + member < Tiles)
            {
                _losses[member] = Gather(round + member, _gradients[member], _batches[member]);
            }

            if (!_threads.Meet())
            {
                return;
            }

            int gathered = Math.Min(members, Tiles - round);
            bool isLast = round + members >= Tiles;
            _isGood[member] = Add(round, gathered, member, members, isLast);
            if (member == 0)
            {
                for (int i = 0; i < gathered; i++)
                {
                    _loss += _losses[i];
                }
            }

            if (!_threads.Meet())
            {
                return;
            }
        }

        if (StepCheck.IsFinite(_loss) && IsGood(members))
        {
            int first = ShareOf(member, members), end = ShareOf(member + 1, members);
            if (first < end)
            {
                Step(_parameters, _sum, first, end);
            }
        }
    }

    /// <summary>Adds what one thread gathered to what came before. Neither overlaps the other.</summary>
    /// <param name="sum">What is added to.</param>
    /// <param name="gradients">As many elements.</param>
    public static void Add(Span<float> sum, ReadOnlySpan<float> gradients)
    {
        int i = 0;
#if NET8_0_OR_GREATER
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        ReadOnlySpan<Vector<float>> terms = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        for (int v = 0; v < sums.Length && v < terms.Length; v++)
        {
            sums[v] += terms[v];
        }

        i = sums.Length * Vector<float>.Count;
#endif
        for (; i < sum.Length; i++)
        {
            sum[i] += gradients[i];
        }
    }

    // The threads that a batch can use; no more than can be of use now or, on this machine, for a longer batch.
    private int Hire(int degreeOfParallelism, int rows)
    {
        _rows = rows;
        int members = Math.Min(degreeOfParallelism, Tiles);
        _threads.Hire(Math.Min(degreeOfParallelism, Math.Max(members, Environment.ProcessorCount)));
        while (_losses.Length < _threads.Count)
        {
            _gradients = [.. _gradients, NewGradients()];
            _batches = [.. _batches, NewBatch()];
            _losses = [.. _losses, 0];
            _isGood = [.. _isGood, true];
        }

        return Math.Min(members, _threads.Count);
    }

    private double Gather(int tile, float[] gradients, float[] batch)
    {
        int row = tile * _tileRows;
        int count = Math.Min(_tileRows, _rows - row);
        return AddTile(
            _parameters,
            gradients,
            batch,
            new ReadOnlySpan<float>(_inputs + ((long)row * _inputCount), count * _inputCount),
            _targets.Rows(row, count),
            adds: gradients == _sum && tile > 0);
    }

    private bool IsGood(int members) => Array.IndexOf(_isGood, false, 0, members) < 0;

    // Where one thread's part of the elements begins, and that of the one before ends; parts are empty where there are few.
    private int ShareOf(int member, int members)
    {
        int length = Elements(_sum).Length;
        int share = (((length - 1) / (members * FloatsPerLine)) + 1) * FloatsPerLine;
        return (int)Math.Min(length, (long)member * share);
    }

    // One thread's share of the elements, of all tiles in their order. After the last round: whether all can be learned from.
    private bool Add(int round, int gathered, int member, int members, bool isLast)
    {
        Span<float> sum = Elements(_sum);
        bool isGood = true;
        int shareEnd = ShareOf(member + 1, members);
        for (int first = ShareOf(member, members); first < shareEnd; first += FloatsAtOnce)
        {
            int end = Math.Min(first + FloatsAtOnce, shareEnd);
            for (int i = 0; i < gathered; i++)
            {
                if (_gradients[i] == _sum)
                {
                    continue;
                }

                Span<float> gradients = Elements(_gradients[i]).Slice(first, end - first);
                if (round + i == 0)
                {
                    gradients.CopyTo(sum.Slice(first));
                }
                else
                {
                    Add(sum.Slice(first, end - first), gradients);
                }
            }

            isGood &= !isLast || StepCheck.IndexOfBad(sum.Slice(first, end - first), _scale, _isSquared) < 0;
        }

        return isGood;
    }
}
