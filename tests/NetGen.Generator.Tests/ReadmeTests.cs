using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests;

/// <summary>What the readme shows compiles when it is pasted.</summary>
public class ReadmeTests
{
    [Fact]
    public void TheFirstListingIsAFileOfItsOwnAndTheOthersUseIt()
    {
        string root = Path.Combine(Path.GetDirectoryName(Folder())!, "..", "..");
        string readme = File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n");
        string[] listings = [.. Regex.Matches(readme, @"```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value)
            .Where(listing => !listing.Contains('…', StringComparison.Ordinal))];
        (string[] declarations, string[] statements) = (
            [.. listings.Where(listing => listing.Contains("partial class", StringComparison.Ordinal))],
            [.. listings.Where(listing => !listing.Contains("partial class", StringComparison.Ordinal))]);
        // What leaves something out is generated text, which another test holds to it.
        Assert.StartsWith("using NetGen;\n", declarations[0], StringComparison.Ordinal);

        // The others go on from each other, as a reader does, in a project with implicit usings.
        string others = $$"""
            using System;
            using System.IO;
            using NetGen;

            {{string.Join('\n', declarations.Skip(1))}}

            internal static class Reader
            {
                public static void Read(float[] pixels, float[] target, float[] inputs, float[] targets, float[] outputs, int[] classes, Policy policy)
                {
                    {{string.Join('\n', statements)}}
                }
            }
            """;
        CompileHelper.Emit(
            [("First.cs", declarations[0]), ("Others.cs", others)],
            RunOptions.Default with { Files = [Path.Combine(root, "samples", "FromPyTorch", "policy.onnx")] });
    }

    private static string Folder([CallerFilePath] string file = "") => file;
}
