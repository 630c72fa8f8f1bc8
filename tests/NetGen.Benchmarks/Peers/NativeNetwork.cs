using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>A network in a library that g++ compiled for its shape.</summary>
internal sealed unsafe class NativeNetwork : IPeerNetwork
{
    private readonly Problem _problem;
    private readonly float[] _outputs;
    private readonly nint _library;
    private readonly nint _network;
    private readonly delegate* unmanaged[Cdecl]<nint, int, float*, float*, float*, int, void> _run;

    public NativeNetwork(string path, Problem problem)
    {
        _problem = problem;
        _outputs = problem.NewOutputs();

        // A library that was linked with -ffast-math switches the loading thread to flushing denormal numbers, and would
        // change what is measured beside it. A thread that ends takes the switch with it.
        nint library = 0;
        var loader = new Thread(() => library = NativeLibrary.Load(path));
        loader.Start();
        loader.Join();
        _library = library;

        _run = (delegate* unmanaged[Cdecl]<nint, int, float*, float*, float*, int, void>)NativeLibrary.GetExport(library, "run");
        var create = (delegate* unmanaged[Cdecl]<float*, nint>)NativeLibrary.GetExport(library, "create");
        fixed (float* parameters = problem.Parameters)
        {
            _network = create(parameters);
        }
    }

    public Run this[Operation operation] => calls =>
    {
        // The arrays are pinned for good, so these do nothing.
        fixed (float* inputs = _problem.Inputs, targets = _problem.Targets, outputs = _outputs)
        {
            long start = Stopwatch.GetTimestamp();
            _run(_network, (int)operation, inputs, targets, outputs, calls);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    };

    public float[] Predict(int row)
    {
        float[] result = new float[_problem.Shape.Outputs];
        var predict = (delegate* unmanaged[Cdecl]<nint, float*, float*, void>)NativeLibrary.GetExport(_library, "predict");
        fixed (float* input = _problem.Input(row), outputs = result)
        {
            predict(_network, input, outputs);
        }

        return result;
    }

    public void Dispose()
    {
        var destroy = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(_library, "destroy");
        destroy(_network);
        NativeLibrary.Free(_library);
    }
}
