namespace NetGen.Generator.Tests;

/// <summary>
/// Proves that a plan's vectors stay in their tensors: generated code checks no index. Strides are never negative, so
/// that the last round of every loop goes furthest.
/// </summary>
internal static class VectorBounds
{
    public static void AssertInside(VectorPlan plan)
    {
        foreach (VectorBody body in plan.Bodies)
        {
            foreach (MethodPlan method in body.Methods)
            {
                Dictionary<string, int> lengths = method.Tensors.ToDictionary(
                    t => t.Name,
                    t => t.Space != TensorSpace.Argument ? t.Length
                        : method.Blocks.SelectMany(b => b.Statements).Any(s => s.HasRows()) ? plan.BatchRows * t.Shape.Count
                        : t.Shape.Count);
                foreach (BlockPlan block in method.Blocks)
                {
                    AssertInside(block, lengths, $"{body.Name}.{method.Name}: {block.Kernel.Formula}");
                }
            }
        }
    }

    private static void AssertInside(BlockPlan block, Dictionary<string, int> lengths, string where)
    {
        new VectorWalk(Last, Check).Run(block.Statements);

        IEnumerable<int> Last(Statement statement)
        {
            if (statement is Statement.RowLoop rows)
            {
                return [rows.Variable.Extent - rows.Tile];
            }

            var loop = (Statement.Loop)statement;
            Assert.True(loop.To > loop.From && (loop.To - loop.From) % loop.Step == 0, where + ": a loop that ends between two steps");
            return [loop.To - loop.Step];
        }

        void Check(VectorWalk.Access access)
        {
            (string tensor, int end) = (access.Element.Tensor, access.Start + access.Lanes);
            Assert.True(access.Element.Index.Offset >= 0 && end <= lengths[tensor], $"{where}: {tensor} is read or written up to {end} of {lengths[tensor]}");
        }
    }
}
