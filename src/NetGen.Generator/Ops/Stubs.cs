namespace NetGen.Generator;

internal sealed class SoftmaxOp;

internal sealed class SoftmaxCrossEntropyOp;
