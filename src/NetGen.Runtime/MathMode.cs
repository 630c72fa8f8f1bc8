namespace NetGen;

/// <summary>How accurate elementary functions are. The generated file says the error of each that it uses.</summary>
public enum MathMode
{
    /// <summary>Exponential, tanh and sigmoid are off by at most 2 units in the last place.</summary>
    Accurate,

    /// <summary>tanh may be off by 6 units in the last place, and takes a third of the operations.</summary>
    Fast,
}
