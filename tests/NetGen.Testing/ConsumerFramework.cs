using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NetGen.Testing;

/// <summary>What a consumer of NetGen compiles against.</summary>
public enum ConsumerFramework
{
    Net10,
    Net8,
    NetStandard20,
}

/// <summary>The reference assemblies of a framework and the NetGen.Runtime.dll that NuGet would choose there.</summary>
public static class ConsumerReferences
{
    private static readonly ConcurrentDictionary<ConsumerFramework, ImmutableArray<MetadataReference>> Cache = new();

    public static ImmutableArray<MetadataReference> Of(ConsumerFramework framework) => Cache.GetOrAdd(framework, static key =>
    {
        string name = key switch
        {
            ConsumerFramework.Net10 => "net10.0",
            ConsumerFramework.Net8 => "net8.0",
            _ => "netstandard2.0",
        };
        string folder = Path.Combine(AppContext.BaseDirectory, "refs", name);
        return
        [
            .. Directory.EnumerateFiles(folder, "*.dll")
                .Order(StringComparer.Ordinal)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    });
}
