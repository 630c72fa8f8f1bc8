using System.Globalization;
using System.Text;

namespace NetGen.Generator.Tests;

/// <summary>Declarations that together use every row of the catalogue and every shape that the planner tells apart.</summary>
internal static class NetworkSources
{
    /// <summary>C# 9, with types that are public, so that their documentation is asked for.</summary>
    public static string All { get; } = Part(0, 1);

    /// <summary>Every so many-th of them.</summary>
    public static string Part(int first, int every) =>
        "#pragma warning disable NG0033, NG0034, NG0035 // every row is everywhere\nusing NetGen;\nnamespace Catalogue\n{\n"
        + string.Concat(Build().Where((_, i) => i % every == first))
        + "}\n";

    private static List<string> Build()
    {
        var networks = new List<string>();
        int number = 0;
        foreach (ActivationRow row in Activations.All.Where(row => row.OverLayer is null))
        {
            // Other loss functions need probabilities.
            LossRow[] losses = [.. Losses.All.Where(loss => !loss.NeedsProbability)];
            string loss = losses[number % losses.Length].Name;
            string optimizer = Cycle(Optimizers.All, number).Name;
            string initializer = Cycle(Initializers.All, number).Name;
            Network(
                $"3, Loss = Loss.{loss}, Optimizer = Optimizer.{optimizer}, Unroll = Unroll.{(UnrollMode)(number % 3)}",
                $"5, Activation.{row.Name}, Bias = {Word(number % 2 == 0)}, Initializer = Initializer.{initializer}",
                $"2, Activation.{row.Name}");
            Network($"3, Training = false, Unroll = Unroll.{(UnrollMode)(number % 3)}", $"4, Activation.{row.Name}", "1");
        }

        foreach (LossRow row in Losses.All)
        {
            string[] lasts = row.FusedActivation is { } fused && Activations.Get(fused).IsDistribution ? [fused]
                : row.NeedsProbability ? [.. Activations.All.Where(a => a.IsProbability).Select(a => a.Name)]
                : ["Linear", "Sigmoid"];
            foreach (string last in lasts)
            {
                string arguments = $"Loss = Loss.{row.Name}, Optimizer = Optimizer.{Cycle(Optimizers.All, number).Name}";
                Network($"2, {arguments}, Unroll = Unroll.Full", $"3, Activation.{last}");
                Network($"2, {arguments}, Unroll = Unroll.Loops", $"3, Activation.{last}");
                Network($"2, {arguments}, Training = false", $"3, Activation.{last}, Bias = false");
            }
        }

        foreach (UnrollMode unroll in Enum.GetValues<UnrollMode>())
        {
            Network($"1, Unroll = Unroll.{unroll}", "1");
            Network($"2, Unroll = Unroll.{unroll}", "8, Activation.Tanh", "1");
        }

        // The one that is cut into several methods, and those that are too wide to write out.
        Network("9, Unroll = Unroll.Full", [.. Enumerable.Repeat("20, Activation.Elu", 3)]);
        Network("70, Optimizer = Optimizer.Adam", "40, Activation.Gelu", "10, Activation.Silu");
        Network("70, Unroll = Unroll.Loops", "40, Activation.Tanh", "10");

        // With vectors: all activations and losses, and shapes with and without panels and rests.
        int[] widths = [3, 16, 37, 8];
        string[] chain =
        [
            .. Activations.All.Where(row => row.OverLayer is null)
                .Select((row, i) => $"{Literal.Of(widths[i % widths.Length])}, Activation.{row.Name}, Bias = {Word(i % 3 > 0)}"),
        ];
        Vectors("5, Optimizer = Optimizer.Adam, Simd = Simd.Vector128", [.. chain, "4"]);
        Vectors("7, Training = false", [.. chain.Take(5), "2"]);
        foreach (LossRow row in Losses.All)
        {
            string last = row.FusedActivation ?? "Linear";
            Vectors($"3, Loss = Loss.{row.Name}, Simd = Simd.Vector128", $"19, Activation.{last}");
        }

        Vectors("3, Loss = Loss.BinaryCrossEntropy, Simd = Simd.Vector256", "5, Activation.Softmax");
        Vectors("1", "1");
        Vectors(
            "784, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.AdamW",
            "256, Activation.Relu",
            "128, Activation.Relu",
            "10, Activation.Softmax");
        const string CrossPlatform = "Determinism = Determinism.CrossPlatform";
        Vectors($"5, Optimizer = Optimizer.Adam, {CrossPlatform}", [.. chain, "4"]);
        Vectors($"7, Training = false, {CrossPlatform}", [.. chain.Take(5), "2"]);
        Vectors($"3, Simd = Simd.None, {CrossPlatform}", "5, Activation.Tanh", "1");
        foreach (LossRow row in Losses.All)
        {
            Vectors($"3, Loss = Loss.{row.Name}, Simd = Simd.Vector128, {CrossPlatform}", $"19, Activation.{row.FusedActivation ?? "Linear"}");
        }

        return networks;

        // Vectors make long files, of which a few show what can be wrong.
        void Network(string network, params string[] layers) => Vectors(network + ", Simd = Simd.None", layers);

        void Vectors(string network, params string[] layers)
        {
            var text = new StringBuilder($"    [Network({network})]");
            foreach (string layer in layers)
            {
                text.Append(CultureInfo.InvariantCulture, $" [Dense({layer})]");
            }

            networks.Add(text.Append(CultureInfo.InvariantCulture, $" public partial class Net{number++} {{ }}\n").ToString());
        }
    }

    private static T Cycle<T>(EquatableArray<T> rows, int number)
        where T : IEquatable<T> => rows[number % rows.Count];

    private static string Word(bool value) => value ? "true" : "false";
}
