namespace NetGen.Generator.Tests;

/// <summary>How often each element of a tensor is read and written when a method runs for one sample.</summary>
internal sealed class VectorAccesses
{
    private VectorAccesses(int length)
    {
        Reads = new int[length];
        Writes = new int[length];
    }

    public int[] Reads { get; }

    public int[] Writes { get; }

    public static VectorAccesses Of(MethodPlan method, TensorPlan tensor)
    {
        var accesses = new VectorAccesses(tensor.Length);
        new VectorWalk(Rounds, Count).Run(method.Blocks.SelectMany(b => b.Statements));
        return accesses;

        // Loops that leave the tensor alone are most of a method's time.
        IEnumerable<int> Rounds(Statement statement)
        {
            if (statement is Statement.Loop l && l.Tensors().Contains(tensor.Name))
            {
                for (int i = l.From; i < l.To; i += l.Step)
                {
                    yield return i;
                }
            }
        }

        void Count(VectorWalk.Access access)
        {
            if (access.Element.Tensor == tensor.Name)
            {
                foreach (ref int count in (access.IsWrite ? accesses.Writes : accesses.Reads).AsSpan(access.Start, access.Lanes))
                {
                    count++;
                }
            }
        }
    }
}
