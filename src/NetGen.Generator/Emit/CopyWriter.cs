namespace NetGen.Generator;

/// <summary>Writes CopyParametersFrom, which brings parameters nearer to those of another network.</summary>
internal sealed class CopyWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    private readonly string _self = plan.Model.Type.Declaration.Reference;

    public void Write()
    {
        using (Member(
            $"public void CopyParametersFrom({_self} other, float amount = 1f)",
            "p ← p + amount·(q − p) for each parameter p and q of another network: a copy where the amount is 1. Nothing else is copied.",
            [("other", "the network that has q"), ("amount", "from 0 to 1")],
            throws: "There is no other network.",
            outOfRange: "The amount is not from 0 to 1."))
        {
            Writer.Line($"other = {Gradients}.Same<{_self}>(other, \"other\");");
            Writer.Line($"{Gradients}.CheckAmount(amount, \"amount\");");
            ParametersChanged();
            Writer.Line($"{Gradients}.Approach({Sums("_parameters")}, {Sums("other._parameters")}, amount);");
        }

        Writer.Line();
        Writer.Generated();
        Writer.Line($"void global::NetGen.INetwork.CopyParametersFrom(global::NetGen.INetwork other, float amount) => CopyParametersFrom({Gradients}.Same<{_self}>(other, \"other\"), amount);");
    }
}
