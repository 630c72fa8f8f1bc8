using System.Reflection;

namespace NetGen.Testing;

/// <summary>Source text → loaded assembly, for tests that run what is generated.</summary>
public static class NetworkAssembly
{
    /// <summary>
    /// Compiles for .NET 10 with the generator; throws, with the diagnostics and the generated text, where there is
    /// any error or warning.
    /// </summary>
    public static Assembly Compile(string source) => Compile(source, RunOptions.Default);

    public static Assembly Compile(string source, RunOptions options)
    {
        // Tests write what they test, not the usings that every project has.
        const string Usings = "global using System;\nglobal using NetGen;\n";
        return CompileHelper.Run([("Source.cs", source), ("Usings.cs", Usings)], options).Load();
    }
}
