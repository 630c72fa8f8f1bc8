namespace NetGen.Generator;

/// <summary>Writes the public members: they check their arguments and call the mathematics.</summary>
internal static class ContractWriter
{
    public static string Interface(ClassPlan plan) => plan.Model.Training ? "global::NetGen.INetwork" : "global::NetGen.IPredictor";

    public static void Write(ClassPlan plan, CodeWriter writer)
    {
        new StateWriter(plan, writer).Write();
        new SavingWriter(plan, writer).Write();
        new PredictionWriter(plan, writer).Write();
        if (plan.Model.Training)
        {
            new GradientsWriter(plan, writer).Write();
            new GradientDataWriter(plan, writer).Write();
            new BatchGradientsWriter(plan, writer).Write();
            new CopyWriter(plan, writer).Write();
            new StepsWriter(plan, writer).Write();
            new TilesWriter(plan, writer).Write();
            new TeamWriter(plan, writer).Write();
        }
    }
}
