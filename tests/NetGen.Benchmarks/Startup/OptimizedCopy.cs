using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Benchmarks.Startup;

/// <summary>
/// Copies generated files and marks other methods with AggressiveOptimization than the generator does: an experiment, to
/// see what its choice is worth.
/// </summary>
internal static class OptimizedCopy
{
    private const string Names = "global::System.Runtime.CompilerServices.";
    private const string Mark = $"[{Names}MethodImpl({Names}MethodImplOptions.AggressiveOptimization)]";

    /// <param name="from">Searched with its subfolders.</param>
    /// <param name="to">Written anew.</param>
    /// <param name="methods">Which to mark.</param>
    public static void Write(string from, string to, OptimizedMethods methods)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        Directory.CreateDirectory(to);
        bool hasChanged = false;
        foreach (string file in Directory.EnumerateFiles(from, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            string copy = methods == OptimizedMethods.None ? text.Replace(Mark, "", StringComparison.Ordinal) : Marked(text);
            hasChanged |= copy != text;
            File.WriteAllText(Path.Combine(to, Path.GetFileName(file)), copy);
        }

        // Silence would measure the same thing twice.
        if (!hasChanged)
        {
            throw new InvalidOperationException($"No generated method in {from} could be marked otherwise.");
        }
    }

    // What is inlined has an attribute, and is compiled with its caller.
    private static string Marked(string text)
    {
        IEnumerable<int> unmarked = CSharpSyntaxTree.ParseText(text)
            .GetRoot()
            .DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Where(m => m.Body is not null || m.ExpressionBody is not null)
            .Where(m => !m.AttributeLists.ToString().Contains("MethodImpl", StringComparison.Ordinal))
            .Select(m => m.SpanStart);
        return unmarked.OrderDescending().Aggregate(text, (marked, position) => marked.Insert(position, Mark + " "));
    }
}
