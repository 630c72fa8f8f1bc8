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
                    Walk(block.Statements, [], lengths, $"{body.Name}.{method.Name}: {block.Kernel.Formula}");
                }
            }
        }
    }

    private static void Walk(IEnumerable<Statement> statements, Dictionary<string, int> last, Dictionary<string, int> lengths, string where)
    {
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Statement.Loop l:
                    Assert.True(l.To > l.From && (l.To - l.From) % l.Step == 0, where + ": a loop that ends between two steps");
                    Walk(l.Body, new(last) { [l.Variable.Name] = l.To - l.Step }, lengths, where);
                    break;
                case Statement.RowLoop r:
                    Walk(r.Body, new(last) { [r.Variable.Name] = r.Variable.Extent - r.Tile }, lengths, where);
                    break;
                case Statement.Block b:
                    Walk(b.Body, last, lengths, where);
                    break;
                case Statement.Declare d:
                    Check(d.Value, d.Lanes);
                    break;
                case Statement.Set s:
                    Check(s.Value, s.Lanes);
                    break;
                case Statement.Store s:
                    Check(s.Target, s.Lanes);
                    Check(s.Value, s.Lanes);
                    break;
            }
        }

        void Check(Expr value, int lanes)
        {
            switch (value)
            {
                case Expr.Element element:
                    Assert.True(element.Index.Terms.All(t => last.ContainsKey(t.Variable.Name)), $"{where}: {element.Tensor} is read or written outside of the loop over its axis");
                    int end = element.Index.Offset + element.Index.Terms.Sum(t => t.Stride * last[t.Variable.Name]) + lanes;
                    Assert.True(element.Index.Offset >= 0 && end <= lengths[element.Tensor], $"{where}: {element.Tensor} is read or written up to {end} of {lengths[element.Tensor]}");
                    break;
                case Expr.Splat splat:
                    Check(splat.Value, 1);
                    break;
                case Expr.Across across:
                    Check(across.Value, across.Lanes);
                    break;
                case Expr.AcrossEach each:
                    foreach (Expr one in each.Values)
                    {
                        Check(one, each.Lanes);
                    }

                    break;
                default:
                    foreach (Expr child in value.Children())
                    {
                        Check(child, lanes);
                    }

                    break;
            }
        }
    }
}
