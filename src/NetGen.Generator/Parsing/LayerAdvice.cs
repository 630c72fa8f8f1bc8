using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Says where layers that are right one by one learn badly as they follow each other.</summary>
internal static class LayerAdvice
{
    /// <param name="attributes">Those of the layers, in their order.</param>
    public static IEnumerable<Diagnostic> Of(LayerChain chain, IReadOnlyList<AttributeReader> attributes)
    {
        int inputs = chain.Inputs;
        for (int i = 0; i < chain.Layers.Count - 1; i++)
        {
            LayerModel layer = chain.Layers[i];
            if (layer.StartsAtZero)
            {
                yield return attributes[i].Diagnose(Descriptors.ZerosInHiddenLayer, "Initializer");
            }

            // With fewer units than it has inputs and the next layer has units it is a bottleneck: two small weights in
            // place of a large one.
            int next = chain.Layers[i + 1].Units;
            if (Activations.Get(layer.Activation).IsIdentity && layer.Units >= Math.Min(inputs, next))
            {
                yield return attributes[i].Diagnose(Descriptors.LinearLayers, "activation");
            }

            inputs = layer.Units;
        }
    }
}
