namespace NetGen.Unity.Tests;

/// <summary>Scripts of a game, in C# 9.</summary>
internal static class Scripts
{
    /// <summary>Of each kind of network one in either mode, small ones and one whose layers are loops.</summary>
    public const string Networks = """
        using NetGen;

        namespace Game
        {
            [Network(2, Loss = Loss.BinaryCrossEntropy, Optimizer = Optimizer.Adam)]
            [Dense(8, Activation.Tanh)]
            [Dense(1, Activation.Sigmoid)]
            public partial class Xor
            {
            }

            [Network(2, Loss = Loss.BinaryCrossEntropy, Optimizer = Optimizer.Adam, Determinism = Determinism.CrossPlatform)]
            [Dense(8, Activation.Tanh)]
            [Dense(1, Activation.Sigmoid)]
            public partial class XorEverywhere
            {
            }

            [Network(40, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.RmsProp, Determinism = Determinism.CrossPlatform)]
            [Dense(100, Activation.Gelu)]
            [Dense(10, Activation.Softmax)]
            public partial class Wide
            {
            }

            [Network(4, Training = false)]
            [Dense(16, Activation.Relu)]
            [Dense(3)]
            public partial class Predictor
            {
            }

            [Network(4, Training = false, Determinism = Determinism.CrossPlatform)]
            [Dense(16, Activation.Relu)]
            [Dense(3)]
            public partial class PredictorEverywhere
            {
            }

            [Network(4, Simd = Simd.Vector256)]
            [Dense(16, Activation.Tanh)]
            public partial class Limited
            {
            }
        }

        """;

    /// <summary>The same of a file.</summary>
    public const string Policies = """
        using NetGen;

        namespace Game
        {
            [OnnxNetwork("policy.onnx")]
            public partial class Policy
            {
            }

            [OnnxNetwork("policy.onnx", Training = true, Determinism = Determinism.CrossPlatform)]
            public partial class PolicyEverywhere
            {
            }
        }

        """;

    /// <summary>What a game does with them.</summary>
    public const string Lesson = """
        using NetGen;

        namespace Game
        {
            public static class Lesson
            {
                public static float[] Learn(INetwork network)
                {
                    float[] inputs = { 0, 0, 0, 1, 1, 0, 1, 1 };
                    var trainer = new Trainer(network) { Epochs = 1000, BatchSize = 4, LearningRate = 0.05f };
                    trainer.Train(inputs, new float[] { 0, 1, 1, 0 });
                    var outputs = new float[4];
                    network.ForwardBatch(inputs, outputs);
                    return outputs;
                }

                public static float[] LearnHere() => Learn(new Xor());

                public static float[] LearnEverywhere() => Learn(new XorEverywhere());
            }
        }

        """;

    /// <summary>As much of the engine as the sample uses.</summary>
    public const string Engine = """
        namespace UnityEngine
        {
            public class MonoBehaviour
            {
            }

            public static class Debug
            {
                public static System.Collections.Generic.List<string> Lines { get; } = new System.Collections.Generic.List<string>();

                public static void Log(object message) => Lines.Add(message.ToString());
            }
        }

        """;
}
