namespace NetGen.Generator;

/// <summary>How a layer is declared.</summary>
/// <param name="AttributeName">The metadata name of the layer's attribute.</param>
/// <param name="Parse">Reads the attribute; null where it is not usable, which the reader or the compiler has reported.</param>
internal sealed record LayerKind(string AttributeName, Func<AttributeReader, LayerModel?> Parse);

/// <summary>The layers. The parser knows them from this list alone.</summary>
internal static class LayerKinds
{
    public static EquatableArray<LayerKind> All { get; } = [DenseLayer.Kind];
}
