using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Generator;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>ONNX Runtime on a file, one row at a time, operator by operator as the file has them.</summary>
internal sealed class OnnxOracle : IDisposable
{
    private readonly OnnxCase _case;
    private readonly InferenceSession _session;
    private readonly Dictionary<string, OnnxValue> _inputs;

    public OnnxOracle(OnnxCase @case)
    {
        _case = @case;
        _inputs = OnnxModel.Read(@case.OracleFile).Graph.Inputs.ToDictionary(i => i.Name);
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(@case.OracleFile, options);
    }

    /// <summary>The outputs, in the file's order.</summary>
    public float[][] Run(ReadOnlySpan<float> row)
    {
        var inputs = new List<OrtValue>();
        try
        {
            int start = 0;
            foreach (string name in _session.InputNames)
            {
                Type type = _session.InputMetadata[name].ElementType;
                long[] shape = Array.ConvertAll(_case.ShapeOf(_inputs[name]), d => (long)d);
                int count = (int)shape.Aggregate(1L, (product, d) => product * d);
                bool isConstant = _case.Constants.TryGetValue(name, out long constant);
                bool isGiven = !isConstant && !_case.Unread.Contains(name);
                float[] values = isGiven ? row.Slice(start, count).ToArray() : [.. Enumerable.Repeat((float)constant, count)];
                start += isGiven ? count : 0;
                inputs.Add(type == typeof(double) ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (double)v), shape)
                    : type == typeof(long) ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (long)v), shape)
                    : type == typeof(int) ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (int)v), shape)
                    : type == typeof(bool) ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => v != 0), shape)
                    : OrtValue.CreateTensorValueFromMemory(values, shape));
            }

            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _session.InputNames, inputs, _case.Outputs);

            // An output that is an input shares its array, which the collector may move once the input is disposed of.
            return [.. results.Select(Values)];
        }
        finally
        {
            inputs.ForEach(i => i.Dispose());
        }

        static float[] Values(OrtValue result) => result.GetTensorTypeAndShape().ElementDataType switch
        {
            TensorElementType.Double => Array.ConvertAll(result.GetTensorDataAsSpan<double>().ToArray(), d => (float)d),
            TensorElementType.Int64 => Array.ConvertAll(result.GetTensorDataAsSpan<long>().ToArray(), d => (float)d),
            TensorElementType.Int32 => Array.ConvertAll(result.GetTensorDataAsSpan<int>().ToArray(), d => (float)d),
            TensorElementType.Bool => Array.ConvertAll(result.GetTensorDataAsSpan<bool>().ToArray(), d => d ? 1f : 0),
            _ => result.GetTensorDataAsSpan<float>().ToArray(),
        };
    }

    public void Dispose() => _session.Dispose();
}
