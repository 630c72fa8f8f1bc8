namespace NetGen.Generator.Tests;

/// <summary>The list of names that collide is that of the names that are written.</summary>
public class GeneratedMembersTests
{
    [Fact]
    public void Lists_what_the_emitter_declares()
    {
        GeneratorRun run = CompileHelper.Run(NetworkSources.All);
        NetworkModel[] networks = [.. Steps.Values<NetworkModel>(run, TrackingNames.Parse).Select(n => n!)];
        var unseen = GeneratedMembers.All.Where(m => !m.IsOfFile).ToHashSet();
        foreach (NetworkModel network in networks)
        {
            GeneratedMember[] listed = [.. GeneratedMembers.All.Where(m => !m.IsOfFile && (network.Training || !m.Trains))];
            foreach (ISymbol member in Generated(run.Output.GetTypeByMetadataName(network.Type.FullName)!))
            {
                GeneratedMember? found = listed.FirstOrDefault(m => m.Name == member.Name && Matches(m, member));
                Assert.True(found is not null, $"{member.ToDisplayString()} is not in {nameof(GeneratedMembers)}.");
                unseen.Remove(found);
            }
        }

        Assert.Empty(unseen);
    }

    // An explicit implementation takes no name in the class; an accessor goes with its property.
    private static IEnumerable<ISymbol> Generated(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        !member.IsImplicitlyDeclared
        && member.Locations.Any(l => GeneratedMembers.IsOurs(l.SourceTree!))
        && !member.Name.Contains('.', StringComparison.Ordinal)
        && member is not IMethodSymbol { AssociatedSymbol: not null });

    private static bool Matches(GeneratedMember listed, ISymbol member) =>
        listed.Parameters is not { } types
        || (member is IMethodSymbol method
            && method.Parameters.Select(p => p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).SequenceEqual(types));
}
