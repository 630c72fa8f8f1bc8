using System.Diagnostics;
using FromPyTorch;
using NetGen;

var first = new Cart(Mass: 1, PoleMass: 0.1f, HalfLength: 0.5f, Motor: 10);
var changed = new Cart(Mass: 1, PoleMass: 0.2f, HalfLength: 1, Motor: 5);
float[] starts = Cart.Starts(100);
string data = AppContext.BaseDirectory;

// The weights of policy.onnx were compiled in. A file of weights alone replaces them in the running program.
var policy = new Policy();
float[] compiled = new float[Policy.ParameterCount], loaded = new float[Policy.ParameterCount];
policy.GetParameters(compiled);
policy.Load(Path.Combine(data, "policy.safetensors"));
policy.GetParameters(loaded);
string verdict = compiled.SequenceEqual(loaded) ? "the same" : "not the same";
Console.WriteLine($"The policy has {Policy.ParameterCount} weights, {verdict} in policy.onnx and policy.safetensors.");
Console.WriteLine($"On the cart it was trained for, the pole stays up in {first.CountBalanced(policy, starts)} of 100 rides.");
Console.WriteLine($"With a pole twice as long and heavy, and half the motor, in {changed.CountBalanced(policy, starts)} of 100.");

var recording = Recording.Read(Path.Combine(data, "recordings.csv"));
float before = policy.Evaluate(recording.States, recording.Actions);
var trainer = new Trainer(policy)
{
    Epochs = 40,
    LearningRate = 0.003f,
    Schedule = LearningRateSchedule.Cosine(),
    Seed = 1,
};
var clock = Stopwatch.StartNew();
TrainingResult result = trainer.Train(recording.States, recording.Actions);
Console.WriteLine(
    $"Trained on with {recording.Actions.Length} decisions of another controller for {clock.Elapsed.TotalSeconds:F2} s: " +
    $"mean squared error {before:F4} before, {result.BestLoss:F4} after.");
Console.WriteLine($"With that pole and that motor, it now stays up in {changed.CountBalanced(policy, starts)} of 100.");
Console.WriteLine($"A decision takes {NanosecondsOfDecision(policy, starts):F0} ns.");

// The weights, the network, and what it answers, for check.py.
float[] answers = new float[starts.Length / Policy.InputCount];
policy.ForwardBatch(starts, answers);
policy.Save("tuned.safetensors");
policy.ExportOnnx("tuned.onnx");
new Recording(starts, answers).Write("tuned.csv");
Console.WriteLine("Wrote tuned.safetensors, tuned.onnx and tuned.csv.");

// The rides have warmed it up, and the median of some rounds does not notice what else the machine does.
static double NanosecondsOfDecision(Policy policy, float[] states)
{
    const int Rounds = 21, Repetitions = 100;
    float[] action = new float[Policy.OutputCount];
    double[] rounds = new double[Rounds];
    for (int round = 0; round < Rounds; round++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            for (int i = 0; i < states.Length; i += Policy.InputCount)
            {
                policy.Forward(states.AsSpan(i, Policy.InputCount), action);
            }
        }

        rounds[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds * Policy.InputCount / (Repetitions * states.Length);
    }

    Array.Sort(rounds);
    return rounds[Rounds / 2];
}
