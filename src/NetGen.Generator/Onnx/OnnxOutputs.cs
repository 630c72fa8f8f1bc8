namespace NetGen.Generator;

/// <summary>
/// Which outputs a network has. Where none are named, they are those of the file that can be computed and do not stay the
/// same: what is not supported costs the outputs that need it, and no others.
/// </summary>
internal sealed class OnnxOutputs
{
    /// <summary>No file has more: each is a parameter of a method.</summary>
    public const int MostOutputs = 1000;

    // As many as a message names.
    private const int MostNamed = 5, MostReasons = 3, MostOperators = 40;

    private readonly OnnxModel _model;
    private readonly OnnxSettings _settings;
    private readonly CancellationToken _cancellation;

    public OnnxOutputs(OnnxModel model, OnnxSettings settings, CancellationToken cancellation)
    {
        _model = model;
        _settings = settings;
        _cancellation = cancellation;
    }

    private bool AreNamed => _settings.Outputs.Count > 0;

    /// <exception cref="OnnxException">The file cannot be compiled.</exception>
    public ForwardGraph Import()
    {
        string[] wanted = Wanted();
        OnnxImporter importer = Walk(wanted);
        string[] failed = [.. wanted.Where(name => importer.Failure(name) is not null)];
        string[] possible = [.. wanted.Except(failed).Where(name => AreNamed || !importer.IsKnown(name))];
        if (failed.Length > 0 && (AreNamed || possible.Length == 0))
        {
            throw Refused(importer, failed);
        }

        OnnxImporter last = possible.Length > 0 && possible.Length < wanted.Length ? Walk(possible) : importer;
        return ImportedNetwork.Of(last) with
        {
            LeftOut = failed.ToEquatableArray(),
            Reason = failed.Length == 0 ? "" : Reason(importer, failed),
        };
    }

    private OnnxImporter Walk(IReadOnlyList<string> outputs)
    {
        var importer = new OnnxImporter(_model, outputs, _settings, _cancellation);
        importer.ImportNodes();
        return importer;
    }

    private string[] Wanted()
    {
        OnnxGraph graph = _model.Graph;
        if (graph.Outputs.Count == 0)
        {
            throw new OnnxException("the graph has no outputs");
        }

        string[] wanted = AreNamed ? [.. _settings.Outputs.Distinct()] : [.. graph.Outputs.Select(o => o.Name)];
        if (wanted.Length > MostOutputs)
        {
            throw new OnnxException($"more than {Literal.Grouped(MostOutputs)} outputs are not supported");
        }

        HashSet<string> values = [.. graph.Outputs.Select(o => o.Name), .. graph.Inputs.Select(i => i.Name), .. graph.Initializers.Keys, .. graph.Nodes.SelectMany(n => n.Outputs)];
        return Array.Find(wanted, name => name.Length == 0 || !values.Contains(name)) is { } unknown ? throw Unknown(unknown) : wanted;
    }

    private OnnxException Unknown(string name)
    {
        string[] outputs = [.. _model.Graph.Outputs.Select(o => o.Name)];
        string[] inner = [.. Walk([.. outputs.Take(MostOutputs)]).Inner().Take(MostNamed)];
        string within = inner.Length == 0 ? "" : $", and on the way to them {Named(inner)}";
        return new($"there is no value {OnnxException.Quote(name)}; the outputs are {Named(outputs)}{within}") { Setting = nameof(OnnxSettings.Outputs) };
    }

    private OnnxException Refused(OnnxImporter importer, string[] failed)
    {
        // What else there is shows when all of the file is looked at.
        OnnxImporter all = AreNamed ? Walk([.. _model.Graph.Outputs.Select(o => o.Name).Concat(_settings.Outputs).Distinct().Take(MostOutputs)]) : importer;
        string[] outputs = [.. _model.Graph.Outputs.Select(o => o.Name).Where(name => all.Failure(name) is null && !all.IsKnown(name))];
        string[] inner = outputs.Length > 0 ? [] : [.. all.Inner().Take(MostNamed)];
        string offer = outputs.Length > 0 ? $"; without that the outputs {Named(outputs)} can be had: name with Outputs those that you want"
            : inner.Length > 0 ? $"; before that {Named(inner)} can be had: name with Outputs what you want of it"
            : "";
        bool isOperator = Array.Exists(failed, name => importer.Failure(name)!.IsOperator);
        return new(Reason(importer, failed) + offer + (isOperator ? "; supported are " + OnnxOperators.List : "")) { IsOperator = isOperator };
    }

    // All operators that are missing, and what else is wrong.
    private string Reason(OnnxImporter importer, string[] failed)
    {
        OnnxException[] reasons = [.. failed.Select(name => importer.Failure(name)!)];
        OnnxNode[] missing = [.. importer.Live(failed).Where(n => !OnnxOperators.IsSupported(n))];
        string also = Also([.. missing.Select(OnnxOperators.NameOf).Distinct().Skip(1)]);
        return string.Join("; ", reasons
            .OrderBy(r => !r.IsOperator)
            .Select(r => r.IsOperator && missing.Length > 0 ? OnnxOperators.Missing(importer, missing[0]).Message + also : r.Message)
            .Distinct()
            .Take(MostReasons));
    }

    private static string Also(string[] operators) => operators.Length switch
    {
        0 => "",
        1 => $", nor is {operators[0]}",
        > MostOperators => $", nor are {string.Join(", ", operators.Take(MostOperators))} and {Literal.Grouped(operators.Length - MostOperators)} more",
        _ => $", nor are {string.Join(", ", operators.Take(operators.Length - 1))} and {operators[operators.Length - 1]}",
    };

    private static string Named(string[] names) =>
        string.Join(", ", names.Take(MostNamed).Select(OnnxException.Quote)) + (names.Length > MostNamed ? $" and {Literal.Grouped(names.Length - MostNamed)} more" : "");
}
