using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace NetGen.Unity.Tests;

/// <summary>
/// Loads assemblies by their paths, as a compiler loads analyzers and a player what was built: what they refer to comes from
/// beside them, and otherwise from this process.
/// </summary>
internal sealed class PackageLoader(params string[] known) : AssemblyLoadContext("package"), IAnalyzerAssemblyLoader
{
    public Assembly LoadFromPath(string fullPath) => LoadFromAssemblyPath(fullPath);

    public void AddDependencyLocation(string fullPath)
    {
    }

    protected override Assembly? Load(AssemblyName name) =>
        Array.Find(known, path => Path.GetFileNameWithoutExtension(path) == name.Name) is { } path ? LoadFromAssemblyPath(path) : null;
}
