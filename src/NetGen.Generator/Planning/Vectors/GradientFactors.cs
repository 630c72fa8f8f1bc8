namespace NetGen.Generator;

/// <summary>
/// What gradients are sums of products of: where all of it is small, no gradient can be infinite, and none needs to be looked
/// at before a step. Layers have as many factors as they have inputs and outputs, and gradients as many as those multiplied.
/// </summary>
internal static class GradientFactors
{
    /// <summary>The tensors whose elements, alone or times one another, are added up to the gradients.</summary>
    /// <param name="kernels">What adds to the gradients, among others.</param>
    /// <param name="place">Where tensors lie.</param>
    /// <param name="isValue">Whether a tensor is a value of a sample, and no parameter or sum.</param>
    /// <param name="rows">The rows of a batch that are summed over; null where there is one sample.</param>
    /// <returns>In the order of memory. None where something else is added, which can be anything.</returns>
    public static IReadOnlyList<TensorPlan> Of(IEnumerable<Kernel> kernels, Func<string, TensorPlan> place, Func<string, bool> isValue, LoopVariable? rows)
    {
        var factors = new HashSet<TensorPlan>();
        foreach (Assignment sum in kernels.SelectMany(k => k.Assignments).Where(a => a.Domain.Count > 0 && place(a.Target).Space == TensorSpace.Gradients))
        {
            Expr value = sum.Value is Expr.Reduce { Reduction: Reduction.Sum } reduce && reduce.Over == rows ? reduce.Body : sum.Value;
            Expr[] terms = value is Expr.Binary { Operator: BinaryOperator.Multiply } product ? [product.Left, product.Right] : [value];
            foreach (Expr term in terms)
            {
                if (term is not Expr.Element element || !isValue(element.Tensor))
                {
                    return [];
                }

                factors.Add(place(element.Tensor));
            }
        }

        return [.. factors.OrderBy(f => f.Space).ThenBy(f => f.Offset)];
    }
}
