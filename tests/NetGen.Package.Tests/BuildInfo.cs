using System.Reflection;

namespace NetGen.Package.Tests;

/// <summary>What the project file knows of this build: see its <c>AssemblyMetadata</c>.</summary>
internal static class BuildInfo
{
    public static string Get(string key) => typeof(BuildInfo).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
