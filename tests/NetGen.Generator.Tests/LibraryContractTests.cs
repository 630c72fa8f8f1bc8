using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen.Generator.Tests;

/// <summary>What generated code finds in the library is what contract.txt promises to keep.</summary>
public sealed class LibraryContractTests
{
    private static readonly string[] Promised = File.ReadAllLines(RepositoryFile("tests/NetGen.Runtime.Tests/contract.txt"));

    [Fact]
    public void Generated_code_calls_nothing_else()
    {
        byte[] image = CompileHelper.Emit(
            [
                ("Networks.cs", """
                    #pragma warning disable NG0033, NG0034, NG0035
                    using NetGen;
                    [Network(9)] [Dense(17, Activation.Tanh)] [Dense(4)] public partial class Plain { }
                    [Network(9, Optimizer = Optimizer.Adam, ClipNorm = 1, Loss = Loss.CategoricalCrossEntropy)] [Dense(70, Activation.Gelu)] [Dense(4, Activation.Softmax)] public partial class Clipped { }
                    [Network(9, Training = false)] [Dense(4)] public partial class Predicts { }
                    [Network(9, Determinism = Determinism.CrossPlatform)] [Dense(4, Initializer = Initializer.HeNormal)] public partial class Anywhere { }
                    [OnnxNetwork("pilot.onnx", Training = true)] public partial class Pilot { }
                    """),
            ],
            RunOptions.Default with { Files = ModelFiles.All });
        using var file = new PEReader(new MemoryStream(image));
        (string Type, string Member)[] called = [.. Called(file.GetMetadataReader()).Distinct()];

        Assert.Contains(("NetGen.CompilerServices.Contract", "Requires"), called);
        Assert.Contains(("NetGen.CompilerServices.TileTeam", "TrainBatch"), called);
        Assert.All(called, call => Assert.True(
            Promised.Any(line => line.Contains($" {call.Type}: ", StringComparison.Ordinal) && (line.Contains($" {call.Member}(", StringComparison.Ordinal) || line.Contains($" {call.Member}[", StringComparison.Ordinal))),
            $"{call.Type}.{call.Member} is not in contract.txt."));
    }

    [Fact]
    public void The_generator_asks_for_the_version_that_the_library_has()
    {
        Assert.True(Contract.Requires(Tool.Contract));
        Assert.Throws<NotSupportedException>(() => Contract.Requires(Tool.Contract + 1));
    }

    // Attributes are the user's own text.
    private static IEnumerable<(string Type, string Member)> Called(MetadataReader metadata)
    {
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                continue;
            }

            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "NetGen.Runtime"
                && metadata.GetString(type.Name) is var name && !name.EndsWith("Attribute", StringComparison.Ordinal))
            {
                yield return ($"{metadata.GetString(type.Namespace)}.{name}", metadata.GetString(member.Name));
            }
        }
    }

    private static string RepositoryFile(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path);
}
