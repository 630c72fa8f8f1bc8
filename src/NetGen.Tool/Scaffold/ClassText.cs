using System.Security;
using System.Text;
using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Scaffold;

/// <summary>Writes classes of networks as C#.</summary>
/// <param name="fileName">Without its path.</param>
/// <param name="name">Of the class.</param>
/// <param name="space">Its namespace; empty for none.</param>
/// <param name="trains">Whether it can be trained on.</param>
internal sealed class ClassText(string fileName, string name, string space, bool trains)
{
    private readonly StringBuilder _text = new();

    private string Weights => OneLine.Name(Path.ChangeExtension(fileName, ".safetensors"));

    public string OfOnnx(OnnxSource source)
    {
        NetworkGraph network = source.Required();
        OnnxSettings settings = source.Settings;
        string options = (settings.Outputs.Count == 0 ? "" : " --outputs " + OneLine.Message(string.Join(" ", settings.Outputs)))
            + (settings.Dimensions.Length == 0 ? "" : $" --dimensions \"{OneLine.Message(settings.Dimensions)}\"")
            + (settings.Constants.Length == 0 ? "" : $" --constants \"{OneLine.Message(settings.Constants)}\"");
        string chosen = (settings.Outputs.Count == 0 ? "" : $", Outputs = new[] {{ {string.Join(", ", settings.Outputs.Select(Literal.Of))} }}")
            + (settings.Dimensions.Length == 0 ? "" : $", Dimensions = {Literal.Of(settings.Dimensions)}")
            + (settings.Constants.Length == 0 ? "" : $", Constants = {Literal.Of(settings.Constants)}");
        Line($"// The project needs the file: <AdditionalFiles Include=\"{Xml(OneLine.Message(fileName))}\" />");
        if (network.LeftOut.Count > 0)
        {
            Line($"// Without {OneLine.Message(string.Join(", ", network.LeftOut))}: {OneLine.Message(network.Reason)}");
        }

        Begin();
        Line($"/// <summary>{Xml($"{Ports(source.Inputs)} → {Ports(source.Outputs)}, compiled from {OneLine.Name(fileName)}.")}</summary>");
        Line($"[OnnxNetwork({Literal.Of(fileName)}{chosen}{(trains ? ", Training = true" : "")})]");
        Line($"public partial class {name};");
        if (ChainOfGraph.Find(network) is { } chain)
        {
            Line("");
            Line("// The same network as layers, if its weights are to be loaded when the program runs:");
            Line(chain.Layers.All(l => l.Module.Length > 0)
                ? $"// netgen convert {OneLine.Name(fileName)} {Weights}{options} writes what Load(\"{Weights}\") reads."
                : "// the file has no names of layers for them, but GetParameters of the one and SetParameters of the other have the same order.");
            Chain(chain, name + "Layers", isActivationKnown: true, "the layers of " + OneLine.Name(fileName));
        }

        return _text.ToString();
    }

    /// <param name="isActivationKnown">False where somebody has to fill them in.</param>
    /// <param name="optimizers">Those that may have written the file.</param>
    public string OfWeights(DenseChain chain, bool isActivationKnown, IReadOnlyList<string> optimizers)
    {
        Begin();
        Line($"// new {name}().Load({Literal.Of(fileName)}) reads the weights.");
        if (!isActivationKnown)
        {
            Line("// The file does not say which activations the layers have. Without one they are linear: write, for instance,");
            Line("// Activation.Relu after the number of units, or let --activation and --output-activation do it.");
        }

        if (trains && optimizers.Count > 1)
        {
            Line($"// The file has what the optimizer remembers, which may be that of {string.Join(" or ", optimizers)}.");
        }

        Chain(chain, name, isActivationKnown, "the layers of " + OneLine.Name(fileName), optimizers.FirstOrDefault(""));
        return _text.ToString();
    }

    private void Begin()
    {
        Line("using NetGen;");
        Line("");
        if (space.Length > 0)
        {
            Line($"namespace {space};");
            Line("");
        }
    }

    private void Chain(DenseChain chain, string className, bool isActivationKnown, string what, string optimizer = "")
    {
        IReadOnlyList<string> unnamed = chain.DefaultModules;
        string sizes = string.Join(" → ", chain.Layers.Select(l => Literal.Of(l.Units)).Prepend(Literal.Of(chain.Inputs)));
        Line($"/// <summary>{Xml($"{sizes}, {what}.")}</summary>");
        Line($"[Network({Literal.Of(chain.Inputs)}{(!trains ? ", Training = false" : optimizer.Length > 0 ? $", Optimizer = Optimizer.{optimizer}" : "")})]");
        for (int i = 0; i < chain.Layers.Count; i++)
        {
            ChainLayer layer = chain.Layers[i];

            // An activation that is filled in later would change the places of the layers behind it.
            bool isNamed = layer.Module.Length > 0 && (!isActivationKnown || layer.Module != unnamed[i]);
            string[] arguments =
            [
                Literal.Of(layer.Units),
                .. layer.Activation == ActivationNames.Linear ? [] : (string[])["Activation." + layer.Activation],
                .. layer.Options.Declared.Select(option => $"{option.Name} = {Literal.Of((float)option.Value)}"),
                .. layer.HasBias ? [] : (string[])["Bias = false"],
                .. isNamed ? (string[])["Name = " + Literal.Of(layer.Module)] : [],
            ];
            Line($"[Dense({string.Join(", ", arguments)})]");
        }

        Line($"public partial class {className};");
    }

    private static string Ports(IReadOnlyList<OnnxValue> values) =>
        string.Join(", ", values.Select(v => $"{OneLine.Name(v.Name)} {OnnxShapes.Show(v.Shape)}"));

    private static string Xml(string text) => SecurityElement.Escape(text);

    private void Line(string text) => _text.Append(text).Append('\n');
}
