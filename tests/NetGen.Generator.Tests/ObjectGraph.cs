using System.Reflection;

namespace NetGen.Generator.Tests;

/// <summary>Walks all that is reachable from an object.</summary>
internal static class ObjectGraph
{
    /// <summary>The path to the first object that keeps a compilation alive, or null.</summary>
    public static string? FindCompilerObject(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return Walk(root, "");

        string? Walk(object? value, string path)
        {
            // By "is", so that what derives from these is found too: a compilation is a CSharpCompilation.
            if (value is ISymbol or SyntaxNode or SyntaxToken or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location or Diagnostic or AttributeData)
            {
                return $"{path}: {value.GetType()}";
            }

            if (value is null or string or Type || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            {
                return null;
            }

            IEnumerable<(string Name, object? Value)> children = value is Array array
                ? array.Cast<object?>().Select(item => ("[]", item))
                : Fields(value.GetType()).Select(field => (field.Name, field.GetValue(value)));
            return children.Select(child => Walk(child.Value, $"{path}.{child.Name}")).FirstOrDefault(found => found is not null);
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
