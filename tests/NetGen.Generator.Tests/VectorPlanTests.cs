using CsCheck;

namespace NetGen.Generator.Tests;

/// <summary>The plans for processors with vectors, read as data.</summary>
public class VectorPlanTests
{
    private static readonly Gen<NetworkModel> Network =
        from inputs in Size
        from layers in Gen.Select(Size, Among(Activations.All), Gen.Bool, (units, activation, bias) =>
            (LayerModel)new DenseLayer(units, activation.Name, bias, "XavierUniform")).Array[1, 4]
        from loss in Among(Losses.All)
        from optimizer in Among(Optimizers.All)
        from training in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        select Models.Of(inputs, layers, loss.Name, training: training) with { Optimizer = optimizer.Name };

    public static TheoryData<string> Shapes =>
    [
        "1-1", "1-1-1", "2-8-1", "3-4-5", "4-16-16-3", "5-1-7", "7-9-11-13", "16-16-16", "17-33-65-5", "64-32-10",
        "8-128-128-2", "250-128-5", "784-128-10", "3-65-4", "66-96-2", "20-129-130-7", "300-70-1", "100-260-40", "1-300-1", "260-1-260",
        "50-1", "51-2", "127-3-1",
    ];

    // Rests of every kind, and lengths around those of vectors and panels.
    private static Gen<int> Size => Gen.OneOf(Gen.Int[1, 20], Gen.Int[1, 140], Gen.Int[60, 68], Gen.Int[126, 132]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_vector_stays_in_its_tensor(string sizes)
    {
        foreach (string activation in new[] { "Tanh", "Linear", "Softmax" })
        {
            VectorBounds.AssertInside(Plan(Models.Of(sizes, activation, "Softmax", "CategoricalCrossEntropy")));
            NetworkModel other = Models.Of(sizes, activation, loss: "RootMeanSquaredError", bias: false);
            VectorBounds.AssertInside(Plan(other));
            VectorBounds.AssertInside(Plan(other with { Determinism = DeterminismMode.CrossPlatform }));
        }
    }

    [Fact]
    public void Every_activation_and_loss_stays_in_its_tensors()
    {
        (string Activation, string Loss, string Sizes)[] all =
        [
            .. from activation in Activations.All
               from loss in Losses.All
               from sizes in new[] { "5-4-3", "3-40-13", "1-1-1" }
               select (activation.Name, loss.Name, sizes),
        ];
        foreach ((string activation, string loss, string sizes) in TestSet.IsFull ? all : Covering.Of(all, c => Covering.Pairs(c.Activation, c.Loss, c.Sizes)))
        {
            VectorBounds.AssertInside(Plan(Models.Of(sizes, activation, activation, loss)));
            VectorBounds.AssertInside(Plan(Models.Of(sizes, activation, "Sigmoid", loss, training: false, bias: false)));
        }
    }

    [Fact]
    public void Every_vector_of_a_random_network_stays_in_its_tensor() =>
        Network.Sample(model => VectorBounds.AssertInside(Plan(model)), iter: TestSet.Choose(byDefault: 20, full: 60, exhaustive: 600), threads: 1);

    [Fact]
    public void Every_vector_stays_in_its_tensor_where_the_order_is_fixed() =>
        Network.Sample(model => VectorBounds.AssertInside(Plan(model with { Determinism = DeterminismMode.CrossPlatform })), iter: TestSet.Choose(byDefault: 20, full: 60, exhaustive: 600), threads: 1);

    [Fact]
    public void Every_plan_can_be_printed() =>
        Network.Sample(model => Assert.NotEmpty(Models.Compile(model, Models.ConsumerWithVectors)), iter: TestSet.Choose(byDefault: 20, full: 60, exhaustive: 600), threads: 1);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_step_reads_each_weight_once_forward_and_once_as_it_is_written(string sizes)
    {
        VectorPlan plan = Plan(Models.Of(sizes));
        foreach (VectorBody body in With(plan, EntryPoints.Train))
        {
            foreach (TensorPlan weight in plan.Parameters.Where(p => p.Shape.Rank == 2))
            {
                var accesses = VectorAccesses.Of(body.Of(EntryPoints.Train)!, weight);
                string what = $"{weight.Name} of {sizes} with {body.Lanes} lanes";

                // Of the padding, vectors take what they meet.
                Assert.True(accesses.Reads.All(n => n <= 2), $"{what} is read {accesses.Reads.Max()} times");
                Assert.True(accesses.Reads.Count(n => n >= 1) >= weight.Shape.Count, $"{what} is not read");
                Assert.True(accesses.Writes.All(n => n <= 1), $"{what} is written {accesses.Writes.Max()} times");
                Assert.True(accesses.Writes.Count(n => n == 1) >= weight.Shape.Count, $"{what} is not written");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_forward_pass_reads_each_weight_once(string sizes)
    {
        VectorPlan plan = Plan(Models.Of(sizes, training: false));
        foreach (VectorBody body in With(plan, EntryPoints.Predict))
        {
            foreach (TensorPlan weight in plan.Parameters.Where(p => p.Shape.Rank == 2))
            {
                var accesses = VectorAccesses.Of(body.Of(EntryPoints.Predict)!, weight);

                Assert.True(accesses.Reads.All(n => n <= 1), $"{weight.Name} of {sizes} with {body.Lanes} lanes is read twice");
                Assert.True(accesses.Reads.Count(n => n == 1) >= weight.Shape.Count, $"{weight.Name} of {sizes} with {body.Lanes} lanes is not read");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_batch_changes_no_parameter_before_the_step_that_changes_each_once(string sizes)
    {
        foreach (OptimizerRow optimizer in Optimizers.All)
        {
            NetworkModel model = Models.Of(sizes) with { Optimizer = optimizer.Name };
            VectorPlan plan = Plan(model);
            foreach (VectorBody body in plan.Bodies)
            {
                string what = $"{sizes} with {optimizer.Name} and {body.Lanes} lanes";
                foreach (TensorPlan parameter in plan.Parameters)
                {
                    Assert.True(Writes([.. body.All(EntryPoints.BackRows)], parameter).All(n => n == 0), $"{parameter.Name} of {what} changes before the step");
                }

                TensorPlan whole = Assert.Single(body.Of(OptimizerSteps.EntryOf(model, optimizer))!.Tensors, t => t.Space == TensorSpace.Parameters);
                int[] writes = Writes([.. body.All(OptimizerSteps.EntryOf(model, optimizer))], whole);
                Assert.True(writes.All(n => n == 1), $"not every parameter of {what} is written once");
            }
        }
    }

    // Nothing needs to be zero before: what is read was either asked for or just written.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_first_rows_of_a_batch_write_each_gradient_once_and_read_none(string sizes)
    {
        VectorPlan plan = Plan(Models.Of(sizes));
        foreach (VectorBody body in plan.Bodies)
        {
            MethodPlan[] back = [.. body.All(EntryPoints.BackRows)];
            foreach (TensorPlan parameter in plan.Parameters)
            {
                TensorPlan gradient = parameter with { Name = "d" + parameter.Name };
                string what = $"{gradient.Name} of {sizes} with {body.Lanes} lanes";
                int[] writes = Writes(back, gradient);
                Assert.True(writes.All(n => n <= 1) && writes.Count(n => n == 1) >= parameter.Shape.Count, $"{what} is not written once");
                Assert.True(back.Select(Unconditional).All(m => VectorAccesses.Of(m, gradient).Reads.All(n => n == 0)), $"{what} is read");
                Assert.True(back.Sum(m => VectorAccesses.Of(m, gradient).Reads.Count(n => n >= 1)) >= parameter.Shape.Count, $"{what} is never added to");
            }
        }

        static MethodPlan Unconditional(MethodPlan method) =>
            method with { Blocks = method.Blocks.Select(b => b with { Statements = Always(b.Statements) }).ToEquatableArray() };

        static EquatableArray<Statement> Always(IEnumerable<Statement> statements) => statements
            .Where(s => s is not Statement.Block { Condition: not null })
            .Select(s => s switch
            {
                Statement.Loop l => l with { Body = Always(l.Body) },
                Statement.RowLoop r => r with { Body = Always(r.Body) },
                Statement.Block b => b with { Body = Always(b.Body) },
                _ => s,
            })
            .ToEquatableArray();
    }

    private static int[] Writes(IEnumerable<MethodPlan> methods, TensorPlan tensor) =>
        [.. methods.Select(m => VectorAccesses.Of(m, tensor).Writes).Aggregate((a, b) => [.. a.Zip(b, (m, n) => m + n)])];

    // 16 registers for 4 and 8 floats, 32 for 16: what is summed must leave room for what is read.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_stay_in_registers(string sizes)
    {
        foreach (VectorBody body in Plan(Models.Of(sizes)).Bodies)
        {
            foreach (MethodPlan method in body.Methods)
            {
                foreach (BlockPlan block in method.Blocks)
                {
                    int sums = Sums([.. block.Statements]);
                    Assert.True(sums <= (body.Lanes == 16 ? 28 : 12), $"{sums} sums at once in {body.Name}.{method.Name}: {block.Kernel.Formula}");
                }
            }
        }
    }

    [Fact]
    public void Products_have_as_many_sums_as_hide_the_latency_of_one()
    {
        foreach (VectorBody body in Plan(Models.Of("64-32-10")).Bodies)
        {
            BlockPlan product = body.Of(EntryPoints.Predict)!.Blocks.First(b => b.Kernel.Assignments[0].Value.Descend().Any(e => e is Expr.Reduce));

            Assert.InRange(Sums([.. product.Statements]), 8, 28);
        }
    }

    [Theory]
    [InlineData("Auto", true, "Vectors", "Vector512", "Vector256", "Vector128")]
    [InlineData("Vector512", true, "Vectors", "Vector512", "Vector256", "Vector128")]
    [InlineData("Vector256", true, "Vectors", "Vector256", "Vector128")]
    [InlineData("Vector128", true, "Vectors", "Vector128")]
    [InlineData("None", true)]
    [InlineData("Auto", false)]
    [InlineData("Vector512", false)]
    public void Files_are_those_of_the_vectors_that_there_may_be(string simd, bool hasVectors, params string[] files)
    {
        NetworkModel model = Models.Of("3-4-5", "Linear") with { Simd = Enum.Parse<SimdMode>(simd) };
        var consumer = new ConsumerModel(HasMathF: true, HasVectors: hasVectors, HasMultiplyAddEstimate: hasVectors);

        Assert.Equal(["", "Contract", "Onnx", .. files], Models.Compile(model, consumer).Select(f => f.HintSuffix));
    }

    [Fact]
    public void Without_vectors_the_text_knows_nothing_of_them()
    {
        NetworkModel model = Models.Of("3-4-5");
        Assert.Equal(
            Models.Compile(model with { Simd = SimdMode.None }, Models.ConsumerWithVectors),
            Models.Compile(model with { Simd = SimdMode.None }, Models.Consumer));
    }

    [Theory]
    [InlineData("784-256-128-10")]
    [InlineData("8-128-128-2")]
    [InlineData("100-101-102-103-104-105-106-107-108-109-110-111-112-113")]
    public void No_file_is_too_long_to_read(string sizes)
    {
        foreach (string activation in new[] { "Relu", "Mish" })
        {
            NetworkModel model = Models.Of(sizes, activation, "Softmax", "CategoricalCrossEntropy") with { Optimizer = "Adam" };
            foreach (GeneratedFile file in Models.Compile(model, Models.ConsumerWithVectors))
            {
                Assert.True(file.Text.Length < 200_000, $"{file.HintSuffix} with {activation} has {file.Text.Length} characters");
            }
        }
    }

    [Theory]
    [InlineData("4-16-16-3", EntryPoints.Train, 8)]
    [InlineData("4-16-16-3", EntryPoints.Predict, 16)]
    [InlineData("8-24-24-4", EntryPoints.Predict, 8)]
    [InlineData("8-24-24-4", EntryPoints.BackRows, 16)]
    [InlineData("8-32-32-4", EntryPoints.Train, 16)]
    public void Long_vectors_are_left_out_where_they_are_no_quicker(string sizes, string entryPoint, int lanes) =>
        Assert.Equal(lanes, With(Plan(Models.Of(sizes)), entryPoint)[0].Lanes);

    // All lengths, or all but the longest.
    private static IReadOnlyList<VectorBody> With(VectorPlan plan, string entryPoint)
    {
        VectorBody[] bodies = [.. plan.Bodies.Where(body => body.Of(entryPoint) is not null)];
        Assert.InRange(bodies.Length, 2, 3);
        return bodies;
    }

    private static VectorPlan Plan(NetworkModel model) => Models.PlanWithVectors(model).Vectors!;

    // The most vectors that are summed up at once: from where one is declared to where it is read last.
    private static int Sums(IReadOnlyList<Statement> statements)
    {
        int most = 0;
        (int From, int To)[] ranges =
        [
            .. statements.Select((s, i) => (Statement: s, At: i))
                .Where(s => s.Statement is Statement.Declare { Lanes: > 1 } d && IsSet(d.Local, statements))
                .Select(s => (s.At, LastUse(((Statement.Declare)s.Statement).Local, statements))),
        ];
        for (int i = 0; i < statements.Count; i++)
        {
            int inside = Body(statements[i]) is { } body ? Sums(body) : 0;
            most = Math.Max(most, inside + ranges.Count(r => r.From <= i && i <= r.To));
        }

        return most;
    }

    private static bool IsSet(string local, IEnumerable<Statement> statements) =>
        statements.Any(s => (s is Statement.Set set && set.Local == local) || (Body(s) is { } body && IsSet(local, body)));

    private static int LastUse(string local, IReadOnlyList<Statement> statements) =>
        Enumerable.Range(0, statements.Count).Last(i => Uses(local, statements[i]));

    private static bool Uses(string local, Statement statement) => statement switch
    {
        Statement.Declare d => d.Local == local || Reads(d.Value, local),
        Statement.Set s => s.Local == local || Reads(s.Value, local),
        Statement.Store s => Reads(s.Value, local),
        _ => Body(statement)?.Any(s => Uses(local, s)) ?? false,
    };

    private static bool Reads(Expr value, string local) => value.Descend().Any(e =>
        (e is Expr.Local l && l.Name == local) || (e is Expr.AcrossEach each && each.Values.Any(v => Reads(v, local))));

    private static IReadOnlyList<Statement>? Body(Statement statement) => statement switch
    {
        Statement.Loop l => [.. l.Body],
        Statement.RowLoop r => [.. r.Body],
        Statement.Block b => [.. b.Body],
        _ => null,
    };

    private static Gen<T> Among<T>(EquatableArray<T> rows)
        where T : IEquatable<T> => Gen.Int[0, rows.Count - 1].Select(i => rows[i]);
}
