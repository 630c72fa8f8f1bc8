namespace NetGen;

/// <summary>Whether layers become straight-line code or loops. The header of the generated file says what was chosen.</summary>
public enum Unroll
{
    /// <summary>Small layers are written out, wide ones loop: whichever is faster.</summary>
    Auto,

    /// <summary>Every layer that the just-in-time compiler can still optimise is written out; larger ones loop.</summary>
    Full,

    /// <summary>Every layer loops: the smallest code.</summary>
    Loops,
}
