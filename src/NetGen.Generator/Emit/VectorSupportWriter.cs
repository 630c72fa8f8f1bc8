namespace NetGen.Generator;

/// <summary>
/// Writes what the code of all widths shares: the choice of the width, and parameters into and out of the memory that
/// vectors read.
/// </summary>
internal sealed class VectorSupportWriter(ClassPlan plan, ConsumerModel consumer, CodeWriter writer)
{
    /// <summary>The nested class whose methods run the longest vectors that the processor has.</summary>
    public const string Dispatcher = "Widest";

    /// <summary>The method that runs the rows of a tile forward.</summary>
    public const string LossOfTile = "LossOfTile";

    /// <summary>The methods that tell how large the factors of gradients are.</summary>
    public const string LargestOfSample = "LargestOfSample";
    public const string LargestOfTile = "LargestOfTile";

    public const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    private readonly VectorPlan _vectors = plan.Vectors!;
    private readonly VectorBody[] _bodies = [.. plan.Vectors!.Bodies.Where(b => b.Lanes > 1)];

    /// <summary>Short names for what the code calls most. They are long enough to be nobody else's.</summary>
    public static void WriteAliases(ClassPlan plan, CodeWriter writer)
    {
        VectorBody[] bodies = [.. plan.Vectors!.Bodies.Where(b => b.Lanes > 1)];
        foreach (VectorBody body in bodies)
        {
            writer.Line($"using {VectorText.Alias(body.Lanes)} = global::System.Runtime.Intrinsics.{body.Name};");
            writer.Line($"using {VectorText.Floats(body.Lanes)} = {VectorText.Type(body.Lanes)};");
        }

        if (bodies.Length > 0)
        {
            writer.Line($"using {VectorText.Reference} = global::System.Runtime.CompilerServices.Unsafe;");
            writer.Line();
        }
    }

    public void Write(IReadOnlyList<string> functions)
    {
        Facts();
        Dispatch();
        Losses();
        Factors("The largest magnitude among what the gradients of a sample are sums of products of", LargestOfSample, _vectors.SampleFactors, 0);
        Factors("The same for the rows of a tile, beside its inputs and targets", LargestOfTile, _vectors.RowFactors, _vectors.BatchRows);
        Transfer();
        if (_vectors.Copies.Count > 0)
        {
            Transpose();
        }

        new LanesWriter(plan, consumer, writer).Write([.. _bodies.Select(body => body.Lanes)], functions);
    }

    /// <summary>What any width's method of an entry point takes.</summary>
    public static IEnumerable<(string Type, string Name)> Parameters(ClassPlan plan, VectorPlan vectors, string entry) =>
        vectors.Bodies.SelectMany(b => b.All(entry)).Concat(plan.HasScalarForm ? plan.Of(entry) : []).SelectMany(MethodSignature.Of).Distinct()
            .OrderBy(p => p.Name == VectorPlanner.RowCount);

    private void Facts()
    {
        if (plan.HasScalarForm)
        {
            string any = VectorText.Has(_bodies[_bodies.Length - 1].Lanes);
            writer.Line("// The compiler of the machine knows what the processor has: of each condition only the branch that runs is left.");
            writer.Line($"public static bool HasVectors => {any};");
            writer.Line();
        }

        writer.Line($"// {(plan.HasScalarForm ? "With vectors, weights are padded" : "Weights are padded")}, and lie in the order in which they are read.");
        New("NewParameters", _vectors.ParameterLength, plan.ParameterCount);
        writer.Line();
        writer.Line("// The values of a sample.");
        New("NewSample", _vectors.ScratchLength, plan.ScratchLength);
        writer.Line();
        writer.Line($"// The values of {Literal.Of(_vectors.BatchRows)} rows of a batch.");
        New("NewBatch", _vectors.RowsLength, plan.ScratchLength);
        writer.Line();
        writer.Line($"public static {MemberWriter.WriteSpan} Memory(float[] memory) => {ByForm($"{MemberWriter.Aligned}.Span(memory)", "memory")};");

        void New(string name, int padded, int length) => writer.Line(
            $"public static float[] {name}() => {ByForm($"{MemberWriter.Aligned}.Allocate({Literal.Of(padded)})", $"new float[{Literal.Of(length)}]")};");

        string ByForm(string vectors, string scalar) => plan.HasScalarForm ? $"HasVectors ? {vectors} : {scalar}" : vectors;
    }

    private void Dispatch()
    {
        writer.Line();
        writer.Line("// Runs the longest vectors that the processor has.");
        using (writer.Braces($"public static class {Dispatcher}"))
        {
            string[] entries = [.. _vectors.EntryPoints];
            for (int i = 0; i < entries.Length; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                Dispatch(entries[i]);
            }
        }
    }

