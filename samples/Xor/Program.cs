using NetGen;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0];

var network = new XorNetwork();
for (int step = 0; step < 5000; step++)
{
    network.TrainBatch(inputs, targets, learningRate: 1f);
}

Span<float> output = stackalloc float[XorNetwork.OutputCount];
for (int row = 0; row < targets.Length; row++)
{
    ReadOnlySpan<float> input = inputs.AsSpan(row * XorNetwork.InputCount, XorNetwork.InputCount);
    network.Forward(input, output);
    Console.WriteLine($"{input[0]} xor {input[1]} = {output[0]:F3}");
}

[Network(2)]
[Dense(8, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
internal partial class XorNetwork;
