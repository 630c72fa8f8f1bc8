"""Trains small networks with PyTorch and writes what happened, for the C# tests to compare with.

Every number comes from PyTorch's own modules in float64, started from float32 parameters. The same run in
float32 is thrown away, but for its distance from the float64 run: the tests' tolerances rest on it (README.md).
"""

import dataclasses
import gzip
import json
import pathlib
import zlib

import numpy
import torch
import torch.nn.functional as F
from torch import nn

import cases

ACTIVATIONS = {
    "Linear": nn.Identity,
    "Sigmoid": nn.Sigmoid,
    "Tanh": nn.Tanh,
    "Relu": nn.ReLU,
    "LeakyRelu": nn.LeakyReLU,
    "Elu": nn.ELU,
    "Selu": nn.SELU,
    "Gelu": nn.GELU,
    "Silu": nn.SiLU,
    "Mish": nn.Mish,
    "Softplus": nn.Softplus,
    "Softsign": nn.Softsign,
    "HardSigmoid": nn.Hardsigmoid,
    "HardSwish": nn.Hardswish,
    "HardTanh": nn.Hardtanh,
    "Softmax": lambda: nn.Softmax(dim=-1),
    "Relu6": nn.ReLU6,
}

OPTIMIZERS = {
    "Sgd": torch.optim.SGD,
    "Momentum": lambda p, lr, momentum=0.9, **more: torch.optim.SGD(p, lr, momentum, **more),
    "Nesterov": lambda p, lr, momentum=0.9, **more: torch.optim.SGD(p, lr, momentum, nesterov=True, **more),
    "AdaGrad": torch.optim.Adagrad,
    "RmsProp": torch.optim.RMSprop,
    "Adam": torch.optim.Adam,
    "AdamW": torch.optim.AdamW,
}


def optimizer_of(case, parameters):
    """PyTorch's optimizer with what the case sets; all else is PyTorch's own."""
    o, names = case.options, {"Momentum": "momentum", "Epsilon": "eps", "WeightDecay": "weight_decay"}
    options = {names[name]: value for name, value in o.items() if name in names}
    if case.optimizer == "RmsProp" and "Beta2" in o:
        options["alpha"] = o["Beta2"]
    elif "Beta1" in o or "Beta2" in o:
        options["betas"] = (o.get("Beta1", 0.9), o.get("Beta2", 0.999))
    return OPTIMIZERS[case.optimizer](parameters, lr=case.learning_rate, **options)


def limit(case, parameters):
    """Both limits of the gradient, the norm first."""
    if "ClipNorm" in case.options:
        nn.utils.clip_grad_norm_(parameters, case.options["ClipNorm"])
    if "ClipValue" in case.options:
        nn.utils.clip_grad_value_(parameters, case.options["ClipValue"])


# They divide by the gradient's own size, so a gradient that is all rounding error moves a parameter as far as any.
ADAPTIVE = {"AdaGrad", "RmsProp", "Adam", "AdamW"}

# Where the slope jumps: a sample this close to it says nothing about a float32 implementation.
KINKS = {
    "Relu": [0],
    "LeakyRelu": [0],
    "Selu": [0],
    "HardSigmoid": [-3, 3],
    "HardSwish": [-3, 3],
    "HardTanh": [-1, 1],
    "Relu6": [0, 6],
}
MARGIN = 1e-4
SMALLEST_GRADIENT = 3e-5

STEPS = (1, 2, 10)


@dataclasses.dataclass
class Data:
    parameters: list
    inputs: numpy.ndarray
    targets: numpy.ndarray


