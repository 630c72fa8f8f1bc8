namespace NetGen.Generator;

/// <summary>What the writers of members that take the rows of a batch share.</summary>
internal abstract class RowsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    /// <summary>Finds the rows of a batch with targets.</summary>
    protected void CheckTargets()
    {
        Writer.Line($"{TargetRows} {Wanted} = {TargetRows}.Of(targets, inputs.Length, InputCount, OutputCount);");
        Writer.Line($"int rows = {Wanted}.Count;");
    }

    /// <param name="others">The name of the outputs or targets.</param>
    protected void CheckBatch(string others, int minimum) => Writer.Line(
        $"int rows = {Check}.Batch(inputs.Length, InputCount, {others}.Length, OutputCount, \"{others}\", {Literal.Of(minimum)});");

    /// <summary>A loop over the rows of a batch, which begins with their forward pass.</summary>
    protected CodeWriter.Block ForEachRow()
    {
        CodeWriter.Block loop = Writer.Braces("for (int row = 0; row < rows; row++)");
        Forward("inputs.Slice(row * InputCount, InputCount)", BatchScratch);
        return loop;
    }

    /// <summary>A loop over parts of a batch that are carried out together, and what follows where there are no vectors.</summary>
    /// <param name="most">The most rows of a part.</param>
    /// <param name="others">What those rows have beside inputs: <see cref="SpanOfTile"/> or <see cref="TargetsOfTile"/>.</param>
    protected CodeWriter.Block ForEachTile(string most, string others)
    {
        CodeWriter.Block loop = Writer.Braces($"for (int row = 0; row < rows; row += {most})");
        Writer.Line($"int count = rows - row < {most} ? rows - row : {most};");
        Writer.Line(SpanOfTile(ReadSpan, "inputs", "InputCount"));
        Writer.Line(others);
        return loop;
    }

    protected static string SpanOfTile(string type, string span, string length) => $"{type} {Tile(span)} = {span}.Slice(row * {length}, count * {length});";

    protected static string TargetsOfTile { get; } = $"{TargetRows} {Tile("targets")} = {Wanted}.Slice(row, count);";

    /// <summary>The loss of a row, in the scalar form, as it weighs.</summary>
    /// <param name="loss">The call that computes it.</param>
    /// <param name="seeds">Whether anything flows back from it.</param>
    protected string Weighed(string loss, bool seeds) =>
        $"{Wanted}.Weigh(row, {loss}, {(seeds ? ScalarPlace(Plan.Network.Seed, BatchScratch) : $"{WriteSpan}.Empty")})";

    /// <summary>Declares the target of a row, in the scalar form.</summary>
    protected void TargetOfRow() => Writer.Line($"{ReadSpan} target = {Wanted}.Row(row, {ScalarClassTarget(BatchScratch)});");

    /// <summary>Calls an entry point for the rows of a tile.</summary>
    protected void CallTile(string entryPoint)
    {
        var ofTile = new Dictionary<string, string>
        {
            ["batch"] = BatchScratch,
            ["scratch"] = BatchScratch,
            [VectorPlanner.RowCount] = "(nuint)count",
        };
        foreach (string span in (string[])["inputs", "outputs", "targets", VectorPrograms.OutputGradients])
        {
            ofTile.Add(span, Tile(span));
        }

        Writer.Line(MethodsWriter.Calls(Plan, entryPoint, ofTile).Single() + ";");
    }

    /// <summary>Brings copies of weights up to date.</summary>
    protected void Transpose()
    {
        if (Vectors!.Copies.Count > 0)
        {
            Writer.Line($"{GeneratedMembers.Formulas}.Transpose(_parameters, {BatchScratch});");
        }
    }

    /// <summary>The forward pass of a tile, whose losses are added to <c>sum</c>.</summary>
    protected void AddLosses() => Writer.Line(
        $"sum += {GeneratedMembers.Formulas}.{VectorSupportWriter.LossOfTile}(_parameters, {BatchScratch}, {Tile("inputs")}, {Tile("targets")});");

    private static string Tile(string span) => span + "OfTile";
}
