using System.Globalization;
using System.Text;

namespace NetGen.Benchmarks.Generation;

/// <summary>The C# of a shape: the class that a user would write, and the loops that measure it.</summary>
public static class NetworkSource
{
    public static string ClassName(NetworkShape shape) => "Net" + shape.Name.Replace('-', 'x');

    public static string LoopsName(NetworkShape shape) => "Loops" + shape.Name.Replace('-', 'x');

    public static string Network(NetworkShape shape) => Network(shape, NetworkStyle.Usual);

    public static string Network(NetworkShape shape, NetworkStyle style)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"[NetGen.Network({shape.Inputs}, MathMode = NetGen.MathMode.Fast{style.Options})]\n");
        foreach (int width in shape.Widths[1..^1])
        {
            text.Append(CultureInfo.InvariantCulture, $"[NetGen.Dense({width}, NetGen.Activation.{style.Hidden})]\n");
        }

        return text
            .Append(CultureInfo.InvariantCulture, $"[NetGen.Dense({shape.Outputs}, NetGen.Activation.{style.Output})]\n")
            .Append(CultureInfo.InvariantCulture, $"public sealed partial class {ClassName(shape)};\n")
            .ToString();
    }

    public static string WithLoops(NetworkShape shape) => WithLoops(shape, NetworkStyle.Usual);

    public static string WithLoops(NetworkShape shape, NetworkStyle style)
    {
        FormattableString loops = $$"""

            public sealed class {{LoopsName(shape)}}(float[] inputs, float[] targets, float[] outputs)
                : NetGen.Benchmarks.Generation.NetworkLoops(inputs, targets, outputs)
            {
                private readonly {{ClassName(shape)}} _network = new();

                public override NetGen.INetwork Network => _network;

                public override void Forward(int calls)
                {
                    {{ClassName(shape)}} network = _network;
                    float[] x = Inputs, y = Outputs;
                    for (int c = 0; c < calls; c++)
                    {
                        network.Forward(Row(x, c % {{Problem.Rows}}, {{shape.Inputs}}), Row(y, c % {{Problem.Rows}}, {{shape.Outputs}}));
                    }
                }

                public override void TrainStep(int calls)
                {
                    {{ClassName(shape)}} network = _network;
                    float[] x = Inputs, t = Targets;
                    for (int c = 0; c < calls; c++)
                    {
                        network.TrainStep(Row(x, c % {{Problem.Rows}}, {{shape.Inputs}}), Row(t, c % {{Problem.Rows}}, {{shape.Outputs}}), {{Problem.Rate}}f);
                    }
                }

                public override void ForwardBatch(int calls)
                {
                    for (int c = 0; c < calls; c++)
                    {
                        _network.ForwardBatch(Inputs, Outputs);
                    }
                }

                public override void TrainBatch(int calls)
                {
                    for (int c = 0; c < calls; c++)
                    {
                        _network.TrainBatch(Inputs, Targets, {{Problem.Rate}}f);
                    }
                }
            }

            """;
        return Network(shape, style) + FormattableString.Invariant(loops);
    }
}