    private void Dispatch(string entry)
    {
        MethodPlan[] scalar = plan.HasScalarForm ? [.. plan.Of(entry)] : [];
        IEnumerable<(string, string)> parameters = Parameters(plan, _vectors, entry);
        string result = _vectors.All(entry).Any(m => m.Returns is not null) ? "float" : "void";
        writer.Line(Inline);
        using (writer.Braces($"public static {result} {entry}({MethodSignature.Declaration(parameters)})"))
        {
            foreach (VectorBody body in _vectors.Bodies.Where(b => b.Of(entry) is not null))
            {
                MethodPlan[] methods = [.. body.All(entry)];
                bool isLast = scalar.Length == 0 && body == _vectors.Bodies[_vectors.Bodies.Count - 1];
                using (!isLast ? writer.Braces($"if ({VectorText.Has(body.Lanes)})")
                    : methods.Length > 1 ? writer.Braces()
                    : (IDisposable)Nothing.Instance)
                {
                    InOrder($"{body.Name}.", methods, isLast);
                }

                if (!isLast)
                {
                    writer.Line();
                }
            }

            InOrder($"{GeneratedMembers.Formulas}.", scalar, isLast: true);
        }
    }

    /// <summary>Calls the methods of an entry point and leaves with what one of them returns.</summary>
    /// <param name="isLast">Nothing follows that would have to be left out.</param>
    private void InOrder(string type, IReadOnlyList<MethodPlan> methods, bool isLast)
    {
        string? known = null;
        for (int i = 0; i < methods.Count; i++)
        {
            MethodPlan method = methods[i];
            bool isEnd = i == methods.Count - 1;
            string call = $"{type}{method.Name}({string.Join(", ", MethodSignature.Of(method).Select(p => p.Name))});";
            Statement.ReturnUnlessBelow[] stops = [.. method.Blocks.SelectMany(b => b.Statements).OfType<Statement.ReturnUnlessBelow>()];
            bool isStop = known is not null && method.Returns is not null;
            writer.Line(method.Returns is not { } value ? call : isEnd && !isStop ? "return " + call : $"float {value} = {call}");
            if (method.Returns is not null && (!isEnd || isStop))
            {
                known ??= method.Returns;
                if (stops.Length > 0)
                {
                    // A method that has stopped returned what is not below that limit.
                    float limit = stops.Where(s => s.Local == method.Returns).Select(s => s.Limit).DefaultIfEmpty(float.PositiveInfinity).Max();
                    CSharpText.Print(new Statement.ReturnUnlessBelow(method.Returns, limit), writer);
                    writer.Line();
                }
            }
        }

        if (known is not null)
        {
            writer.Line($"return {known};");
        }
        else if (!isLast && methods[methods.Count - 1].Returns is null)
        {
            writer.Line("return;");
        }
    }

    private void Losses()
    {
        writer.Line();
        writer.Line("// The rows of a tile forward: returns the sum of their losses.");
        using (writer.Braces($"public static double {LossOfTile}(float[] parameters, float[] batch, {MemberWriter.ReadSpan} inputs, {MemberWriter.TargetRows} wanted)"))
        {
            writer.Line("int rows = wanted.Count;");
            writer.Line($"{MemberWriter.ReadSpan} targets = wanted.In({Rows(Programs.ClassTarget)});");
            foreach (string entry in (string[])[EntryPoints.ForwardRows, EntryPoints.LossRows])
            {
                writer.Line($"{Dispatcher}.{entry}({MethodSignature.Arguments(Parameters(plan, _vectors, entry), OfTile)});");
            }

            string seeds = plan.Model.Training ? $", {Rows(plan.Network.Seed.Name)}, {Pitch(plan.Network.Seed.Name)}" : "";
            writer.Line($"return wanted.Weigh({Rows(plan.Network.Loss.Name)}, {Pitch(plan.Network.Loss.Name)}{seeds});");
        }

        string Rows(string tensor) => Memory(_vectors.RowsOf(tensor), "batch");

        string Pitch(string tensor) => Literal.Of(_vectors.RowsOf(tensor).Length / _vectors.BatchRows);
    }

    /// <param name="rows">Of the most that there can be; 0 for one sample.</param>
    private void Factors(string summary, string name, IEnumerable<TensorPlan> factors, int rows)
    {
        TensorPlan[] inMemory = [.. factors.Where(f => f.Space is TensorSpace.Scratch or TensorSpace.Rows)];
        if (inMemory.Length == 0)
        {
            return;
        }

        writer.Line();
        writer.Line($"// {summary}: {string.Join(", ", inMemory.Select(f => f.Name))}.");
        using (writer.Braces($"public static float {name}(float[] {(rows > 0 ? "batch, int rows" : "scratch")})"))
        {
            writer.Line($"{MemberWriter.ReadSpan} values = {MemberWriter.Aligned}.Span({(rows > 0 ? "batch" : "scratch")});");
            for (int i = 0; i < inMemory.Length; i++)
            {
                TensorPlan factor = inMemory[i];
                string length = rows > 0 ? $"rows * {Literal.Of(factor.Length / rows)}" : Literal.Of(factor.Shape.Count);
                string largest = $"{MemberWriter.Magnitude}.Largest(values.Slice({Literal.Of(factor.Offset)}, {length}))";
                writer.Line(i == 0 ? $"float largest = {largest};" : $"largest = global::System.Math.Max(largest, {largest});");
            }

            writer.Line("return largest;");
        }
    }

