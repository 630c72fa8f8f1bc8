namespace NetGen.Generator.Tests;

/// <summary>The planner's decisions, read as data.</summary>
public class PlanningTests
{
    [Fact]
    public void A_small_network_is_written_out()
    {
        ClassPlan plan = Models.Plan(Models.Of("2-8-1", "Tanh", "Sigmoid", "BinaryCrossEntropy"));

        Assert.All(Kernels(plan), k => Assert.True(k.IsUnrolled, k.Target));
        Assert.All(Kernels(plan), k => Assert.Contains("512", k.Reason, StringComparison.Ordinal));
        Assert.All(Statements(plan), s => Assert.IsNotType<Statement.Loop>(s));
    }

    [Fact]
    public void A_wide_network_loops()
    {
        ClassPlan plan = Models.Plan(Models.Of("784-256-128-10", "Relu", "Softmax", "CategoricalCrossEntropy"));

        Assert.All(Kernels(plan), k => Assert.False(k.IsUnrolled, k.Target));
        Assert.All(Kernels(plan), k => Assert.Contains("234,752 multiply-adds are past 1,000", k.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Loops_are_what_they_are_asked_for()
    {
        ClassPlan plan = Models.Plan(Models.Of("2-8-1", unroll: UnrollMode.Loops));

        Assert.All(Kernels(plan), k => Assert.False(k.IsUnrolled, k.Target));
        Assert.All(Kernels(plan), k => Assert.Contains("asked for", k.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("16-32-1", Unroll.Auto, true)]
    [InlineData("27-19-1", Unroll.Auto, false)]
    [InlineData("25-40-1", Unroll.Full, true)]
    [InlineData("13-77-1", Unroll.Full, false)]
    [InlineData("8-64-1", Unroll.Auto, true)]
    [InlineData("7-65-1", Unroll.Auto, false)]
    [InlineData("7-65-1", Unroll.Full, true)]
    public void A_layer_is_written_out_up_to_the_limit(string sizes, Unroll unroll, bool isUnrolled)
    {
        // 512 | 513 multiply-adds unasked, 1,000 | 1,001 asked for; 64 | 65 elements unasked.
        ClassPlan plan = Models.Plan(Models.Of(sizes, "Relu", unroll: (UnrollMode)unroll));

        Assert.All(["z1", "W1"], target => Assert.Equal(isUnrolled, Kernel(plan, target).IsUnrolled));
    }

    [Theory]
    [InlineData("25-20-25", true)]
    [InlineData("27-13-25-13", false)]
    public void A_network_is_written_out_unasked_up_to_the_limit(string sizes, bool isUnrolled)
    {
        // 1,000 | 1,001 multiply-adds, every layer below its own limit.
        ClassPlan plan = Models.Plan(Models.Of(sizes, "Relu"));

        Assert.Equal(isUnrolled ? 1000 : 1001, plan.MultiplyAdds);
        Assert.All(Kernels(plan), k => Assert.Equal(isUnrolled, k.IsUnrolled));
    }

    [Fact]
    public void Wide_layers_loop_beside_narrow_ones_that_are_written_out()
    {
        ClassPlan plan = Models.Plan(Models.Of("100-20-5", "Relu", unroll: UnrollMode.Full));

        Assert.False(Kernel(plan, "z1").IsUnrolled);
        Assert.Contains("2,000 multiply-adds are past 1,000", Kernel(plan, "z1").Reason, StringComparison.Ordinal);
        Assert.True(Kernel(plan, "y").IsUnrolled);
        Assert.Contains("1,000", Kernel(plan, "y").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-1000-1", "HardSigmoid", "a1")]
    [InlineData("1-600-1", "Mish", "a1")]
    [InlineData("1-450-1", "Softmax", "a1")]
    public void Formulas_too_long_for_one_method_loop_even_where_writing_out_is_asked_for(string sizes, string activation, string target)
    {
        Kernel kernel = Kernel(Models.Plan(Models.Of(sizes, activation, unroll: UnrollMode.Full)), target);

        Assert.InRange(kernel.MultiplyAdds, 0, JitBudget.HardMultiplyAddsPerLayer);
        Assert.False(kernel.IsUnrolled);
        Assert.Contains("instructions; a method has room for 12,000", kernel.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_decision_has_a_reason(string sizes, string hidden, string output, string loss, Unroll unroll) =>
        Assert.All(Kernels(Plan(sizes, hidden, output, loss, unroll)), k => Assert.NotEqual("", k.Reason));

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_two_tensors_overlap(string sizes, string hidden, string output, string loss, Unroll unroll)
    {
        ClassPlan plan = Plan(sizes, hidden, output, loss, unroll);

        AssertDisjoint(plan.Scratch, plan.ScratchLength);
        AssertDisjoint(plan.Parameters, plan.ParameterCount);
        Assert.All(plan.Scratch, t => Assert.Equal(TensorSpace.Scratch, t.Space));

        static void AssertDisjoint(IEnumerable<TensorPlan> tensors, int length)
        {
            int end = 0;
            foreach (TensorPlan tensor in tensors.OrderBy(t => t.Offset))
            {
                Assert.True(tensor.Offset >= end, tensor.Name);
                end = tensor.Offset + tensor.Shape.Count;
            }

            Assert.True(end <= length, $"{end} of {length}");
        }
    }

    [Fact]
    public void Parameters_lie_in_logical_order()
    {
        ClassPlan plan = Models.Plan(Models.Of(3, [Dense(4), Dense(5, bias: false), Dense(2)]));

        Assert.Equal(
            [("W1", "[4, 3]", 0), ("b1", "[4]", 12), ("W2", "[5, 4]", 16), ("W3", "[2, 5]", 36), ("b3", "[2]", 46)],
            plan.Parameters.Select(p => (p.Name, p.Shape.ToString(), p.Offset)));
        Assert.Equal(48, plan.ParameterCount);
        Assert.Equal(12 + 20 + 10, plan.MultiplyAdds);

        static LayerModel Dense(int units, bool bias = true) => new DenseLayer(units, "Relu", bias, "HeNormal");
    }

    [Fact]
    public void Gradients_lie_as_their_parameters_do()
    {
        ClassPlan plan = Models.Plan(Models.Of("3-4-2"));

        TensorPlan[] gradients = [.. plan.Of(EntryPoints.BackPropagate).SelectMany(m => m.Tensors).Where(t => t.Space == TensorSpace.Gradients).Distinct()];
        Assert.Equal(plan.Parameters.Select(p => ("d" + p.Name, p.Offset)), gradients.Select(g => (g.Name, g.Offset)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_crosses_methods_is_stored(string sizes, string hidden, string output, string loss, Unroll unroll)
    {
        ClassPlan plan = Plan(sizes, hidden, output, loss, unroll);
        foreach (MethodPlan method in plan.Methods)
        {
            // Whatever a formula reads is computed in the method itself, or in a memory that the method can see.
            var here = new HashSet<string>(method.Blocks.SelectMany(b => b.Kernel.Assignments).Select(a => a.Target));
            here.UnionWith(method.Tensors.Select(t => t.Name));
            here.Add(Programs.LearningRate);
            Assert.All(method.Blocks.SelectMany(b => b.Kernel.Assignments).SelectMany(a => a.Value.Descend()), e =>
                Assert.True((e as Expr.Element)?.Tensor is not { } tensor || here.Contains(tensor), $"{method.Name}: {e}"));
            Assert.All(method.Blocks.SelectMany(b => b.Kernel.Assignments).SelectMany(a => a.Value.Descend()), e =>
                Assert.True(e is not Expr.Local local || here.Contains(local.Name), $"{method.Name}: {e}"));
        }
    }

    [Fact]
    public void What_one_method_needs_alone_is_not_stored()
    {
        // z1 is read by nobody else; dz1 by what goes on to the input. The target of a class comes in from outside.
        Assert.Equal(["x", "y", "dy", "a1", "dz1", "t_class"], Models.Plan(Models.Of("2-8-1")).Scratch.Select(t => t.Name));
        Assert.Equal(["x", "y", "t_class"], Models.Plan(Models.Of("2-8-1", training: false)).Scratch.Select(t => t.Name));
    }

    [Fact]
    public void A_loss_is_returned_by_the_method_that_computes_it()
    {
        // So long that they were cut: the method that returned did not have what it returned.
        foreach ((string sizes, string output, string loss) in ((string, string, string)[])[("1-64-1-64", "HardSwish", "Huber"), ("1-900", "Softmax", "CategoricalCrossEntropy")])
        {
            foreach (Unroll unroll in Enum.GetValues<Unroll>())
            {
                MethodPlan method = Assert.Single(Plan(sizes, "Tanh", output, loss, unroll).Of(EntryPoints.LossGradient));
                Assert.Equal("L", method.Returns);
                Assert.Contains(method.Blocks, b => b.Kernel.Target == "L");
            }
        }
    }

    [Fact]
    public void Long_programs_are_cut_into_methods_in_order()
    {
        ClassPlan plan = Models.Plan(Models.Of("31-32-31-32", "Mish", unroll: UnrollMode.Full));

        MethodPlan[] methods = [.. plan.Of(EntryPoints.Descend)];
        Assert.True(methods.Length >= 3);
        Assert.Equal(methods.Select((_, i) => $"Descend{i + 1}"), methods.Select(m => m.Name));
        Assert.All(methods, m => Assert.NotEmpty(m.Blocks));
    }

    [Fact]
    public void A_weight_is_overwritten_after_its_last_reader()
    {
        foreach (Unroll unroll in Enum.GetValues<Unroll>())
        {
            Kernel[] kernels = [.. Models.Plan(Models.Of("9-8-7-6", unroll: (UnrollMode)unroll)).Of(EntryPoints.Descend).SelectMany(m => m.Blocks).Select(b => b.Kernel)];
            for (int i = 0; i < kernels.Length; i++)
            {
                Assert.DoesNotContain(kernels[(i + 1)..], later => later.Assignments
                    .SelectMany(a => a.Value.Descend()).OfType<Expr.Element>().Any(e => e.Tensor == kernels[i].Target && e.Tensor.StartsWith('W')));
            }
        }
    }

    [Fact]
    public void Networks_that_only_predict_have_no_methods_that_train()
    {
        ClassPlan plan = Models.Plan(Models.Of("2-8-1", training: false));

        Assert.Equal([EntryPoints.Forward, EntryPoints.Loss], plan.Methods.Select(m => m.EntryPoint));
        Assert.DoesNotContain(plan.Methods.SelectMany(m => m.Tensors), t => t.Space == TensorSpace.Gradients);
    }

    public static TheoryData<string, string, string, string, Unroll> Networks
    {
        get
        {
            var data = new TheoryData<string, string, string, string, Unroll>();
            foreach (Unroll unroll in Enum.GetValues<Unroll>())
            {
                data.Add("2-8-1", "Tanh", "Sigmoid", "BinaryCrossEntropy", unroll);
                data.Add("22-22-22", "Gelu", "Softmax", "CategoricalCrossEntropy", unroll);
                data.Add("5-6-7-3", "Softmax", "Softmax", "RootMeanSquaredError", unroll);
                data.Add("31-32-31-32", "Mish", "Linear", "MeanSquaredError", unroll);
                data.Add("1-300-2", "Softmax", "HardSwish", "RootMeanSquaredError", unroll);
                data.Add("100-20-5-1", "Relu", "Linear", "MeanAbsoluteError", unroll);
            }

            return data;
        }
    }

    private static ClassPlan Plan(string sizes, string hidden, string output, string loss, Unroll unroll) =>
        Models.Plan(Models.Of(sizes, hidden, output, loss, (UnrollMode)unroll));

    private static IEnumerable<Kernel> Kernels(ClassPlan plan) => Blocks(plan).Select(b => b.Kernel);

    private static Kernel Kernel(ClassPlan plan, string target) => Kernels(plan).First(k => k.Target == target);

    private static IEnumerable<Statement> Statements(ClassPlan plan) => Blocks(plan).SelectMany(b => b.Statements);

    // Of the network's graph: an optimizer's step always loops.
    private static IEnumerable<BlockPlan> Blocks(ClassPlan plan) =>
        plan.Methods.Where(m => m.EntryPoint is not (EntryPoints.SgdUpdate or EntryPoints.Update)).SelectMany(m => m.Blocks);
}
