namespace NetGen.Generator;

/// <summary>
/// What the user's compilation offers to generated code: symbols that exist there, never the name of a target.
/// A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.
/// </summary>
/// <param name="HasMathF">There is System.MathF with Sqrt and Abs.</param>
internal sealed record ConsumerModel(bool HasMathF);
