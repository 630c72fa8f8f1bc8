using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Says where a loss and the last layer's activation do not go together.</summary>
internal static class LossChecks
{
    /// <param name="outputs">How many there are.</param>
    public static IEnumerable<Diagnostic> Of(LossRow loss, AttributeReader network, ActivationRow activation, int outputs)
    {
        if (!loss.NeedsProbability)
        {
            // Softmax over one unit is reported already, and no loss would mend it.
            if (activation.IsDistribution && outputs > 1)
            {
                string better = Losses.All.First(row => row.FusedActivation == activation.Name).Name;
                yield return network.Diagnose(Descriptors.SoftmaxWithRegressionLoss, "Loss", activation.Name, loss.Name, better);
            }
            else if (activation.IsRectifier)
            {
                yield return network.Diagnose(Descriptors.RectifierWithRegressionLoss, "Loss", activation.Name, loss.Name, Activations.All[0].Name);
            }

            yield break;
        }

        bool needsDistribution = loss.FusedActivation is { } fused && Activations.Get(fused).IsDistribution;
        if (needsDistribution ? !activation.IsDistribution : !activation.IsProbability)
        {
            yield return network.Diagnose(
                needsDistribution ? Descriptors.LossNeedsDistribution : Descriptors.LossNeedsProbability,
                "Loss",
                loss.Name,
                activation.Name,
                loss.FusedActivation ?? Activations.All.First(row => row.IsProbability).Name);
        }
    }
}
