using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace NetGen.Unity.Tests;

/// <summary>What came of compiling scripts.</summary>
/// <param name="Compilation">With what was generated.</param>
/// <param name="Problems">Errors and warnings, of the compiler and of the package's.</param>
/// <param name="Generated">The paths of what was generated.</param>
internal sealed record UnityBuild(Compilation Compilation, ImmutableArray<string> Problems, ImmutableArray<string> Generated)
{
    /// <summary>Whether a class has a method that was not written by hand.</summary>
    public bool Has(string type, string method) => Compilation.GetTypeByMetadataName(type)!
        .GetMembers(method)
        .Any(member => member.DeclaringSyntaxReferences.Any(reference => Generated.Contains(reference.SyntaxTree.FilePath)));

    public void Write(string path)
    {
        EmitResult result = Compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