    /// <summary>Arguments of a method that gets the memory of a tile.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfTile = new Dictionary<string, string>
    {
        ["parameters"] = "parameters",
        ["gradients"] = "gradients",
        ["batch"] = "batch",
        [VectorPlanner.RowCount] = "(nuint)rows",
    };

    private void Transfer()
    {
        writer.Line();
        writer.Line("// From the logical order to the memory's; the padding stays zero.");
        using (writer.Braces($"public static void Pack({MemberWriter.ReadSpan} source, float[] memory)"))
        {
            writer.Line("global::System.Array.Clear(memory, 0, memory.Length);");
            Each((parameter, logical, memory) => writer.Line(_vectors.LayoutOf(parameter.Name) is { } layout
                ? $"{New(layout)}.Pack({logical("source")}, {memory});"
                : $"{logical("source")}.CopyTo({memory});"));
        }

        if (plan.Model.Training)
        {
            writer.Line();
            writer.Line("// The same for numbers that are added to those in memory.");
            using (writer.Braces($"public static void AddPacked({MemberWriter.ReadSpan} source, float[] memory)"))
            {
                Each((parameter, logical, memory) => writer.Line(_vectors.LayoutOf(parameter.Name) is { } layout
                    ? $"{New(layout)}.Add({logical("source")}, {memory});"
                    : $"{TilesWriter.Support}.Add({memory}.Slice(0, {Literal.Of(parameter.Shape.Count)}), {logical("source")});"));
            }
        }

        writer.Line();
        writer.Line("// And back.");
        using (writer.Braces($"public static void Unpack(float[] memory, {MemberWriter.WriteSpan} destination)"))
        {
            Each((parameter, logical, memory) => writer.Line(_vectors.LayoutOf(parameter.Name) is { } layout
                ? $"{New(layout)}.Unpack({memory}, {logical("destination")});"
                : $"{memory}.Slice(0, {Literal.Of(parameter.Shape.Count)}).CopyTo({logical("destination")});"));
        }
    }

    private void Transpose()
    {
        writer.Line();
        writer.Line("// Weights the other way round, for what batches read along the other axis.");
        using (writer.Braces("public static void Transpose(float[] parameters, float[] batch)"))
        {
            foreach (WeightCopy copy in _vectors.Copies)
            {
                writer.Line($"// {copy.Copy.Name}: {copy.CopyLayout.Form}");
                writer.Line($"{New(copy.WeightLayout)}.Transpose({Memory(copy.Weight, "parameters")}, {New(copy.CopyLayout)}, {Memory(copy.Copy, "batch")});");
            }
        }
    }

    private void Each(Action<TensorPlan, Func<string, string>, string> write)
    {
        for (int i = 0; i < _vectors.Parameters.Count; i++)
        {
            TensorPlan parameter = _vectors.Parameters[i];
            TensorPlan logical = plan.Parameters[i];
            writer.Line($"// {parameter.Name}{(_vectors.LayoutOf(parameter.Name) is { } layout ? ": " + layout.Form : "")}");
            write(parameter, span => $"{span}.Slice({Literal.Of(logical.Offset)}, {Literal.Of(logical.Shape.Count)})", Memory(parameter));
        }
    }

    /// <summary>The memory of a parameter, as a span.</summary>
    public static string Memory(TensorPlan parameter, string array = "memory") =>
        $"{MemberWriter.Aligned}.Span({array}).Slice({Literal.Of(parameter.Offset)}, {Literal.Of(parameter.Length)})";

    public static string New(WeightLayout layout)
    {
        // Panels of inputs are panels of outputs of the transposed weight.
        int[] sizes = layout.IsOfInputs
            ? [layout.Inputs, layout.Outputs, layout.Panel, layout.PanelStride, layout.InputStride, layout.OutputStride]
            : [layout.Outputs, layout.Inputs, layout.Panel, layout.PanelStride, layout.OutputStride, layout.InputStride];
        string[] numbers = [.. sizes.Select(n => Literal.Of(n))];
        return $"new global::NetGen.CompilerServices.WeightLayout({string.Join(", ", numbers)})";
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}
