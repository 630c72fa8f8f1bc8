using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX Runtime on one thread, with inputs and outputs bound once.</summary>
public sealed class OnnxPeer : IPeer
{
    private readonly SessionOptions? _options;

    public OnnxPeer()
    {
        try
        {
            _options = new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            Missing = (e.InnerException ?? e).Message;
        }
    }

    public string Name => "ONNX";

    public string? Missing { get; }

    public IPeerNetwork Prepare(Problem problem) => new Network(problem, _options!);

    public void Dispose() => _options?.Dispose();

    private sealed class Network : IPeerNetwork
    {
        private readonly Problem _problem;
        private readonly float[] _outputs;
        private readonly RunOptions _run = new();
        private readonly InferenceSession _single;
        private readonly InferenceSession _batch;

        // A binding is to fixed memory, so each row has its own.
        private readonly OrtIoBinding[] _rows;
        private readonly OrtIoBinding _all;

        public Network(Problem problem, SessionOptions options)
        {
            _problem = problem;
            _outputs = problem.NewOutputs();
            _single = new InferenceSession(OnnxModel.Write(problem, rows: 1), options);
            _batch = new InferenceSession(OnnxModel.Write(problem, Problem.Rows), options);
            _rows = [.. Enumerable.Range(0, Problem.Rows).Select(row => Bind(_single, row, rows: 1))];
            _all = Bind(_batch, 0, Problem.Rows);
        }

        public Run? this[Operation operation] => operation switch
        {
            Operation.Forward => calls =>
            {
                long start = Stopwatch.GetTimestamp();
                for (int c = 0; c < calls; c++)
                {
                    _single.RunWithBinding(_run, _rows[c % Problem.Rows]);
                }

                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            ,
            Operation.ForwardBatch => calls =>
            {
                long start = Stopwatch.GetTimestamp();
                for (int c = 0; c < calls; c++)
                {
                    _batch.RunWithBinding(_run, _all);
                }

                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            ,
            _ => null,
        };

        public float[] Predict(int row)
        {
            _single.RunWithBinding(_run, _rows[row]);
            return _outputs.AsSpan(row * _problem.Shape.Outputs, _problem.Shape.Outputs).ToArray();
        }

        public void Dispose()
        {
            Array.ForEach(_rows, binding => binding.Dispose());
            _all.Dispose();
            _single.Dispose();
            _batch.Dispose();
            _run.Dispose();
        }

        private OrtIoBinding Bind(InferenceSession session, int row, int rows)
        {
            int inputs = _problem.Shape.Inputs, outputs = _problem.Shape.Outputs;
            OrtIoBinding binding = session.CreateIoBinding();
            using OrtValue x = Value(_problem.Inputs, row * inputs, rows, inputs), y = Value(_outputs, row * outputs, rows, outputs);
            binding.BindInput(OnnxModel.Input, x);
            binding.BindOutput(OnnxModel.Output, y);
            return binding;
        }

        private static OrtValue Value(float[] memory, int start, int rows, int width) =>
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(start, rows * width), [rows, width]);
    }
}
