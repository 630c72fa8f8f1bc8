using System.Reflection;
using System.Runtime.Loader;

namespace NetGen.Testing;

/// <summary>Source text → loaded assembly, for tests that run what is generated.</summary>
public static class NetworkAssembly
{
    // Tests write what they test, not the usings that every project has.
    private const string Usings = "global using System;\nglobal using NetGen;\n";

    /// <summary>
    /// Compiles for .NET 10 with the generator; throws, with the diagnostics and the lines they are in, where there is
    /// any error or warning.
    /// </summary>
    public static Assembly Compile(string source) => Load(Emit(source));

    public static Assembly Compile(IEnumerable<(string Path, string Text)> sources, RunOptions options) =>
        Load(CompileHelper.Emit(sources, options));

    /// <summary>The same of text that was generated before.</summary>
    public static Assembly CompileGenerated(IEnumerable<(string Path, string Text)> sources) =>
        Load(CompileHelper.EmitGenerated(sources, RunOptions.Default));

    public static byte[] Emit(string source) =>
        CompileHelper.Emit([("Source.cs", source), ("Usings.cs", Usings)], RunOptions.Default);

    /// <summary>The assembly in a load context of its own.</summary>
    public static Assembly Load(byte[] image)
    {
        using var stream = new MemoryStream(image);
        return new AssemblyLoadContext("Networks", isCollectible: false).LoadFromStream(stream);
    }
}
