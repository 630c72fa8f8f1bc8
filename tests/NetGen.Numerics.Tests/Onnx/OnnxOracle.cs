using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>ONNX Runtime on a file, one row at a time, operator by operator as the file has them.</summary>
internal sealed class OnnxOracle : IDisposable
{
    private readonly OnnxCase _case;
    private readonly InferenceSession _session;

    public OnnxOracle(OnnxCase @case)
    {
        _case = @case;
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(@case.File, options);
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
                NodeMetadata metadata = _session.InputMetadata[name];
                long[] shape = Array.ConvertAll(metadata.Dimensions, d => d < 0 ? 1L : d);
                int count = (int)shape.Aggregate(1L, (product, d) => product * d);
                float[] values = _case.Unread.Contains(name) ? new float[count] : row.Slice(start, count).ToArray();
                start += _case.Unread.Contains(name) ? 0 : count;
                inputs.Add(metadata.ElementType == typeof(double)
                    ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (double)v), shape)
                    : OrtValue.CreateTensorValueFromMemory(values, shape));
            }

            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _session.InputNames, inputs, [.. _case.Graph.Outputs.Select(o => o.Name)]);

            // An output that is an input shares its array, which the collector may move once the input is disposed of.
            return [.. results.Select(Values)];
        }
        finally
        {
            inputs.ForEach(i => i.Dispose());
        }

        static float[] Values(OrtValue result) => result.GetTensorTypeAndShape().ElementDataType == TensorElementType.Double
            ? Array.ConvertAll(result.GetTensorDataAsSpan<double>().ToArray(), d => (float)d)
            : result.GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();
}
