using NetGen;

namespace FromPyTorch;

/// <summary>The network of train.py: position, speed, angle and spin in, the share of the motor's force out.</summary>
[OnnxNetwork("policy.onnx", Training = true, Optimizer = Optimizer.Adam)]
public partial class Policy;
