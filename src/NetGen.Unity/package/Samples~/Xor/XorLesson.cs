using NetGen;
using UnityEngine;

namespace XorSample
{
    /// <summary>Add this to an object of a scene and press play: it learns exclusive or, and prints what it learned.</summary>
    public sealed class XorLesson : MonoBehaviour
    {
        private readonly float[] _inputs = { 0, 0, 0, 1, 1, 0, 1, 1 };
        private readonly float[] _targets = { 0, 1, 1, 0 };
        private readonly float[] _outputs = new float[4];

        private void Start()
        {
            var network = new XorNetwork();
            var trainer = new Trainer(network) { Epochs = 1000, BatchSize = 4, LearningRate = 0.05f };
            TrainingResult result = trainer.Train(_inputs, _targets);
            network.ForwardBatch(_inputs, _outputs);
            for (int row = 0; row < _outputs.Length; row++)
            {
                Debug.Log($"{_inputs[2 * row]} xor {_inputs[(2 * row) + 1]} = {_outputs[row]:F3}");
            }

            Debug.Log(result);
        }
    }

    [Network(2, Loss = Loss.BinaryCrossEntropy, Optimizer = Optimizer.Adam)]
    [Dense(8, Activation.Tanh)]
    [Dense(1, Activation.Sigmoid)]
    internal partial class XorNetwork
    {
    }
}
