namespace NetGen.Startup;

/// <summary>Calls all that is generated until it is compiled at its last tier: the benchmark reads the sizes from the runtime.</summary>
internal static class EveryMember
{
    private const int Rows = 64;
    private const int Rounds = 6;
    private const int TouchCalls = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    public static void Call(INetwork network)
    {
        float[] inputs = new float[Rows * network.InputCount], outputs = new float[Rows * network.OutputCount];
        float[] input = new float[network.InputCount], output = new float[network.OutputCount], parameters = new float[network.ParameterCount];
        const float Rate = 1e-3f;
        for (int round = 0; round < Rounds; round++)
        {
            for (int call = 0; call < TouchCalls; call++)
            {
                network.Initialize((ulong)call);
                network.Forward(input, output);
                network.Backward(output);
                network.Backward(output, input);
                network.SgdStep(Rate);
                network.Forward(input, output);
                network.BackwardFrom(output);
                network.BackwardFrom(output, input);
                network.Step(Rate);
                network.TrainStep(input, output, Rate);
                network.ForwardBatch(inputs, outputs);
                network.TrainBatch(inputs, outputs, Rate);
                network.Evaluate(inputs, outputs);
                network.GetParameters(parameters);
                network.SetParameters(parameters);
                network.GetGradients(parameters);
                network.ClearGradients();
                network.ResetOptimizer();
                network.ReleaseThreads();
            }

            Thread.Sleep(Pause);
        }
    }
}
