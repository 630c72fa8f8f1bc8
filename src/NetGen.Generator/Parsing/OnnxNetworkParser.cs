using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Reads [OnnxNetwork], finds its file, and says what is wrong with either.</summary>
internal static class OnnxNetworkParser
{
    public const string AttributeName = "NetGen.OnnxNetworkAttribute";

    private const string FileArgument = "file";

    public static OnnxFrontEnd? Parse(AttributeReader attribute) => attribute.Text(FileArgument) is { Length: > 0 } file
        ? new OnnxFrontEnd(file, [], new OnnxSettings(attribute.Texts(nameof(OnnxSettings.Outputs)))
        {
            Dimensions = attribute.Text(nameof(OnnxSettings.Dimensions)) ?? "",
            Constants = attribute.Text(nameof(OnnxSettings.Constants)) ?? "",
        })
        : null;

    /// <summary>The same with the content of the network's file; without a network where there is none, or several.</summary>
    public static DeclaredNetwork Resolve(DeclaredNetwork declared, IEnumerable<ModelFile> files, StageTracker stages)
    {
        if (declared.Network is not { Source: OnnxFrontEnd onnx } network)
        {
            return declared;
        }

        try
        {
            stages.Enter(Stage.Read);
            return declared with
            {
                Network = ModelFile.Find(onnx.FileName, files, f => f.Path) is [{ Error: "" } only] ? network with { Source = onnx with { Content = only.Content, Resource = only.Resource } } : null,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return declared.Broken(stages.Describe(e));
        }
    }

    /// <summary>Reports what only the file shows.</summary>
    public static IEnumerable<Diagnostic> Check(NetworkModel network, AttributeReader attribute, AnalyzerOptions options, StageTracker stages)
    {
        stages.Enter(Stage.Read);
        var onnx = (OnnxFrontEnd)network.Source;
        AdditionalText[] models = [.. options.AdditionalFiles.Where(ModelFileReader.IsModel)];
        AdditionalText[] found = ModelFile.Find(onnx.FileName, models, f => f.Path);
        if (found.Length != 1)
        {
            string problem = found.Length > 1 ? $"{Literal.Of(found.Length)} of the project's additional files are called that; give more of its path"
                : models.Length == 0 ? $"the project has none that ends with .onnx; {HowToAdd(onnx, attribute)}"
                : $"the project's additional files are {string.Join(", ", models.Select(m => Path.GetFileName(m.Path)))}; {HowToAdd(onnx, attribute)}";
            return [attribute.Diagnose(Descriptors.ModelFileMissing, FileArgument, onnx.FileName, problem)];
        }

        ModelFile file = ModelFileReader.Read(found[0]);
        if (file.Error.Length > 0)
        {
            return [attribute.Diagnose(Descriptors.ModelFileMissing, FileArgument, onnx.FileName, file.Error)];
        }

        OnnxFacts facts = OnnxChecks.Of(file, onnx, stages);
        return facts.Refusal is { } refusal
            ?
            [
                attribute.Diagnose(
                    facts.Setting is nameof(OnnxSettings.Dimensions) or nameof(OnnxSettings.Constants) ? Descriptors.InputOpen : Descriptors.ModelFileRefused,
                    attribute.Has(facts.Setting) ? facts.Setting : FileArgument,
                    network.Type.Declaration.Name,
                    onnx.FileName,
                    refusal),
            ]
            :
            [
                .. facts.LeftOut.Count == 0 ? (Diagnostic[])[]
                    : [attribute.Diagnose(Descriptors.OutputsLeftOut, FileArgument, network.Type.Declaration.Name, string.Join(", ", facts.LeftOut.Select(FileText.Shown)), onnx.FileName, facts.Reason)],
                .. network.Training || attribute.Has("Loss")
                    ? LossChecks.Of(Losses.Get(network.Loss), attribute, Activations.Get(facts.Activation), facts.Outputs)
                    : [],
            ];
    }

    // Unity writes its projects itself.
    private static string HowToAdd(OnnxFrontEnd onnx, AttributeReader attribute) =>
        attribute.Syntax?.SyntaxTree.Options.PreprocessorSymbolNames.Contains("UNITY_5_3_OR_NEWER") == true
            ? $"call it {Path.GetFileNameWithoutExtension(onnx.FileName)}{ModelFile.UnityExtension} and put it into Assets"
            : $"add <AdditionalFiles Include=\"{onnx.FileName}\" /> to it";
}
