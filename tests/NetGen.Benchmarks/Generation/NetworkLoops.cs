using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Generation;

/// <summary>
/// Loops of calls of one network's members. Derived classes are compiled while the program runs, so each calls its own
/// network directly, as a user's loop does; through an interface the smallest networks would cost half as much again.
/// </summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Read in the measured loops.")]
public abstract class NetworkLoops(float[] inputs, float[] targets, float[] outputs)
{
    protected readonly float[] Inputs = inputs;
    protected readonly float[] Targets = targets;
    protected readonly float[] Outputs = outputs;

    public abstract INetwork Network { get; }

    public abstract void Forward(int calls);

    public abstract void TrainStep(int calls);

    public abstract void ForwardBatch(int calls);

    public abstract void TrainBatch(int calls);

    public void Run(Operation operation, int calls)
    {
        switch (operation)
        {
            case Operation.Forward: Forward(calls); break;
            case Operation.TrainStep: TrainStep(calls); break;
            case Operation.ForwardBatch: ForwardBatch(calls); break;
            default: TrainBatch(calls); break;
        }
    }

    /// <summary>A row without a check of its bounds, which the compared loops in C++ have not either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Span<float> Row(float[] rows, int index, int width) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), index * width), width);
}