class Network:
    """A network in one precision, which also notes how near it came to a kink."""

    def __init__(self, case, data, dtype):
        self.case = case
        self.margin = float("inf")
        width, modules = case.inputs, []
        for layer in case.layers:
            modules.append(nn.Linear(width, layer.units, bias=layer.bias))
            # The first number of PyTorch's modules, whatever they call it.
            activation = ACTIVATIONS[layer.activation](*layer.options.values())
            activation.register_forward_pre_hook(self._watch(KINKS.get(layer.activation, [])))
            modules.append(activation)
            width = layer.units
        self.model = nn.Sequential(*modules).to(dtype)
        with torch.no_grad():
            for parameter, value in zip(self.model.parameters(), data.parameters):
                parameter.copy_(torch.from_numpy(value).to(dtype))
        self.inputs = torch.from_numpy(data.inputs).to(dtype)
        self.targets = torch.from_numpy(data.targets).to(dtype)

    def _watch(self, kinks):
        def hook(_, arguments):
            for kink in kinks:
                self.margin = min(self.margin, (arguments[0] - kink).abs().min().item())
        return hook

    def losses(self, x, t):
        """One loss per sample."""
        loss, last = self.case.loss, self.case.layers[-1].activation
        z = self.model[:-1](x)
        y = self.model[-1](z)
        if loss == "MeanAbsoluteError":
            self.margin = min(self.margin, (y - t).abs().min().item())
            return nn.L1Loss(reduction="none")(y, t).mean(1)
        if loss == "MeanSquaredError":
            return nn.MSELoss(reduction="none")(y, t).mean(1)
        if loss == "RootMeanSquaredError":
            return nn.MSELoss(reduction="none")(y, t).mean(1).sqrt()
        if loss == "Huber":
            return nn.HuberLoss(reduction="none", delta=self.case.options.get("Delta", 1.0))(y, t).mean(1)
        if loss == "BinaryCrossEntropy":
            if last == "Sigmoid":
                return nn.BCEWithLogitsLoss(reduction="none")(z, t).mean(1)
            return nn.BCELoss(reduction="none")(y, t).mean(1)
        if loss == "CategoricalCrossEntropy":
            part = self.case.options.get("LabelSmoothing", 0.0)
            if last == "Softmax":
                return F.cross_entropy(z, t, reduction="none", label_smoothing=part)
            return -((t * (1 - part) + part / t.shape[1]) * y.log()).sum(1)
        raise ValueError(loss)

    def mean_loss(self):
        with torch.no_grad():
            return self.losses(self.inputs, self.targets).mean().item()

    def step(self, optimizer, rows):
        optimizer.zero_grad()
        self.losses(self.inputs[rows], self.targets[rows]).mean().backward()
        limit(self.case, list(self.model.parameters()))
        optimizer.step()

    def parameters(self):
        return torch.cat([p.detach().reshape(-1) for p in self.model.parameters()]).numpy().copy()

    def gradient(self):
        return torch.cat([p.grad.reshape(-1) for p in self.model.parameters()]).numpy().copy()


def run(case, data, dtype):
    """All that is recorded of a case, in one precision, and the smallest distance to a kink."""
    result = {}
    network = Network(case, data, dtype)
    inputs = network.inputs.clone().requires_grad_()
    losses = network.losses(inputs, network.targets)
    losses.mean().backward()
    result["outputs"] = network.model(network.inputs).detach().numpy().reshape(-1)
    result["losses"] = losses.detach().numpy()
    result["gradient"] = network.gradient()
    # Of sample 0's own loss: the mean over n samples divided its gradient by n.
    result["inputGradient"] = inputs.grad[0].numpy() * len(data.inputs)
    margin = network.margin

    for name in ("batch", "single"):
        network = Network(case, data, dtype)
        weights = network.model.parameters()
        optimizer = optimizer_of(case, weights) if name == "batch" else torch.optim.SGD(weights, lr=case.learning_rate)
        trail = []
        for step in range(max(STEPS)):
            row = step % len(data.inputs)
            network.step(optimizer, slice(None) if name == "batch" else slice(row, row + 1))
            if step + 1 in STEPS:
                trail.append((step + 1, network.mean_loss(), network.parameters()))
        result[name] = trail
        margin = min(margin, network.margin)
    return result, margin


