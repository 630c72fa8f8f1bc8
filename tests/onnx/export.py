"""Exports small networks with PyTorch as ONNX files, each with inputs and what PyTorch computes for them.

    /usr/bin/python3 tests/onnx/export.py

NAME.onnx is the model, NAME.json what it makes of some inputs: for each input and each output of the graph a shape and
the numbers, row-major. Inputs are float32; outputs are computed in float64 from them and from the parameters, which are
float32. The same PyTorch writes the same bytes. The `onnx` package is not needed.
"""

import copy
import json
import pathlib
import warnings

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
ROWS = 4


class Residual(nn.Module):
    """A block with a skip connection around it."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(self.norm(x))))


class ActorCritic(nn.Module):
    """One trunk, two heads."""

    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh())
        self.policy = nn.Linear(16, 3)
        self.value = nn.Linear(16, 1)

    def forward(self, x):
        features = self.trunk(x)
        return torch.softmax(self.policy(features), dim=-1), self.value(features)


class BaselinesPolicy(nn.Module):
    """As stable-baselines3 lays out an ActorCriticPolicy: Flatten, two towers, actions clipped to the box."""

    def __init__(self):
        super().__init__()
        self.features_extractor = nn.Flatten()
        self.policy_net = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh())
        self.value_net = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh())
        self.action_net = nn.Linear(16, 2)
        self.value_head = nn.Linear(16, 1)

    def forward(self, observation):
        features = self.features_extractor(observation)
        mean = self.action_net(self.policy_net(features))
        return torch.clamp(mean, -1, 1), self.value_head(self.value_net(features))


class SquashedPolicy(nn.Module):
    """As soft actor-critic has it: a mean squashed by tanh, and the standard deviation beside it."""

    def __init__(self):
        super().__init__()
        self.latent = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU())
        self.mean = nn.Linear(16, 2)
        self.log_std = nn.Linear(16, 2)

    def forward(self, x):
        latent = self.latent(x)
        return torch.tanh(self.mean(latent)), torch.clamp(self.log_std(latent), -20, 2).exp()


class Normalized(nn.Module):
    """Inputs are normalised by running statistics, and log_std is a parameter of its own."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.randn(5))
        self.register_buffer("std", 0.5 + torch.rand(5))
        self.net = nn.Sequential(nn.Linear(5, 12), nn.Tanh(), nn.Linear(12, 2))
        self.log_std = nn.Parameter(torch.randn(2))

    def forward(self, x):
        return self.net(torch.clamp((x - self.mean) / (self.std + 1e-6), -5, 5)), self.log_std.exp()


class AgentsPolicy(nn.Module):
    """As Unity's ML-Agents writes a continuous policy: versions and sizes are outputs, too, and noise is part of the graph."""

    def __init__(self, deterministic=False):
        super().__init__()
        self.deterministic = deterministic
        self.version_number = nn.Parameter(torch.tensor([3.0]), requires_grad=False)
        self.memory_size = nn.Parameter(torch.tensor([0.0]), requires_grad=False)
        self.output_shape = nn.Parameter(torch.tensor([2.0]), requires_grad=False)
        self.register_buffer("steps", torch.tensor(1000.0))
        self.register_buffer("mean", torch.randn(8))
        self.register_buffer("variance", 1000 * (0.5 + torch.rand(8)))
        self.first, self.second = nn.Linear(8, 16), nn.Linear(16, 16)
        self.mu = nn.Linear(16, 2)
        self.log_sigma = nn.Parameter(torch.randn(1, 2))

    def forward(self, obs_0):
        x = torch.clamp((obs_0 - self.mean) / torch.sqrt(self.variance / self.steps), -5, 5)
        for layer in (self.first, self.second):
            z = layer(x)
            x = z * torch.sigmoid(z)
        mu = self.mu(x)
        best = torch.clamp(mu, -3, 3) / 3
        if self.deterministic:
            return self.version_number, self.memory_size, self.output_shape, best
        sigma = torch.cat([self.log_sigma.exp()], dim=0)
        drawn = mu + torch.randn_like(mu) * sigma
        return torch.clamp(drawn, -3, 3) / 3, self.version_number, self.memory_size, self.output_shape, best


class Branches(nn.Module):
    """Two inputs, joined; one of them also goes around."""

    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(4, 6), nn.Linear(3, 5)
        self.joined = nn.Linear(11, 4)

    def forward(self, a, b):
        return self.joined(torch.cat([torch.relu(self.left(a)), torch.sigmoid(self.right(b))], dim=1)) * 0.5 + a


