using Microsoft.CodeAnalysis.CSharp;
using NetGen.Tool.Files;

namespace NetGen.Tool.Scaffold;

/// <summary>Names of classes and namespaces, given or made.</summary>
internal static class ClassNames
{
    private const string Otherwise = "Network";

    /// <summary>What is given, or the file's name as C# writes classes: my_policy.onnx is MyPolicy.</summary>
    public static string OfClass(string? given, InputFile file)
    {
        if (given is not null)
        {
            return IsIdentifier(given) ? given : throw Wrong("--name", given);
        }

        string[] words = [.. new string([.. Path.GetFileNameWithoutExtension(file.Name).Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) && c != '_' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        string name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return IsIdentifier(name) ? name : IsIdentifier(Otherwise + name) ? Otherwise + name : Otherwise;
    }

    public static string OfNamespace(string? given) =>
        given is null || given.Split('.').All(IsIdentifier) ? given ?? "" : throw Wrong("--namespace", given);

    private static bool IsIdentifier(string name) => SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private static ToolException Wrong(string option, string given) =>
        new($"{option} '{OneLine.Name(given)}': C# does not take that as a name", ExitCodes.WrongUsage);
}
