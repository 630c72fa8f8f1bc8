using System.Reflection;
using System.Security.Cryptography;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Networks of many files from one compilation, which runs when the first of them is asked for.</summary>
internal sealed class OnnxNetworks
{
    private const string Adapters = "Adapters";

    private static readonly Lazy<string> Folder = new(TemporaryFolder);
    private static int _folders;

    private readonly Lazy<Assembly> _assembly;

    public OnnxNetworks(IReadOnlyList<OnnxCase> cases) => _assembly = new(() => NetworkAssembly.Load(Image(cases)));

    /// <summary>The same in compilations of so many: a long one is no faster.</summary>
    public static IReadOnlyDictionary<string, OnnxNetworks> Of(IEnumerable<OnnxCase> cases, int each) => cases
        .Chunk(each)
        .SelectMany(chunk => new OnnxNetworks(chunk) is var networks ? chunk.Select(c => (c.Name, networks)) : [])
        .ToDictionary(p => p.Name, p => p.networks);

    public IPredictor Create(string name) => (IPredictor)Activator.CreateInstance(_assembly.Value.GetType(name, throwOnError: true)!)!;

    /// <summary>The Forward of a network with several inputs or outputs that takes a span for each; null for others.</summary>
    public Action<float[][], float[][]>? Ports(IPredictor network) =>
        _assembly.Value.GetType(Adapters)?.GetMethod(network.GetType().Name)?.CreateDelegate<Action<object, float[][], float[][]>>() is { } adapter
            ? (inputs, outputs) => adapter(network, inputs, outputs)
            : null;

    private static byte[] Image(IReadOnlyList<OnnxCase> cases)
    {
        IEnumerable<OnnxCase> several = cases.Where(c => c.Inputs.Count() > 1 || c.Outputs.Count > 1);
        string source = $"{string.Concat(cases.Select(c => c.Declare()))}public static class {Adapters}\n{{\n{string.Concat(several.Select(c => c.DeclareAdapter()))}}}\n";
        string content = string.Concat(cases.Select(c => $"// {c.Name}: {Convert.ToHexString(SHA256.HashData(c.File))}\n"));
        return CompiledImages.GetOrCompile(content + source, () =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(Folder.Value, $"{Interlocked.Increment(ref _folders)}")).FullName;
            string[] paths = [.. cases.Select(c => Path.Combine(folder, c.Name + ".onnx"))];
            for (int i = 0; i < paths.Length; i++)
            {
                File.WriteAllBytes(paths[i], cases[i].File);
            }

            return CompileHelper.Emit([("Networks.cs", source)], RunOptions.Default with { Files = paths });
        });
    }

    private static string TemporaryFolder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-onnx-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }
}
