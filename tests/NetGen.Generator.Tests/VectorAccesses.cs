namespace NetGen.Generator.Tests;

/// <summary>How often each element of a tensor is read and written when a method runs for one sample.</summary>
internal sealed class VectorAccesses
{
    private readonly string _tensor;
    private readonly Dictionary<LoopVariable, int> _at = [];

    private VectorAccesses(string tensor, int length)
    {
        _tensor = tensor;
        Reads = new int[length];
        Writes = new int[length];
    }

    public int[] Reads { get; }

    public int[] Writes { get; }

    public static VectorAccesses Of(MethodPlan method, TensorPlan tensor)
    {
        var accesses = new VectorAccesses(tensor.Name, tensor.Length);
        accesses.Run(method.Blocks.SelectMany(b => b.Statements));
        return accesses;
    }

    private void Run(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Statement.Loop l when l.Tensors().Contains(_tensor):
                    for (int i = l.From; i < l.To; i += l.Step)
                    {
                        _at[l.Variable] = i;
                        Run(l.Body);
                    }

                    break;
                case Statement.Block b:
                    Run(b.Body);
                    break;
                case Statement.Declare d:
                    Read(d.Value, d.Lanes);
                    break;
                case Statement.Set s:
                    Read(s.Value, s.Lanes);
                    break;
                case Statement.Store s:
                    Read(s.Value, s.Lanes);
                    if (s.Operator != AssignmentOperator.Assign)
                    {
                        Read(s.Target, s.Lanes);
                    }

                    Count(Writes, s.Target, s.Lanes);
                    break;
            }
        }
    }

    private void Read(Expr value, int lanes)
    {
        switch (value)
        {
            case Expr.Element element:
                Count(Reads, element, lanes);
                break;
            case Expr.Splat splat:
                Read(splat.Value, 1);
                break;
            case Expr.Across across:
                Read(across.Value, across.Lanes);
                break;
            case Expr.AcrossEach each:
                foreach (Expr one in each.Values)
                {
                    Read(one, each.Lanes);
                }

                break;
            default:
                foreach (Expr child in value.Children())
                {
                    Read(child, lanes);
                }

                break;
        }
    }

    private void Count(int[] counts, Expr.Element element, int lanes)
    {
        if (element.Tensor == _tensor)
        {
            int start = element.Index.Offset + element.Index.Terms.Sum(t => t.Stride * _at[t.Variable]);
            for (int lane = 0; lane < lanes; lane++)
            {
                counts[start + lane]++;
            }
        }
    }
}
