using NetGen.SafeTensors;
using NetGen.Tool.Files;

namespace NetGen.Tool.Chains;

/// <summary>
/// Finds the layers in the names and shapes of a safetensors file: NAME.weight [out, in] and NAME.bias [out] are one. Their
/// order is that of the names, or of the file, whichever fits; else the only one that fits.
/// </summary>
internal sealed class ChainOfWeights
{
    private const string Weight = ".weight";
    private const string Bias = ".bias";

    // Layers of equal shapes fit in more orders than anybody wants to look at.
    private const int MostSteps = 10_000;

    private readonly Dictionary<string, Module> _modules = new(StringComparer.Ordinal);
    private readonly string _problem;

    private ChainOfWeights(IReadOnlyList<SafeTensor> tensors)
    {
        _problem = tensors.Select(Add).FirstOrDefault(problem => problem.Length > 0)
            ?? _modules.Values.Select(Check).FirstOrDefault(problem => problem.Length > 0)
            ?? (_modules.Count == 0 ? "there are no weights"
                : _modules.Values.Sum(m => ((double)m.Inputs * m.Outputs) + m.BiasLength) > SizeLimits.MostParameters
                    ? $"there are more than the {Literal.Grouped(SizeLimits.MostParameters)} weights and biases that a network can have"
                : "");
    }

    /// <summary>The chain, or why there is none.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="activation">The name of the row of the hidden layers.</param>
    /// <param name="outputActivation">The name of the row of the last.</param>
    public static (DenseChain? Chain, string Problem) Find(WeightsSource weights, string activation, string outputActivation)
    {
        var search = new ChainOfWeights(weights.Weights);
        if (search._problem.Length > 0)
        {
            return (null, search._problem);
        }

        (IReadOnlyList<Module>? order, string problem) = search.Order();
        return order is null
            ? (null, problem)
            : (new DenseChain(order[0].Inputs, [.. order.Select((m, i) => new ChainLayer(m.Name, m.Outputs, m.HasBias, i == order.Count - 1 ? outputActivation : activation))]), "");
    }

    private string Add(SafeTensor tensor)
    {
        string shown = $"'{OneLine.Name(tensor.Name)}'";
        bool isBias = tensor.Name.EndsWith(Bias, StringComparison.Ordinal);
        if (!isBias && !tensor.Name.EndsWith(Weight, StringComparison.Ordinal))
        {
            return $"{shown} is neither NAME{Weight} nor NAME{Bias}";
        }

        if (!ElementTypes.Readable.Contains(tensor.ElementType))
        {
            return $"{shown} is of type {OneLine.Name(tensor.ElementType)}";
        }

        if (tensor.Shape.Count != (isBias ? 1 : 2) || tensor.Shape.Any(d => d is < 1 or > int.MaxValue))
        {
            return $"{shown} has the shape [{string.Join(", ", tensor.Shape.Take(8))}{(tensor.Shape.Count > 8 ? ", …" : "")}], and that of a {(isBias ? "bias is [out]" : "weight of a dense layer [out, in]")}";
        }

        string name = tensor.Name[..^(isBias ? Bias : Weight).Length];
        Module module = _modules.GetValueOrDefault(name, new Module(name, 0, 0, 0));
        _modules[name] = isBias
            ? module with { BiasLength = (int)tensor.Shape[0] }
            : module with { Outputs = (int)tensor.Shape[0], Inputs = (int)tensor.Shape[1] };
        return ModuleNames.Fault(name) is { } fault ? $"{shown} has no name of a layer: {fault}" : "";
    }

    private static string Check(Module module) =>
        module.Outputs == 0 ? $"'{OneLine.Name(module.Name)}' has a bias and no weight"
        : module.HasBias && module.BiasLength != module.Outputs ? $"'{OneLine.Name(module.Name)}' has {Literal.Of(module.Outputs)} outputs and a bias of {Literal.Of(module.BiasLength)}"
        : "";

    private (IReadOnlyList<Module>? Order, string Problem) Order()
    {
        Module[] byName = [.. _modules.Values.OrderBy(m => m.Name, NaturalOrder.Instance)];
        Module[] byPlace = [.. _modules.Values];
        if (Fits(byName) || Fits(byPlace))
        {
            return (Fits(byName) ? byName : byPlace, "");
        }

        List<Module[]> found = Search();
        if (found.Count == 1)
        {
            return (found[0], "");
        }

        int gap = Enumerable.Range(1, byName.Length - 1).First(i => byName[i].Inputs != byName[i - 1].Outputs);
        string problem = $"'{OneLine.Name(byName[gap].Name)}' takes {Literal.Of(byName[gap].Inputs)} inputs, where '{OneLine.Name(byName[gap - 1].Name)}' has {Literal.Of(byName[gap - 1].Outputs)} outputs";
        return (null, problem + (found.Count > 1 ? ", and several other orders fit" : ""));
    }

    private static bool Fits(Module[] order) => Enumerable.Range(1, order.Length - 1).All(i => order[i].Inputs == order[i - 1].Outputs);

    // At most two: more than one is too many.
    private List<Module[]> Search()
    {
        var found = new List<Module[]>();
        var path = new List<Module>();
        int steps = 0;
        if (_modules.Count <= 64)
        {
            Extend([.. _modules.Values]);
        }

        return steps > MostSteps ? [] : found;

        void Extend(List<Module> left)
        {
            if (left.Count == 0)
            {
                found.Add([.. path]);
                return;
            }

            foreach (Module next in left.Where(m => path.Count == 0 || m.Inputs == path[^1].Outputs))
            {
                if (found.Count > 1 || ++steps > MostSteps)
                {
                    return;
                }

                path.Add(next);
                Extend([.. left.Where(m => m != next)]);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    private sealed record Module(string Name, int Outputs, int Inputs, int BiasLength)
    {
        public bool HasBias => BiasLength > 0;
    }
}
