namespace NetGen.Benchmarks.Regressions;

// The networks of NetworkShape.All as users declare them, compiled with this project.

[Network(2, MathMode = MathMode.Fast)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
public sealed partial class Net2x8x1;

[Network(4, MathMode = MathMode.Fast)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(3)]
public sealed partial class Net4x16x16x3;

[Network(64, MathMode = MathMode.Fast)]
[Dense(32, Activation.Tanh)]
[Dense(10)]
public sealed partial class Net64x32x10;

[Network(8, MathMode = MathMode.Fast)]
[Dense(128, Activation.Tanh)]
[Dense(128, Activation.Tanh)]
[Dense(2)]
public sealed partial class Net8x128x128x2;

[Network(250, MathMode = MathMode.Fast)]
[Dense(128, Activation.Tanh)]
[Dense(5)]
public sealed partial class Net250x128x5;

[Network(784, MathMode = MathMode.Fast)]
[Dense(128, Activation.Tanh)]
[Dense(10)]
public sealed partial class Net784x128x10;
