using System.Reflection;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>Networks from one compilation, which runs when the first of them is asked for.</summary>
public sealed class CompiledNetworks(string space, Func<string> source)
{
    // Tests compile what nobody should write: softmax in the middle, or over one unit, or with a loss for regression, and the
    // like.
    private const string Pragma = "#pragma warning disable NG0015, NG0016, NG0017, NG0018, NG0019, NG0033, NG0034, NG0035\n";

    private readonly Lazy<Assembly> _assembly = new(() => NetworkAssembly.Load(Image(Pragma + source())));

    public CompiledNetworks(string space, IEnumerable<NetworkSpec> networks)
        : this(space, () => $"namespace {space}\n{{\n{string.Join('\n', networks.Select(n => n.Declare()))}}}\n")
    {
    }

    public Type Type(string name) => _assembly.Value.GetType($"{space}.{name}", throwOnError: true)!;

    public INetwork Create(string name) => (INetwork)Activator.CreateInstance(Type(name))!;

    public IPredictor CreatePredictor(string name) => (IPredictor)Activator.CreateInstance(Type(name))!;

    private static byte[] Image(string text) => CompiledImages.GetOrCompile(text, () => NetworkAssembly.Emit(text));
}
