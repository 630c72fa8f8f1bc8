using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests;

/// <summary>Where weights lie: what the planner says, and what the runtime does by it.</summary>
public partial class WeightLayoutTests
{
    // Around every length of vectors and panels.
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 23, 31, 32, 33, 48, 63, 64, 65, 66, 70];

    private static readonly (int Outputs, int Inputs)[] Shapes =
    [
        .. Sizes.SelectMany(_ => Sizes, (outputs, inputs) => (outputs, inputs)),
        (128, 784), (784, 128), (10, 784), (784, 10), (130, 129), (129, 130), (256, 300), (1, 1000), (1000, 1), (193, 2),
    ];

    public static TheoryData<string> Kinds => [.. Layouts.Keys];

    private static Dictionary<string, Func<int, int, WeightLayout>> Layouts { get; } = new()
    {
        ["panels"] = (outputs, inputs) => WeightLayout.Panels(outputs, inputs, CostModel.Default),
        ["panels of inputs"] = (outputs, inputs) => WeightLayout.PanelsOfInputs(outputs, inputs, CostModel.Default),
        ["rows"] = WeightLayout.Rows,
        ["chosen, first layer"] = (outputs, inputs) => WeightLayout.Choose(outputs, inputs, flowsBack: false, CostModel.Default),
        ["chosen"] = (outputs, inputs) => WeightLayout.Choose(outputs, inputs, flowsBack: true, CostModel.Default),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_element_has_a_place_of_its_own(string kind)
    {
        foreach ((int outputs, int inputs) in Shapes)
        {
            WeightLayout layout = Layouts[kind](outputs, inputs);
            int[] places = Places(layout);
            var taken = new bool[layout.Length];
            foreach (int place in places)
            {
                if (place < 0 || place >= layout.Length || taken[place])
                {
                    Assert.Fail($"{place} in {layout}");
                }

                taken[place] = true;
            }
        }
    }

    // What a vector reads at the end of an axis must be there.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neighbours_lie_side_by_side_up_to_the_padding(string kind)
    {
        foreach ((int outputs, int inputs) in Shapes)
        {
            WeightLayout layout = Layouts[kind](outputs, inputs);
            bool isOfOutputs = layout.OutputStride == 1 && !layout.IsOfInputs;
            int along = isOfOutputs ? outputs : inputs;
            int width = layout.IsRows && !layout.IsOfInputs ? Piece.Padded(inputs) : layout.Panel;
            Assert.True(width % Piece.Shortest == 0, layout.ToString());
            Func<int, int, int> place = PlaceIn(layout);
            for (int start = 0; start < along; start += width)
            {
                for (int across = 0; across < (isOfOutputs ? inputs : outputs); across++)
                {
                    int first = place(isOfOutputs ? start : across, isOfOutputs ? across : start);
                    int last = Math.Min(width, along - start) - 1;
                    Assert.Equal(first + last, place(isOfOutputs ? start + last : across, isOfOutputs ? across : start + last));
                    Assert.True(first + width <= layout.Length, layout.ToString());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_runtime_puts_elements_where_the_planner_says(string kind)
    {
        foreach ((int outputs, int inputs) in Shapes)
        {
            WeightLayout layout = Layouts[kind](outputs, inputs);
            NetGen.CompilerServices.WeightLayout runtime = Runtime(layout);
            int[] places = Places(layout);
            float[] weight = [.. Enumerable.Range(1, outputs * inputs).Select(i => (float)i)];

            // To the runtime, panels of inputs are panels of the transposed weight.
            int[] order = layout.IsOfInputs
                ? [.. Enumerable.Range(0, weight.Length).Select(i => (i % outputs * inputs) + (i / outputs))]
                : [.. Enumerable.Range(0, weight.Length)];
            Assert.Equal(weight.Length, runtime.Count);
            for (int i = 0; i < weight.Length; i++)
            {
                if (places[order[i]] != runtime.PlaceOf(i))
                {
                    Assert.Fail($"{i} is at {runtime.PlaceOf(i)}, not at {places[order[i]]}: {layout}");
                }
            }

            float[] source = [.. order.Select(i => weight[i])];
            var memory = new float[layout.Length];
            runtime.Pack(source, memory);
            AssertHolds(memory, weight, places, layout);
            var back = new float[weight.Length];
            runtime.Unpack(memory, back);
            Assert.Equal(source, back);
        }
    }

    // As batches need it: from rows to panels of outputs, from panels of outputs to panels of inputs.
    [Theory]
    [InlineData("rows", "panels")]
    [InlineData("panels", "panels of inputs")]
    public void A_copy_the_other_way_round_holds_the_same(string from, string to)
    {
        foreach ((int outputs, int inputs) in Shapes)
        {
            WeightLayout layout = Layouts[from](outputs, inputs);
            WeightLayout other = Layouts[to](outputs, inputs);
            float[] weight = [.. Enumerable.Range(1, outputs * inputs).Select(i => (float)i)];
            var memory = new float[layout.Length];
            Runtime(layout).Pack(weight, memory);
            var copy = new float[other.Length];
            Runtime(layout).Transpose(memory, Runtime(other), copy);
            AssertHolds(copy, weight, Places(other), other);
        }
    }

    [Theory]
    [InlineData("784-128-10")]
    [InlineData("784-256-128-10")]
    public void Padding_takes_little_memory(string sizes)
    {
        ClassPlan plan = Models.PlanWithVectors(Models.Of(sizes));

        Assert.InRange(plan.Vectors!.ParameterLength, plan.ParameterCount, 1.05 * plan.ParameterCount);
    }

    [Fact]
    public void Parameters_do_not_overlap()
    {
        VectorPlan plan = Models.PlanWithVectors(Models.Of("5-7-65-130-3-1")).Vectors!;
        int end = 0;
        foreach (TensorPlan parameter in plan.Parameters)
        {
            Assert.True(parameter.Offset >= end && parameter.Length >= parameter.Shape.Count, parameter.Name);
            end = parameter.Offset + parameter.Length;
        }

        Assert.InRange(plan.ParameterLength, end, int.MaxValue);
    }

    private static void AssertHolds(float[] memory, float[] weight, int[] places, WeightLayout layout)
    {
        for (int i = 0; i < weight.Length; i++)
        {
            if (memory[places[i]] != weight[i])
            {
                Assert.Fail($"{i} of {layout}");
            }
        }

        // The padding is zero: all that is not is an element.
        Assert.Equal(weight.Length, memory.Count(v => v != 0));
    }

    // In row-major order.
    private static int[] Places(WeightLayout layout)
    {
        Func<int, int, int> place = PlaceIn(layout);
        var places = new int[layout.Outputs * layout.Inputs];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place(i / layout.Inputs, i % layout.Inputs);
        }

        return places;
    }

    // The index is found once: it is the same for all elements.
    private static Func<int, int, int> PlaceIn(WeightLayout layout)
    {
        var o = new LoopVariable("o", layout.Outputs);
        Index index = layout.Place(o, new LoopVariable("i", layout.Inputs));
        (bool IsOutput, IndexTerm Term)[] terms = [.. index.Terms.Select(term => (term.Variable == o, term))];
        return (output, input) =>
        {
            int place = index.Offset;
            foreach ((bool isOutput, IndexTerm term) in terms)
            {
                int at = isOutput ? output : input;
                place += term.Panel == 0
                    ? at * term.Stride
                    : (at / term.Panel * term.PanelStride) + (at % term.Panel * term.Stride);
            }

            return place;
        };
    }

    // What generated code makes of it.
    private static NetGen.CompilerServices.WeightLayout Runtime(WeightLayout layout)
    {
        int[] n = [.. Numbers().Matches(VectorSupportWriter.New(layout)).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(6, n.Length);
        return new(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
