using System.IO.Compression;
using System.Text.RegularExpressions;
using static NetGen.Package.Tests.FreshProject;

namespace NetGen.Package.Tests;

/// <summary>The package's README as a program.</summary>
public class ReadmeProgramTests(PackedPackage package)
{
    [Fact]
    public void The_readme_is_true()
    {
        string readme = Readme();

        // A listing that leaves something out is of generated code.
        string[] blocks =
        [
            .. Regex.Matches(readme, @"```csharp\n(?:using NetGen;\n)?(.*?)```", RegexOptions.Singleline)
                .Select(match => match.Groups[1].Value)
                .Where(block => !block.Contains('…', StringComparison.Ordinal)),
        ];
        ILookup<bool, string> declares = blocks.ToLookup(block => block.Contains("partial class", StringComparison.Ordinal));
        Assert.True(declares[true].Any() && declares[false].Any(), "README.md should declare networks and then use them.");

        // What PyTorch would have written, the program writes.
        string program = $"""
            using NetGen;

            float[] pixels = new float[64], inputs = new float[20 * 64], target = new float[10], targets = new float[20 * 10], outputs = new float[20 * 10];
            int[] classes = new int[20];
            var policy = new Policy();
            policy.Save("policy.safetensors");
            {string.Concat(declares[false])}
            {string.Concat(declares[true])}
            """;
        string item = Regex.Match(readme, "<AdditionalFiles Include=.*?/>").Value;
        string folder = package.CreateProject("net10.0", "<OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>", item, ("Program.cs", program));
        Build(folder);

        string output = Dotnet.Run(folder, Path.Combine("bin", "Release", "net10.0", "Fresh.dll"));

        Assert.Contains(" epochs, best loss ", output, StringComparison.Ordinal);
    }

    private string Readme()
    {
        using ZipArchive zip = package.Open();
        using var reader = new StreamReader(zip.GetEntry("README.md")!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
