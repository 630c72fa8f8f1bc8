"""Holds what the sample wrote against PyTorch, in the directory it was run in.

    dotnet run -c Release --project samples/FromPyTorch
    python3 samples/FromPyTorch/check.py

tuned.safetensors must load into the same nn.Sequential and give the actions in tuned.csv; so must tuned.onnx, where ONNX
Runtime is installed. The exit code is 1 where something differs by more than TOLERANCE.
"""

import sys

import torch

from policy import load_file, network

TOLERANCE = 1e-6


def compare(name, actions, expected):
    difference = (actions - expected).abs().max().item()
    print(f"{name}: {len(expected)} actions, the largest difference is {difference:.1g}.")
    if not difference <= TOLERANCE:
        sys.exit(f"{name} does not give what the program wrote.")


with open("tuned.csv") as file:
    rows = torch.tensor([[float(cell) for cell in line.split(",")] for line in list(file)[1:]])
states, expected = rows[:, :4], rows[:, 4:]

policy = network()
policy.load_state_dict(load_file("tuned.safetensors"))
with torch.no_grad():
    compare("tuned.safetensors in PyTorch", policy(states), expected)

try:
    import onnxruntime
except ImportError:
    print("tuned.onnx was not run: ONNX Runtime is not installed.")
else:
    session = onnxruntime.InferenceSession("tuned.onnx")
    (actions,) = session.run(None, {session.get_inputs()[0].name: states.numpy()})
    compare("tuned.onnx in ONNX Runtime", torch.tensor(actions), expected)
