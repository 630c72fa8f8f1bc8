"""The networks that the oracle trains."""

import dataclasses

import numpy

REGRESSION = ["MeanAbsoluteError", "MeanSquaredError", "RootMeanSquaredError", "Huber"]
NAMES = [
    "Linear", "Sigmoid", "Tanh", "Relu", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "Mish", "Softplus", "Softsign",
    "HardSigmoid", "HardSwish", "HardTanh", "Softmax", "Relu6",
]

# Powers of two, which a float holds exactly.
RATES = {
    "Sgd": 2**-3, "Momentum": 2**-5, "Nesterov": 2**-5, "AdaGrad": 2**-6, "RmsProp": 2**-9, "Adam": 2**-7, "AdamW": 2**-7,
}


@dataclasses.dataclass
class Layer:
    units: int
    activation: str = "Linear"
    bias: bool = True
    # What the attribute of the layer sets: Alpha.
    options: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Case:
    name: str
    inputs: int
    layers: list
    loss: str = "MeanSquaredError"
    optimizer: str = "Sgd"
    samples: int = 3
    # "classes", "distribution" or the range to draw from.
    targets: object = (-1, 1)
    # Whether the parameters after each number of steps are kept.
    trail: bool = True
    # Parameters, inputs and targets where they are not drawn.
    data: tuple = None
    rate: float = None
    # What the attribute of the network sets, by the names of its properties.
    options: dict = dataclasses.field(default_factory=dict)

    @property
    def learning_rate(self):
        return self.rate if self.rate is not None else RATES[self.optimizer]


def with_loss(name, inputs, hidden, units, output, loss, **more):
    """A network whose output layer and targets suit the loss."""
    if loss == "BinaryCrossEntropy":
        output, targets = "Sigmoid", (0.05, 0.95)
    elif loss == "CategoricalCrossEntropy":
        output, targets = "Softmax", "distribution"
    else:
        targets = (-1, 1)
    return Case(name, inputs, [*hidden, Layer(units, output)], loss, targets=targets, **more)


def small():
    """Every activation, hidden and in the output where the loss allows it, with every loss."""
    for loss in [*REGRESSION, "BinaryCrossEntropy", "CategoricalCrossEntropy"]:
        for a in NAMES:
            yield with_loss(f"Small_{loss}_{a}", 3, [Layer(4, a)], 2, a, loss)
    for a in ["Tanh", "Relu"]:
        yield Case(f"Small_BceSoftmax_{a}", 3, [Layer(4, a), Layer(3, "Softmax")], "BinaryCrossEntropy", targets=(0, 1))
        yield Case(f"Small_CceSigmoid_{a}", 3, [Layer(4, a), Layer(3, "Sigmoid")], "CategoricalCrossEntropy", targets=(0, 1))


def wide():
    """The same with layers that loop, and each activation as a wide output."""
    losses = [*REGRESSION, "BinaryCrossEntropy", "CategoricalCrossEntropy"]
    for i, a in enumerate(NAMES):
        for j, loss in enumerate(losses):
            # Whole trails are long: one loss for each activation keeps them.
            yield with_loss(f"Wide_{loss}_{a}", 20, [Layer(33, a)], 7, "Linear", loss, samples=5, trail=j == i % len(losses))
        yield Case(f"WideOutput_{a}", 9, [Layer(20, "Tanh"), Layer(37, a)], samples=4, trail=False)


def optimizers():
    for o in RATES:
        yield Case(f"{o}_Small", 4, [Layer(6, "Tanh"), Layer(3, "Linear")], optimizer=o, samples=6)
        yield Case(f"{o}_Wide", 20, [Layer(33, "Silu"), Layer(7, "Softmax")], "CategoricalCrossEntropy", o, 8, "classes")
        yield Case(f"{o}_NoBias", 5, [Layer(9, "Elu", False), Layer(2, "Sigmoid", False)], "BinaryCrossEntropy", o, 5, (0, 1))


