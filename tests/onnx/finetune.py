"""Exports an MLP with PyTorch, trains it on fixed data, and writes how it went.

    /usr/bin/python3 tests/onnx/finetune.py

finetune.onnx is the model before, finetune.json the data and, for each optimizer, the mean loss before each step and the
parameters after the last one. It is trained in float64 from the float32 parameters that the file has, so that the numbers
are those of the mathematics. The same PyTorch writes the same bytes.
"""

import copy
import json
import pathlib

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent / "finetune"
ROWS = 24
STEPS = 40
OPTIMIZERS = {"Sgd": (torch.optim.SGD, 0.1), "Adam": (torch.optim.Adam, 0.01)}


def train(model, optimizer, rate, x, t):
    model = copy.deepcopy(model).double()
    optimizer = optimizer(model.parameters(), lr=rate)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x.double()), t.double())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {
        "rate": rate,
        "losses": [float(f"{v:.10g}") for v in losses],
        "parameters": [float(f"{v:.9g}") for p in model.parameters() for v in p.detach().flatten().tolist()],
    }


def main():
    HERE.mkdir(exist_ok=True)
    torch.manual_seed(11)
    model = nn.Sequential(nn.Linear(4, 12), nn.Tanh(), nn.Linear(12, 9), nn.GELU(), nn.Linear(9, 3))
    x = 2 * torch.rand(ROWS, 4) - 1
    t = torch.stack([torch.sin(3 * x[:, 0]), x[:, 1] * x[:, 2], x[:, 3] ** 2], dim=1)
    torch.onnx.export(
        model, x[:1], HERE / "finetune.onnx", opset_version=13, input_names=["x"], output_names=["y"],
        dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}}, training=torch.onnx.TrainingMode.EVAL)
    result = {"inputs": x.flatten().tolist(), "targets": t.flatten().tolist()}
    for name, (optimizer, rate) in OPTIMIZERS.items():
        result[name] = train(model, optimizer, rate, x, t)
    (HERE / "finetune.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
