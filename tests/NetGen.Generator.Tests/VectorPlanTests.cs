namespace NetGen.Generator.Tests;

/// <summary>The plans for processors with vectors, read as data.</summary>
public class VectorPlanTests
{
    public static TheoryData<string> Shapes =>
    [
        "1-1", "1-1-1", "2-8-1", "3-4-5", "4-16-16-3", "5-1-7", "7-9-11-13", "16-16-16", "17-33-65-5", "64-32-10",
        "8-128-128-2", "250-128-5", "784-128-10", "3-65-4", "66-96-2", "20-129-130-7", "300-70-1", "100-260-40", "1-300-1", "260-1-260",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_vector_stays_in_its_tensor(string sizes)
    {
        foreach (string activation in new[] { "Tanh", "Linear", "Softmax" })
        {
            VectorBounds.AssertInside(Plan(Models.Of(sizes, activation, "Softmax", "CategoricalCrossEntropy")));
            VectorBounds.AssertInside(Plan(Models.Of(sizes, activation, loss: "RootMeanSquaredError", bias: false)));
        }
    }

    [Fact]
    public void Every_activation_and_loss_stays_in_its_tensors()
    {
        foreach (ActivationRow activation in Activations.All)
        {
            foreach (LossRow loss in Losses.All)
            {
                foreach (string sizes in new[] { "5-4-3", "3-40-13", "68-28-3-54-17", "1-1-1" })
                {
                    VectorBounds.AssertInside(Plan(Models.Of(sizes, activation.Name, activation.Name, loss.Name)));
                    VectorBounds.AssertInside(Plan(Models.Of(sizes, activation.Name, "Sigmoid", loss.Name, training: false, bias: false)));
                }
            }
        }
    }

    private static VectorPlan Plan(NetworkModel model) => Planner.Plan(model, LayerChain.Build(model), [16, 8, 4]).Vectors!;
}
