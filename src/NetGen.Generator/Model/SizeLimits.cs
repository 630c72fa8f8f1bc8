namespace NetGen.Generator;

/// <summary>How large a network can be, whatever it is compiled from.</summary>
internal static class SizeLimits
{
    /// <summary>
    /// 2²⁸ parameters are 1 GiB of weights, and training with Adam holds four times that. An array of float could hold no
    /// more than 2³¹ − 57 in any case.
    /// </summary>
    public const long MostParameters = 1L << 28;

    /// <summary>All layers together. A batch keeps some six values of each unit, and eight rows or more: arrays hold those of 2²⁴ units.</summary>
    public const int MostUnits = 1 << 24;

    /// <summary>What is wrong with so many parameters; null where nothing is.</summary>
    public static string? Fault(long parameters) => parameters <= MostParameters ? null : FormattableString.Invariant(
        $"it has {parameters:N0} parameters, and {MostParameters:N0} are the most a network can have");
}