def options():
    """Every number that a declaration may set, alone and with others, as every optimizer has it."""
    momentum = ["Momentum", "Nesterov", "RmsProp"]
    epsilon = ["AdaGrad", "RmsProp", "Adam", "AdamW"]
    sets = [
        *[(o, {"Momentum": 0.75}) for o in momentum],
        *[(o, {"Momentum": 0.5, "WeightDecay": 0.125}) for o in momentum],
        ("Momentum", {"Momentum": 0.0}),
        *[(o, {"Beta1": 0.5}) for o in ["Adam", "AdamW"]],
        *[(o, {"Beta2": 0.75}) for o in ["RmsProp", "Adam", "AdamW"]],
        ("Adam", {"Beta1": 0.0, "Beta2": 0.0}),
        ("Adam", {"Beta1": 0.8, "Beta2": 0.99, "Epsilon": 0.01, "WeightDecay": 0.1}),
        *[(o, {"Epsilon": 0.25}) for o in epsilon],
        *[(o, {"WeightDecay": 0.25}) for o in RATES],
        ("AdamW", {"WeightDecay": 0.0}),
        # A limit that always holds, one that never does, and both together.
        *[(o, {"ClipNorm": 0.125}) for o in RATES],
        ("Sgd", {"ClipNorm": 1000.0}),
        *[(o, {"ClipValue": 0.03125}) for o in RATES],
        ("Sgd", {"ClipNorm": 0.25, "ClipValue": 0.03125}),
        ("Adam", {"ClipNorm": 0.25, "ClipValue": 0.03125, "WeightDecay": 0.125, "Beta1": 0.5}),
    ]
    for i, (o, values) in enumerate(sets):
        name = "_".join(["Set", o, *values])
        yield Case(f"{name}_{i}", 4, [Layer(6, "Tanh"), Layer(3, "Linear")], optimizer=o, samples=6, options=values)
    # Layers that loop, and more weights than are summed at once.
    yield Case("Set_Wide_Clipped", 20, [Layer(33, "Silu"), Layer(7, "Softmax")], "CategoricalCrossEntropy", "Adam", 70, "classes", options={"ClipNorm": 0.125, "WeightDecay": 0.0625}, trail=False)
    yield Case("Set_Wide_Decayed", 20, [Layer(33, "Silu"), Layer(7, "Softmax")], "CategoricalCrossEntropy", "RmsProp", 8, "classes", options={"Momentum": 0.5, "WeightDecay": 0.0625, "ClipValue": 0.0625})

    for alpha in [0.0, 0.3, -0.25, 1.5]:
        for a in ["LeakyRelu", "Elu"]:
            name = f"Set_{a}_{alpha}".replace(".", "").replace("-", "m")
            yield Case(name, 3, [Layer(9, a, options={"Alpha": alpha}), Layer(2, a, options={"Alpha": alpha})], samples=4, rate=2**-6)
            yield Case(f"{name}_Wide", 20, [Layer(33, a, options={"Alpha": alpha}), Layer(7)], samples=4, trail=False)
    for delta in [0.25, 2.5]:
        name = f"Set_Huber_{delta}".replace(".", "")
        yield Case(name, 6, [Layer(8, "Tanh"), Layer(5)], "Huber", targets=(-4, 4), samples=6, options={"Delta": delta})
        yield Case(f"{name}_Wide", 6, [Layer(33, "Tanh"), Layer(19)], "Huber", targets=(-4, 4), samples=6, options={"Delta": delta}, trail=False)
    for part in [0.1, 0.5, 1.0]:
        name = f"Set_Smoothing_{part}".replace(".", "")
        more = dict(loss="CategoricalCrossEntropy", options={"LabelSmoothing": part})
        yield Case(name, 5, [Layer(6, "Tanh"), Layer(4, "Softmax")], samples=4, targets="classes", **more)
        yield Case(f"{name}_Soft", 5, [Layer(6, "Tanh"), Layer(4, "Softmax")], samples=4, targets="distribution", **more)
        yield Case(f"{name}_Wide", 18, [Layer(20, "Relu"), Layer(21, "Softmax")], samples=5, targets="classes", trail=False, **more)
        yield Case(f"{name}_Sigmoid", 3, [Layer(4, "Tanh"), Layer(3, "Sigmoid")], samples=4, targets=(0, 1), **more)


