namespace NetGen.Generator;

/// <summary>Writes the methods over vectors that formulas call: what adds and picks lanes, and the elementary functions.</summary>
internal sealed class LanesWriter(ClassPlan plan, ConsumerModel consumer, CodeWriter writer)
{
    private readonly bool _isCrossPlatform = plan.Model.Determinism == DeterminismMode.CrossPlatform;
    private readonly VectorText _csharp = new(consumer, plan.Model.Determinism == DeterminismMode.CrossPlatform);

    public void Write(IReadOnlyList<int> lanes, IReadOnlyList<string> functions)
    {
        if (lanes.Count > 0)
        {
            ElementAt();
        }

        foreach (int width in lanes)
        {
            Splat(width);
            FirstLanes(width);
            Sum(width);
            SumEach(width);
            if (_isCrossPlatform)
            {
                OneNaN(width);
            }

            if (!_isCrossPlatform && VectorText.HasOwnMultiplyAdd(consumer.HasMultiplyAddEstimate, width))
            {
                MultiplyAdd(width);
            }

            foreach (string function in functions)
            {
                Function(Functions.Get(function, plan.Model.MathMode), width);
            }
        }
    }

    // What the platform has for this and the next is one of many overloads. A compiler takes up to ten times as long to
    // choose one as it takes for a method without any, and generated code calls little else; at run time nothing is left of them.
    private void ElementAt()
    {
        writer.Line();
        writer.Line("// The element so many behind another.");
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"private static ref float {VectorText.ElementAt}(ref float from, nuint offset) => ref {VectorText.Reference}.Add(ref from, offset);");
    }

    private void Splat(int lanes)
    {
        string create = VectorText.Alias(lanes) + ".Create";
        string declaration = $"private static {VectorText.Type(lanes)} {VectorText.Splat(lanes)}";
        writer.Line();
        writer.Line("// One number in all lanes.");
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"{declaration}(float x) => {create}(x);");
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"{declaration}(ref float from, nuint offset) => {create}({VectorText.Reference}.Add(ref from, offset));");
    }

    private void FirstLanes(int lanes)
    {
        string simd = VectorText.Alias(lanes);
        string type = VectorText.Type(lanes);
        string places = string.Join(", ", Enumerable.Range(0, lanes).Select(i => Literal.Of((float)i)));
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"private static {type} FirstLanes({type} x, float count) =>");
        writer.Line($"    {simd}.BitwiseAnd(x, {simd}.LessThan({simd}.Create({places}), {simd}.Create(count)));");
    }

    private void OneNaN(int lanes)
    {
        string simd = VectorText.Alias(lanes);
        string type = VectorText.Type(lanes);
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"private static {type} OneNaN({type} x) =>");
        writer.Line($"    {simd}.ConditionalSelect({simd}.Equals(x, x), x, {simd}.Create({MemberWriter.CanonicalNaN}.Of(float.NaN)));");
    }

    // Half and half are added: the platform's sum of a long vector adds up each half by itself, and that of four lanes
    // as each platform does.
    private void Sum(int lanes)
    {
        string type = VectorText.Type(lanes);
        string simd = VectorText.Alias(lanes);
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        if (lanes > Piece.Shortest)
        {
            writer.Line($"private static float Sum({type} x) => Sum({simd}.GetLower(x) + {simd}.GetUpper(x));");
        }
        else if (plan.HasScalarForm)
        {
            writer.Line($"private static float Sum({type} x) => {simd}.Sum(x);");
        }
        else
        {
            // The library's own order changed between versions.
            using (writer.Braces($"private static float Sum({type} x)"))
            {
                writer.Line($"{type} pairs = x + {simd}.Shuffle(x, {simd}.Create(2, 3, 0, 1));");
                writer.Line($"return (float)({simd}.ToScalar(pairs) + {simd}.GetElement(pairs, 1));");
            }
        }
    }

    // Half and half are added until four lanes are left of each, then those of all four at once.
    private void SumEach(int lanes)
    {
        string type = VectorText.Type(lanes);
        string four = VectorText.Type(Piece.Shortest);
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        if (lanes > Piece.Shortest)
        {
            string simd = VectorText.Alias(lanes);
            writer.Line($"private static {four} SumEach({type} a, {type} b, {type} c, {type} d) => SumEach(");
            writer.Line(string.Join(",\n", "abcd".Select(v => $"    {simd}.GetLower({v}) + {simd}.GetUpper({v})")) + ");");
            return;
        }

        const string Sse = "global::System.Runtime.Intrinsics.X86.Sse";
        const string Arm = "global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64";
        string one = VectorText.Alias(lanes);
        using (writer.Braces($"private static {four} SumEach({type} a, {type} b, {type} c, {type} d)"))
        {
            using (writer.Braces($"if ({Sse}.IsSupported)"))
            {
                writer.Line($"{four} ab = {Sse}.UnpackLow(a, b) + {Sse}.UnpackHigh(a, b);");
                writer.Line($"{four} cd = {Sse}.UnpackLow(c, d) + {Sse}.UnpackHigh(c, d);");
                writer.Line($"return {Sse}.MoveLowToHigh(ab, cd) + {Sse}.MoveHighToLow(cd, ab);");
            }

            writer.Line();
            using (writer.Braces($"if ({Arm}.IsSupported)"))
            {
                if (plan.HasScalarForm)
                {
                    writer.Line($"return {Arm}.AddPairwise({Arm}.AddPairwise(a, b), {Arm}.AddPairwise(c, d));");
                }
                else
                {
                    writer.Line($"{four} ab = {Arm}.ZipLow(a, b) + {Arm}.ZipHigh(a, b);");
                    writer.Line($"{four} cd = {Arm}.ZipLow(c, d) + {Arm}.ZipHigh(c, d);");
                    writer.Line($"return {one}.Create({one}.GetLower(ab), {one}.GetLower(cd)) + {one}.Create({one}.GetUpper(ab), {one}.GetUpper(cd));");
                }
            }

            writer.Line();
            writer.Line($"return {one}.Create({string.Join(", ", "abcd".Select(v => plan.HasScalarForm ? $"{one}.Sum({v})" : $"Sum({v})"))});");
        }
    }

    // Nothing but a multiplication and an addition where there is no better: what the library does then, it does number by
    // number.
    private void MultiplyAdd(int lanes)
    {
        const string Intrinsics = "global::System.Runtime.Intrinsics.";
        const string X86 = Intrinsics + "X86.";
        const string Arm = Intrinsics + "Arm.AdvSimd";
        string type = VectorText.Type(lanes);
        writer.Line();
        writer.Line(VectorSupportWriter.Inline);
        writer.Line($"private static {type} MultiplyAdd({type} x, {type} y, {type} z) =>");
        if (consumer.HasMultiplyAddEstimate)
        {
            writer.Line($"    {Intrinsics}Wasm.PackedSimd.IsSupported ? (x * y) + z : {VectorText.Alias(lanes)}.MultiplyAddEstimate(x, y, z);");
            return;
        }

        string fused = lanes switch
        {
            16 => $"{X86}Avx512F.IsSupported ? {X86}Avx512F.FusedMultiplyAdd(x, y, z) : ",
            8 => $"{X86}Fma.IsSupported ? {X86}Fma.MultiplyAdd(x, y, z) : ",
            _ => $"{X86}Fma.IsSupported ? {X86}Fma.MultiplyAdd(x, y, z) : {Arm}.IsSupported ? {Arm}.FusedMultiplyAdd(z, x, y) : ",
        };
        writer.Line($"    {fused}(x * y) + z;");
    }

    private void Function(FunctionRow row, int lanes)
    {
        string type = VectorText.Type(lanes);
        writer.Line();
        writer.Line($"// {row.Summary}");
        writer.Line(VectorSupportWriter.Inline);
        using (writer.Braces($"private static {type} {row.Name}({type} x)"))
        {
            foreach (FunctionStep step in row.Steps)
            {
                writer.Line($"{VectorText.Floats(lanes)} {step.Name} = {_csharp.Print(AtX(step.Value), lanes)};");
            }

            writer.Line($"return {_csharp.Print(AtX(row.Result), lanes)};");
        }
    }

    private Expr AtX(Expr value) => MultiplyAdds.Fuse(value.Apply([new Expr.Local("x")]), SumOrder.Of(plan.Model.Determinism));
}