def draw(case, attempt):
    if case.data is not None:
        parameters, inputs, targets = case.data
        return Data(
            [numpy.array(p, numpy.float32) for p in parameters],
            numpy.array(inputs, numpy.float32),
            numpy.array(targets, numpy.float32))
    rng = numpy.random.default_rng([zlib.crc32(case.name.encode()), attempt])
    parameters, width = [], case.inputs
    for layer in case.layers:
        bound = 1.5 / numpy.sqrt(width)
        parameters.append(rng.uniform(-bound, bound, (layer.units, width)).astype(numpy.float32))
        if layer.bias:
            parameters.append(rng.uniform(-0.5, 0.5, layer.units).astype(numpy.float32))
        width = layer.units
    inputs = rng.uniform(-1.5, 1.5, (case.samples, case.inputs)).astype(numpy.float32)
    if case.targets == "classes":
        targets = numpy.eye(width, dtype=numpy.float32)[rng.integers(0, width, case.samples)]
    elif case.targets == "distribution":
        targets = rng.dirichlet(numpy.ones(width), case.samples).astype(numpy.float32)
    else:
        low, high = case.targets
        targets = rng.uniform(low, high, (case.samples, width)).astype(numpy.float32)
    return Data(parameters, inputs, targets)


def record(case):
    """The case as the tests read it, and its float32 errors by kind."""
    for attempt in range(200):
        data = draw(case, attempt)
        result, margin = run(case, data, torch.float64)
        if case.data is not None:
            break
        size = numpy.abs(result["gradient"])
        small = size[(size > 0) & (size < SMALLEST_GRADIENT * size.max())]
        if margin >= MARGIN and not (case.optimizer in ADAPTIVE and small.size):
            break
    else:
        raise RuntimeError(f"{case.name}: no data clear of the kinks")

    single, _ = run(case, data, torch.float32)
    errors = {key: distance(single[key], result[key]) for key in ("outputs", "losses", "gradient", "inputGradient")}
    for name in ("batch", "single"):
        errors[name] = max(distance(a[2], b[2]) for a, b in zip(single[name], result[name]))

    def trail(name):
        return [
            {"steps": steps, "loss": number(loss), **({"parameters": numbers(p)} if case.trail else {})}
            for steps, loss, p in result[name]
        ]

    return {
        "name": case.name,
        "inputs": case.inputs,
        "loss": case.loss,
        "optimizer": case.optimizer,
        "learningRate": case.learning_rate,
        **({"options": case.options} if case.options else {}),
        "layers": [
            {"units": l.units, "activation": l.activation, "bias": l.bias, **({"options": l.options} if l.options else {})}
            for l in case.layers
        ],
        "parameters": exact(numpy.concatenate([p.reshape(-1) for p in data.parameters])),
        "samples": exact(data.inputs),
        "targets": exact(data.targets),
        "outputs": numbers(result["outputs"]),
        "losses": numbers(result["losses"]),
        "gradient": numbers(result["gradient"]),
        "inputGradient": numbers(result["inputGradient"]),
        "batch": trail("batch"),
        "single": trail("single"),
    }, errors


def distance(actual, expected):
    """The largest difference, relative to the largest number."""
    scale = numpy.abs(expected).max()
    return float(numpy.abs(actual - expected).max() / scale) if scale > 1e-6 else 0.0


def number(value, digits=7):
    if not numpy.isfinite(value):
        raise ValueError("not finite")
    return float(f"{value:.{digits}g}")


def numbers(values, digits=7):
    # Half a unit in the seventh digit is at most 5e-7, finer than any tolerance.
    return [number(v, digits) for v in numpy.asarray(values).reshape(-1)]


def exact(values):
    # Nine digits bring every float32 back.
    return numbers(values, 9)


def main():
    torch.set_num_threads(1)
    folder = pathlib.Path(__file__).parent / "vectors"
    folder.mkdir(exist_ok=True)
    worst = {}
    for group, members in cases.GROUPS.items():
        records = []
        for case in members:
            entry, errors = record(case)
            records.append(entry)
            for kind, error in errors.items():
                worst[kind] = max(worst.get(kind, (0, "")), (error, case.name))
        text = json.dumps(records, separators=(",", ":"))
        # No time stamp and no file name: the same numbers give the same bytes.
        path = folder / f"{group}.json.gz"
        path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
        print(f"{group}: {len(records)} cases, {path.stat().st_size} bytes")
    for kind, (error, name) in worst.items():
        print(f"float32 against float64, {kind}: {error:.1e} in {name}")


if __name__ == "__main__":
    main()