def shapes():
    chain = [8, 7, 6, 5, 4, 3]
    yield Case("NoBias", 3, [Layer(5, "Tanh", False), Layer(2, "Linear", False)])
    yield Case("NoBiasFirst", 3, [Layer(5, "Relu", False), Layer(2)])
    yield Case("NoBiasLast", 3, [Layer(5, "Gelu"), Layer(2, "Softmax", False)], "CategoricalCrossEntropy", targets="classes")
    yield Case("NoBiasWide", 40, [Layer(24, "Mish", False), Layer(20, "Tanh", False), Layer(3, "Linear", False)], samples=4)
    yield Case("DeepTanh", 8, [Layer(n, "Tanh") for n in chain], samples=4)
    yield Case("DeepGelu", 8, [*[Layer(n, "Gelu") for n in chain[:-1]], Layer(3, "Softmax")], "CategoricalCrossEntropy", "Adam", 4, "distribution")
    yield Case("DeepMixed", 5, [Layer(6, "Softplus"), Layer(5, "LeakyRelu"), Layer(6, "Softmax"), Layer(4, "HardSwish"), Layer(5, "Selu"), Layer(2, "Softsign")], "Huber", samples=4)
    yield Case("DeepWide", 12, [Layer(n, "Silu") for n in [20, 18, 17, 16, 14]] + [Layer(4)], "RootMeanSquaredError", samples=4)
    yield Case("OneOne", 1, [Layer(1)])
    yield Case("OneOneSigmoid", 1, [Layer(1, "Sigmoid")], "BinaryCrossEntropy", targets=(0, 1))
    yield Case("OneSoftmax", 2, [Layer(1, "Softmax")])
    yield Case("Bottleneck", 5, [Layer(1, "Tanh"), Layer(5)], "Huber", "Momentum", targets=(-3, 3))
    yield Case("Needle", 1, [Layer(1, "Tanh"), Layer(1, "Elu"), Layer(1, "Mish"), Layer(1)], samples=4)
    yield Case("ManyToOne", 70, [Layer(1)], samples=4)
    yield Case("OneToMany", 1, [Layer(70, "Tanh")], samples=4)
    yield Case("SoftmaxHidden", 6, [Layer(5, "Softmax"), Layer(4, "Tanh")], samples=4)
    yield Case("SoftmaxHiddenWide", 6, [Layer(41, "Softmax"), Layer(4, "Softmax")], "CategoricalCrossEntropy", samples=4, targets="distribution")
    yield Case("SoftTargets", 5, [Layer(6, "Tanh"), Layer(4, "Softmax")], "CategoricalCrossEntropy", targets=(0, 2), samples=4)
    yield Case("SoftTargetsWide", 18, [Layer(21, "Softmax")], "CategoricalCrossEntropy", targets=(0, 0.3), samples=4)
    yield Case("HuberBothSides", 6, [Layer(8, "Tanh"), Layer(5)], "Huber", targets=(-4, 4), samples=6)
    yield Case("Batch37", 6, [Layer(19, "Tanh"), Layer(5)], samples=37)
    yield Case("Batch70", 4, [Layer(17, "Relu"), Layer(3, "Softmax")], "CategoricalCrossEntropy", "Adam", 70, "classes")


def architectures():
    yield Case("Xor", 2, [Layer(8, "Tanh"), Layer(1)], samples=4, targets=(0, 1))
    yield Case("XorSigmoid", 2, [Layer(4, "Sigmoid"), Layer(1, "Sigmoid")], "BinaryCrossEntropy", "Nesterov", 4, (0, 1))
    yield Case("Policy", 4, [Layer(16, "Tanh"), Layer(16, "Tanh"), Layer(3)], samples=5)
    yield Case("Digits", 64, [Layer(32, "Relu"), Layer(10, "Softmax")], "CategoricalCrossEntropy", "Adam", 8, "classes")
    yield Case("Iris", 4, [Layer(10, "Relu"), Layer(3, "Softmax")], "CategoricalCrossEntropy", "RmsProp", 6, "classes")
    yield Case("Regressor", 10, [Layer(50, "Relu"), Layer(3)], optimizer="AdamW", samples=6)
    yield Case("Fives", 7, [Layer(5, "Sigmoid"), Layer(5, "Sigmoid"), Layer(5, "Sigmoid"), Layer(1)], optimizer="Momentum", samples=5)
    yield Case("Autoencoder", 12, [Layer(5, "Elu"), Layer(3, "Linear"), Layer(5, "Elu"), Layer(12, "Sigmoid")], "BinaryCrossEntropy", "Adam", 6, (0, 1))
    yield Case("Control", 8, [Layer(32, "Tanh"), Layer(32, "Tanh"), Layer(2)], "Huber", "Adam", 4)


