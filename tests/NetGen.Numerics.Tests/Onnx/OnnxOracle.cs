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
        var inputs = new List<NamedOnnxValue>();
        int start = 0;
        foreach (string name in _session.InputNames)
        {
            NodeMetadata metadata = _session.InputMetadata[name];
            int[] shape = Array.ConvertAll(metadata.Dimensions, d => d < 0 ? 1 : d);
            int count = shape.Aggregate(1, (product, d) => product * d);
            float[] values = _case.Unread.Contains(name) ? new float[count] : row.Slice(start, count).ToArray();
            start += _case.Unread.Contains(name) ? 0 : count;
            inputs.Add(metadata.ElementType == typeof(double)
                ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(Array.ConvertAll(values, v => (double)v), shape))
                : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, shape)));
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(inputs, [.. _case.Graph.Outputs.Select(o => o.Name)]);
        return [.. results.Select(r => r.Value is Tensor<double> doubles ? [.. doubles.Select(d => (float)d)] : ((Tensor<float>)r.Value).ToArray())];
    }

    public void Dispose() => _session.Dispose();
}