class Matrices(nn.Module):
    """Linear layers of batches with more axes become MatMul and Add."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 3))

    def forward(self, x):
        return self.net(x.unsqueeze(1)).squeeze(1)


class Reshaped(nn.Module):
    """The batch is asked for at run time, as view(x.size(0), -1) does."""

    def __init__(self):
        super().__init__()
        self.net = nn.Linear(6, 2)

    def forward(self, x):
        return self.net(x.view(x.size(0), -1))


class Bits(nn.Module):
    """Arithmetic that hand-written policies have."""

    def __init__(self):
        super().__init__()
        self.net = nn.Linear(4, 4)

    def forward(self, x):
        y = self.net(x)
        scaled = (y - y.mean(dim=-1, keepdim=True)) / (y.pow(2).sum(dim=-1, keepdim=True).sqrt() + 1)
        return torch.min(scaled.abs(), torch.exp(-y)), torch.where(y > 0, y, 0.1 * y), y[:, 1:3]


def chain(*activations, width=8):
    layers = []
    for activation in activations:
        layers += [nn.Linear(width if layers else 5, width), activation]
    return nn.Sequential(*layers, nn.Linear(width, 3))


def trained_batch_norm():
    model = nn.Sequential(nn.Linear(6, 10), nn.BatchNorm1d(10), nn.ReLU(), nn.Linear(10, 4), nn.BatchNorm1d(4, affine=False))
    model.train()
    for _ in range(20):
        model(2 * torch.randn(32, 6) + 1)
    return model


# Name, model, opset, the shape of each input behind the batch, whether the batch is open.
CASES = [
    ("mlp_relu_9", lambda: chain(nn.ReLU(), nn.ReLU()), 9, [(5,)], True),
    ("mlp_relu_17_fixed", lambda: chain(nn.ReLU(), nn.ReLU()), 17, [(5,)], False),
    ("tanh_layernorm_11", lambda: chain(nn.Tanh(), nn.LayerNorm(8)), 11, [(5,)], True),
    ("tanh_layernorm_17", lambda: chain(nn.Tanh(), nn.LayerNorm(8)), 17, [(5,)], True),
    ("gelu_13", lambda: chain(nn.GELU()), 13, [(5,)], True),
    ("gelu_tanh_15", lambda: chain(nn.GELU(approximate="tanh")), 15, [(5,)], True),
    ("elu_selu_celu_13", lambda: chain(nn.ELU(), nn.SELU(), nn.CELU(0.5)), 13, [(5,)], True),
    ("mish_silu_15", lambda: chain(nn.Mish(), nn.SiLU()), 15, [(5,)], True),
    ("mish_silu_9", lambda: chain(nn.Mish(), nn.SiLU()), 9, [(5,)], False),
    ("hard_17", lambda: chain(nn.Hardswish(), nn.Hardsigmoid(), nn.Hardtanh(), nn.ReLU6()), 17, [(5,)], True),
    ("hard_11", lambda: chain(nn.Hardswish(), nn.Hardsigmoid(), nn.Hardtanh(), nn.ReLU6()), 11, [(5,)], True),
    ("soft_13", lambda: chain(nn.Softplus(), nn.Softsign(), nn.LeakyReLU(0.2), nn.PReLU(8), nn.Sigmoid()), 13, [(5,)], True),
    ("softmax_9", lambda: nn.Sequential(nn.Linear(5, 4), nn.Softmax(dim=1)), 9, [(5,)], True),
    ("log_softmax_15", lambda: nn.Sequential(nn.Linear(5, 4), nn.LogSoftmax(dim=-1)), 15, [(5,)], True),
    ("residual_9", lambda: nn.Sequential(nn.Linear(5, 8), Residual(8), Residual(8), nn.Linear(8, 2)), 9, [(5,)], True),
    ("residual_17", lambda: nn.Sequential(nn.Linear(5, 8), Residual(8), Residual(8), nn.Linear(8, 2)), 17, [(5,)], True),
    ("batchnorm_9", trained_batch_norm, 9, [(6,)], True),
    ("batchnorm_15_fixed", trained_batch_norm, 15, [(6,)], False),
    ("actor_critic_13", ActorCritic, 13, [(6,)], True),
    ("baselines_policy_15", BaselinesPolicy, 15, [(2, 4)], True),
    ("baselines_policy_9_fixed", BaselinesPolicy, 9, [(2, 4)], False),
    ("squashed_policy_17", SquashedPolicy, 17, [(5,)], True),
    ("normalized_11", Normalized, 11, [(5,)], True),
    ("agents_policy_9", AgentsPolicy, 9, [(8,)], True),
    ("agents_deterministic_9", lambda: AgentsPolicy(deterministic=True), 9, [(8,)], True),
    ("branches_13", Branches, 13, [(4,), (3,)], True),
    ("matrices_15", Matrices, 15, [(4,)], True),
    ("reshaped_11", Reshaped, 11, [(2, 3)], True),
    ("reshaped_13_fixed", Reshaped, 13, [(2, 3)], False),
    ("bits_13", Bits, 13, [(4,)], True),
    ("dropout_11", lambda: nn.Sequential(nn.Linear(5, 8), nn.Dropout(0.5), nn.ReLU(), nn.Linear(8, 2)), 11, [(5,)], True),
]

# Outputs with noise in them have no expected value.
RANDOM = {"agents_policy_9": [0]}


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


def tensors(result):
    return list(result) if isinstance(result, tuple) else [result]


def export(name, make, opset, shapes, is_open):
    torch.manual_seed(sum(name.encode()))
    model = make().eval()
    rows = ROWS if is_open else 1
    example = tuple(torch.randn(rows, *shape) for shape in shapes)
    inputs = [f"input_{i}" for i in range(len(shapes))]
    outputs = [f"output_{i}" for i in range(len(tensors(model(*example))))]
    axes = {n: {0: "batch"} for n in inputs} | {
        n: {0: "batch"} for n, t in zip(outputs, tensors(model(*example))) if t.dim() > 1 and t.shape[0] == rows
    }
    with warnings.catch_warnings():
        # Tracing x.size(0) of a fixed batch, and Slice in old opsets.
        warnings.simplefilter("ignore")
        path = HERE / f"{name}.onnx"
        torch.onnx.export(
            model,
            example,
            str(path),
            opset_version=opset,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes if is_open else None,
        )

    exact = copy.deepcopy(model).double()
    results = tensors(exact(*(e.double() for e in example)))
    vectors = {
        "inputs": {n: numbers(e) for n, e in zip(inputs, example)},
        "outputs": {n: numbers(r.detach()) for i, (n, r) in enumerate(zip(outputs, results)) if i not in RANDOM.get(name, [])},
    }
    (HERE / f"{name}.json").write_text(json.dumps(vectors) + "\n")


if __name__ == "__main__":
    for case in CASES:
        export(*case)