def limits():
    """Saturated logits, numbers far out, and exact kinks."""
    big = 1e4
    identity = [numpy.eye(4) * big, numpy.zeros(4)]
    signs = [[1, -1, 1, -1], [-1, 1, 1, 1], [0.5, 0.25, -0.5, -1]]
    hard = [[1, 0, 0, 1], [1, 0, 1, 0], [0, 1, 0.5, 0.25]]
    yield Case("SaturatedBce", 4, [Layer(4, "Sigmoid")], "BinaryCrossEntropy", data=(identity, signs, hard))
    yield Case("SaturatedCce", 4, [Layer(4, "Softmax")], "CategoricalCrossEntropy", data=(identity, signs, hard))
    # Logits that are large and equal, or differ by little.
    close = [numpy.diag([1.0, 2.0, -1.0, 0.5]), numpy.full(4, big)]
    yield Case("LargeEqualCce", 4, [Layer(4, "Softmax")], "CategoricalCrossEntropy", data=(close, [[0, 0, 0, 0], [1, -1, 2, 4]], hard[:2]), rate=0.0)
    # Probabilities of 0 and 1 without a fused formula: logarithms stop at -100.
    yield Case("ClampedBce", 4, [Layer(4, "Softmax")], "BinaryCrossEntropy", data=(identity, signs, hard), rate=0.0)

    far = [-1e4, -100, -30, -6, 6, 19.5, 20.5, 30, 100, 1e4]
    for a in NAMES:
        parameters = [numpy.eye(10), numpy.zeros(10)]
        # Targets near the outputs, or the largest error would hide the others.
        bounded = a in ["Sigmoid", "Tanh", "Softsign", "HardSigmoid", "HardTanh", "Softmax"]
        near = numpy.full(10, 0.5) if bounded else numpy.maximum(far, 0.0) + 0.5
        if a == "Selu":
            # Its outputs are no floats: close targets would leave the rounding error of its factor.
            near = numpy.maximum(far, 0.0) / 2 + 0.5
        yield Case(f"Far_{a}", 10, [Layer(10, a)], data=(parameters, [far], [near]), rate=0.0)

    # At a kink the slope is a convention: PyTorch's. HardSwish is left out: PyTorch 2 gives other slopes than 1.13.
    for a, kinks in [
        ("Relu", [0, -0.0]), ("LeakyRelu", [0, -0.0]), ("Elu", [0, -0.0]), ("Selu", [0, -0.0]), ("HardSigmoid", [-3, 3]),
        ("HardTanh", [-1, 1]), ("Softplus", [20, 0]), ("Softsign", [0, -0.0]), ("Mish", [20, 0]),
    ]:
        yield Case(f"Kink_{a}", 2, [Layer(2, a)], data=([numpy.eye(2), numpy.zeros(2)], [kinks], [[0.5, -0.25]]), rate=0.0)
    yield Case("Kink_AbsoluteError", 3, [Layer(3)], "MeanAbsoluteError", data=([numpy.eye(3), numpy.zeros(3)], [[1, 2, 3]], [[1, 3, 2]]), rate=0.0)
    yield Case("Kink_Huber", 3, [Layer(3)], "Huber", data=([numpy.eye(3), numpy.zeros(3)], [[1, 2, 3]], [[0, 3, 3]]), rate=0.0)


GROUPS = {
    "small": list(small()),
    "wide": list(wide()),
    "optimizers": list(optimizers()),
    "options": list(options()),
    "shapes": list(shapes()),
    "architectures": list(architectures()),
    "limits": list(limits()),
}
