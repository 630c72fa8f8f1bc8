using System.Reflection;

namespace NetGen.Benchmarks.Generation;

/// <summary>A network that the generator and the compiler made of a shape while the program runs.</summary>
public sealed class CompiledNetwork(NetworkShape shape, Type network, Type loops)
{
    public NetworkShape Shape { get; } = shape;

    public INetwork Create() => (INetwork)Activator.CreateInstance(network)!;

    public NetworkLoops CreateLoops(float[] inputs, float[] targets, float[] outputs) =>
        (NetworkLoops)Activator.CreateInstance(loops, inputs, targets, outputs)!;

    /// <summary>The classes of a shape in an assembly.</summary>
    public static CompiledNetwork Of(NetworkShape shape, Assembly assembly) => new(
        shape,
        assembly.GetType(NetworkSource.ClassName(shape), throwOnError: true)!,
        assembly.GetType(NetworkSource.LoopsName(shape), throwOnError: true)!);

    public static CompiledNetwork Compile(NetworkShape shape) => Compile([shape])[0];

    public static IReadOnlyList<CompiledNetwork> Compile(IReadOnlyList<NetworkShape> shapes)
    {
        Assembly assembly = NetworkCompilation.Load(shapes.Select(NetworkSource.WithLoops));
        return [.. shapes.Select(shape => Of(shape, assembly))];
    }
}
