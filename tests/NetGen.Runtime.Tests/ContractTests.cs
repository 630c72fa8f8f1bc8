using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

/// <summary>
/// What compiled networks find in the library is written down in contract.txt, each line with the version that brought it.
/// What is there stays: a network that was compiled for a version runs with every library that has its lines.
/// </summary>
public class ContractTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Frozen = [.. File.ReadLines(PathOf("contract.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void WhatNetworksWereCompiledForIsThere()
    {
        HashSet<string> today = [.. Today()];
        string[] gone = [.. Frozen.Select(Signature).Where(line => !today.Contains(line))];
        Assert.True(gone.Length == 0, "Networks that are compiled already call what has gone or changed:\n" + string.Join('\n', gone));
    }

    [Fact]
    public void WhatNetworksAreCompiledForNowIsWrittenDown()
    {
        HashSet<string> frozen = [.. Frozen.Select(Signature)];
        string[] added = [.. Today().Where(line => !frozen.Contains(line))];
        Assert.True(
            added.Length == 0,
            "Add to contract.txt, with the next version if this one was released, and raise Contract.Version and Tool.Contract to it:\n" + string.Join('\n', added.Select(line => $"{Contract.Version} {line}")));
    }

    [Fact]
    public void TheVersionIsThatOfTheNewestLine() =>
        Assert.Equal(Contract.Version, Frozen.Max(line => int.Parse(line[..line.IndexOf(' ')], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void InterfacesNeverGrow()
    {
        // A class that was compiled before would not load. What comes later is an interface of its own, or an extension.
        string[] later = [.. Frozen.Where(line => !line.StartsWith("1 ", StringComparison.Ordinal) && Signature(line) is var text
            && (text.StartsWith("NetGen.IPredictor:", StringComparison.Ordinal) || text.StartsWith("NetGen.INetwork:", StringComparison.Ordinal)))];
        Assert.Empty(later);
    }

    [Fact]
    public void ANetworkForANewerLibraryIsRefused()
    {
        Assert.True(Contract.Requires(1));
        Assert.True(Contract.Requires(Contract.Version));
        string message = Assert.Throws<NotSupportedException>(() => Contract.Requires(Contract.Version + 1)).Message;
        Assert.Contains($"got one for version {Contract.Version + 1}", message);
    }

    private static string Signature(string line) => line[(line.IndexOf(' ') + 1)..];

    private static IEnumerable<string> Today() => typeof(Contract).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(Contract).Namespace || type == typeof(IPredictor) || type == typeof(INetwork) || type == typeof(BatchTargets))
        .SelectMany(Lines)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        string kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class";
        yield return $"{type.FullName}: {kind}";
        foreach (MemberInfo member in type.GetMembers(All))
        {
            if (member is MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or FieldInfo { IsPublic: true })
            {
                string modifiers = member switch
                {
                    MethodBase method => $"{(method.IsStatic ? "static " : "")}{(method.IsAbstract && !type.IsInterface ? "abstract " : "")}{(method.IsFamily ? "protected " : "")}",
                    FieldInfo field => field.IsStatic ? "static " : "",
                    _ => "",
                };
                yield return $"{type.FullName}: {modifiers}{member}";
            }
        }
    }

    private static string PathOf(string file, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, file);
}
