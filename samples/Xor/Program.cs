using NetGen;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0], outputs = new float[4];
var network = new XorNetwork();
for (int step = 0; step < 5000; step++)
{
    network.TrainBatch(inputs, targets, learningRate: 1f);
}

network.ForwardBatch(inputs, outputs);
for (int row = 0; row < 4; row++)
{
    Console.WriteLine($"{inputs[2 * row]} xor {inputs[(2 * row) + 1]} = {outputs[row]:F3}");
}

[Network(2)]
[Dense(8, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
internal partial class XorNetwork;
