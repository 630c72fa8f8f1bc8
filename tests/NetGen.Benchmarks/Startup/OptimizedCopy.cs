using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Benchmarks.Startup;

/// <summary>
/// Copies generated files and marks methods with AggressiveOptimization: an experiment, to see what it would give if the
/// generator wrote it.
/// </summary>
internal static class OptimizedCopy
{
    private const string Names = "global::System.Runtime.CompilerServices.";
    private const string Mark = $"[{Names}MethodImpl({Names}MethodImplOptions.AggressiveOptimization)] ";

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
        int marked = 0;
        foreach (string file in Directory.EnumerateFiles(from, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            foreach (int position in Positions(text, methods).OrderDescending())
            {
                text = text.Insert(position, Mark);
                marked++;
            }

            File.WriteAllText(Path.Combine(to, Path.GetFileName(file)), text);
        }

        // Silence would measure the same thing twice.
        if (marked == 0)
        {
            throw new InvalidOperationException($"No generated method in {from} could be marked as optimised.");
        }
    }

    // What is inlined already has the attribute, and is compiled with its caller.
    private static IEnumerable<int> Positions(string text, OptimizedMethods methods) => CSharpSyntaxTree.ParseText(text)
        .GetRoot()
        .DescendantNodes()
        .OfType<MethodDeclarationSyntax>()
        .Where(m => m.Body is not null || m.ExpressionBody is not null)
        .Where(m => !m.AttributeLists.ToString().Contains("MethodImpl", StringComparison.Ordinal))
        .Where(m => methods == OptimizedMethods.All || IsKernel(m))
        .Select(m => m.SpanStart);

    // The methods of one width of vectors are in a class that is named after it.
    private static bool IsKernel(MethodDeclarationSyntax method) =>
        method.Parent is ClassDeclarationSyntax { Identifier.ValueText: "Vector512" or "Vector256" or "Vector128" };
}
