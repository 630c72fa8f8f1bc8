using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests;

/// <summary>The model files of a project that declarations in tests may name.</summary>
internal static class ModelFiles
{
    /// <summary>Their paths.</summary>
    public static IReadOnlyList<string> All { get; } = Write();

    private static string[] Write()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-models-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "other"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return
        [
            File("policy.onnx", Policy()),
            File("agent.onnx", Agent()),
            File("pilot.onnx", Pilot()),
            File("comparing.onnx", Comparing()),
            File("sequence.onnx", Sequence()),
            File("broken.onnx", [.. Policy().Take(100)]),
            File("twice.onnx", Policy()),
            File(Path.Combine("other", "twice.onnx"), Policy()),
            Path.Combine(folder, "gone.onnx"),
        ];

        string File(string name, byte[] content)
        {
            string path = Path.Combine(folder, name);
            System.IO.File.WriteAllBytes(path, content);
            return path;
        }
    }

    // As ML-Agents writes them: one output draws an action, one says the best.
    private static byte[] Agent() => new OnnxFile()
        .Input("obs_0", [null, 2])
        .Initializer("W", [2, 2], [1f, 2, 3, 4])
        .Node("Gemm", ["obs_0", "W"], ["mean"])
        .Node("RandomNormalLike", ["mean"], ["noise"])
        .Node("Add", ["mean", "noise"], ["continuous_actions"])
        .Node("Tanh", ["mean"], ["deterministic_continuous_actions"])
        .Output("continuous_actions", [null, 2])
        .Output("deterministic_continuous_actions", [null, 2])
        .ToArray();

    // Two inputs, of which one is scaled as it was in training, and two outputs.
    private static byte[] Pilot() => new OnnxFile()
        .Input("state", [null, 3])
        .Input("goal", [null, 2])
        .Node("Constant", [], ["mean"], ("value", OnnxFile.Tensor("", [3], [0.5f, -1, 2])))
        .Node("Sub", ["state", "mean"], ["centred"])
        .Node("Concat", ["centred", "goal"], ["x"], ("axis", 1))
        .Initializer("body.weight", [4, 5], [.. Enumerable.Range(0, 20).Select(i => 0.125f * (i % 7 - 3))])
        .Initializer("body.bias", [4], [0.1f, -0.2f, 0.3f, -0.4f])
        .Node("Gemm", ["x", "body.weight", "body.bias"], ["h"], ("transB", 1))
        .Node("Relu", ["h"], ["body"])
        .Initializer("action.weight", [2, 4], [0.5f, -1, 2, 0.25f, 1, -0.5f, 0.75f, -2])
        .Initializer("action.bias", [2], [0, 0.5f])
        .Node("Gemm", ["body", "action.weight", "action.bias"], ["move"], ("transB", 1))
        .Node("Tanh", ["move"], ["action"])
        .Initializer("value.weight", [1, 4], [1f, 2, 3, 4])
        .Initializer("value.bias", [1], [-0.5f])
        .Node("Gemm", ["body", "value.weight", "value.bias"], ["value"], ("transB", 1))
        .Output("action", [null, 2])
        .Output("value", [null, 1])
        .ToArray();

    private static byte[] Comparing() => new OnnxFile(opset: 13)
        .Input("x", [null, 2])
        .Node("IsNaN", ["x"], ["mask"])
        .Named("/IsNaN")
        .Node("Xor", ["mask", "mask"], ["y"])
        .Output("y", [null, 2])
        .ToArray();

    private static byte[] Sequence() => new OnnxFile()
        .Input("x", ["batch", "sequence"])
        .Node("Softmax", ["x"], ["y"])
        .Output("y", ["batch", "sequence"])
        .ToArray();

    private static byte[] Policy() => new OnnxFile()
        .Input("obs", [null, 3])
        .Initializer("0.weight", [2, 3], [0.5f, -1, 2, 0.25f, 1, -0.5f])
        .Initializer("0.bias", [2], [0.1f, -0.2f])
        .Node("Gemm", ["obs", "0.weight", "0.bias"], ["z"], ("transB", 1))
        .Node("Tanh", ["z"], ["action"])
        .Output("action", [null, 2])
        .ToArray();
}
