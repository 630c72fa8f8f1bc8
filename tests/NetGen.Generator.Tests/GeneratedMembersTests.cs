namespace NetGen.Generator.Tests;

/// <summary>The list of names that collide is that of the names that are written.</summary>
public class GeneratedMembersTests
{
    [Fact]
    public void Lists_what_the_emitter_declares()
    {
        GeneratorRun run = CompileHelper.Run(
            [("Catalogue.cs", NetworkSources.All), ("Pilot.cs", """[NetGen.OnnxNetwork("pilot.onnx")] partial class Pilot { }""")],
            RunOptions.Default with { Files = ModelFiles.All });
        NetworkModel[] networks = [.. Steps.Networks(run).Select(n => n!)];
        var unseen = GeneratedMembers.All.ToHashSet();
        foreach (NetworkModel network in networks)
        {
            GeneratedMember[] listed = [.. GeneratedMembers.All.Where(m => (network.Source is OnnxFrontEnd || !m.IsOfFile) && (network.Training || !m.Trains))];
            foreach (ISymbol member in Generated(run.Output.GetTypeByMetadataName(network.Type.FullName)!))
            {
                GeneratedMember? found = listed.FirstOrDefault(m => m.Name == member.Name && Matches(m, member));
                Assert.True(found is not null, $"{member.ToDisplayString()} is not in {nameof(GeneratedMembers)}.");
                unseen.Remove(found);
            }
        }

        Assert.Empty(unseen);
    }

    // An explicit implementation takes no name in the class; an accessor goes with its property. Only the file knows how
    // many spans Forward takes beside the two: an overload of the user's that is the same is the compiler's CS0111.
    private static IEnumerable<ISymbol> Generated(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        !member.IsImplicitlyDeclared
        && member.Locations.Any(l => GeneratedMembers.IsOurs(l.SourceTree!))
        && !member.Name.Contains('.', StringComparison.Ordinal)
        && member is not IMethodSymbol { Name: "Forward", Parameters.Length: > 2 }
        && member is not IMethodSymbol { AssociatedSymbol: not null });

    private static bool Matches(GeneratedMember listed, ISymbol member) =>
        listed.Parameters is not { } types
        || (member is IMethodSymbol method
            && method.Parameters.Select(p => p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).SequenceEqual(types));
}
