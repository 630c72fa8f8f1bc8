using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Reads the arguments of one attribute, whatever state its source is in, and reports those that cannot be.
/// Where the compiler itself rejects an argument, nothing is added to its error.
/// </summary>
internal sealed class AttributeReader(AttributeData attribute, List<Diagnostic> diagnostics, CancellationToken cancellation)
{
    private AttributeSyntax? _syntax;

    /// <summary>Where the attribute stands; null for one that is not in source.</summary>
    public AttributeSyntax? Syntax =>
        _syntax ??= attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>Whether the attribute is the library's, and not one of the same name that the program declares.</summary>
    public bool IsOurs => attribute.AttributeClass?.DeclaringSyntaxReferences.IsEmpty == true;

    /// <summary>The location of the whole attribute.</summary>
    public Location Location => Syntax?.GetLocation() ?? Location.None;

    /// <summary>Whether the source gives the argument, rather than leaving its default.</summary>
    public bool Has(string name) => FindSyntax(name) is not null;

    /// <summary>Where an argument's expression stands; the attribute where it is not given.</summary>
    public Location Locate(string name) => FindSyntax(name)?.Expression.GetLocation() ?? Location;

    /// <summary>A number of things, at least 1; null where it is not usable.</summary>
    public int? Count(string name, DiagnosticDescriptor tooFew)
    {
        if (Find(name)?.Value is not int count)
        {
            return null;
        }

        if (count >= 1)
        {
            return count;
        }

        Report(tooFew, name, count.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>A boolean, or what it is when it is left out; null where it does not bind, which the compiler reports.</summary>
    public bool? Flag(string name, bool otherwise) => Find(name) is { } constant ? constant.Value as bool? : otherwise;

    /// <summary>What a layer is called in files of weights; null where it is left out, or no name.</summary>
    public string? LayerName(string name)
    {
        if (Find(name)?.Value is not string given)
        {
            return null;
        }

        if (ModuleNames.Fault(given) is not { } fault)
        {
            return given;
        }

        Report(Descriptors.LayerName, name, Literal.Of(given), fault);
        return null;
    }

    /// <summary>The row of a catalogue at the enum's value; null where there is none.</summary>
    /// <param name="otherwise">The row's name where the argument is left out.</param>
    public T? Row<T>(string name, IReadOnlyList<T> rows, Func<T, string> rowName, string otherwise)
        where T : class
    {
        if (Find(name) is not { } constant)
        {
            return attribute.AttributeConstructor is null ? null : rows.Single(row => rowName(row) == otherwise);
        }

        // An attribute of the same name from elsewhere may have something else here.
        if (constant.Kind != TypedConstantKind.Enum || constant.Value is not int value)
        {
            return null;
        }

        if (value >= 0 && value < rows.Count)
        {
            return rows[value];
        }

        string type = constant.Type?.Name ?? name;
        Report(Descriptors.UndefinedValue, name, type, value.ToString(CultureInfo.InvariantCulture), string.Join(", ", rows.Select(rowName)));
        return null;
    }

    /// <summary>The value of an enum that mirrors one of the runtime; the first if nothing is said.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        string[] names = Enum.GetNames(typeof(T));
        return Row(name, names, choice => choice, otherwise: names[0]) is { } chosen ? (T)Enum.Parse(typeof(T), chosen) : null;
    }

    /// <summary>A number; null where it is left out, or does not bind.</summary>
    public float? Single(string name) => attribute.NamedArguments.FirstOrDefault(named => named.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: float value }
        ? value
        : null;

    /// <summary>A text; null where it is not usable.</summary>
    public string? Text(string name) => Find(name)?.Value as string;

    /// <summary>The texts of an array; none where it is left out.</summary>
    public EquatableArray<string> Texts(string name) => attribute.NamedArguments.FirstOrDefault(named => named.Key == name).Value is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(value => value.Value as string ?? "").ToEquatableArray()
        : [];

    /// <summary>Reports about an argument.</summary>
    public void Report(DiagnosticDescriptor descriptor, string name, params object[] arguments) =>
        diagnostics.Add(Diagnose(descriptor, name, arguments));

    /// <summary>What there is to say about an argument.</summary>
    public Diagnostic Diagnose(DiagnosticDescriptor descriptor, string name, params object[] arguments) =>
        Diagnostic.Create(descriptor, Locate(name), arguments);

    private TypedConstant? Find(string name)
    {
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            if (named.Key == name)
            {
                return named.Value.Kind == TypedConstantKind.Array ? default : named.Value;
            }
        }

        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < attribute.ConstructorArguments.Length; i++)
            {
                if (constructor.Parameters[i].Name == name)
                {
                    // Value of an array throws.
                    TypedConstant constant = attribute.ConstructorArguments[i];
                    return constant.Kind == TypedConstantKind.Array ? default : constant;
                }
            }
        }

        return null;
    }

    private AttributeArgumentSyntax? FindSyntax(string name)
    {
        if (Syntax?.ArgumentList is not { } list)
        {
            return null;
        }

        int position = -1;
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length; i++)
            {
                position = constructor.Parameters[i].Name == name ? i : position;
            }
        }

        int index = 0;
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            string? given = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (given is null ? index == position : given == name)
            {
                return argument;
            }

            index++;
        }

        return null;
    }
}
