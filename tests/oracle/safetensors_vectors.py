"""Writes safetensors files from PyTorch's tensors, for the C# tests to load, and reads them back.

Neither the `safetensors` package nor a network is needed: the format is eight bytes with the length of the header, a
header in JSON, and the tensors' bytes (https://github.com/huggingface/safetensors, "Format").

    /usr/bin/python3 tests/oracle/safetensors_vectors.py                write tests/oracle/safetensors/
    /usr/bin/python3 tests/oracle/safetensors_vectors.py --check FILE   load a file into the same nn.Sequential, strictly
"""

import json
import pathlib
import struct
import sys

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent / "safetensors"

DTYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NAMES = {dtype: name for name, dtype in DTYPES.items()}

OPTIMIZERS = {
    "Momentum": lambda p: torch.optim.SGD(p, 0.01, momentum=0.9),
    "Nesterov": lambda p: torch.optim.SGD(p, 0.01, momentum=0.9, nesterov=True),
    "AdaGrad": lambda p: torch.optim.Adagrad(p, 0.01),
    "RmsProp": lambda p: torch.optim.RMSprop(p, 0.01),
    "Adam": lambda p: torch.optim.Adam(p, 0.01),
    "AdamW": lambda p: torch.optim.AdamW(p, 0.01),
}

BETAS = {"beta1_power": 0.9, "beta2_power": 0.999}


def write(path, tensors):
    """Writes (name, tensor) pairs in their order."""
    header = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, tensor in tensors:
        raw = bytes(tensor.contiguous().reshape(-1).view(torch.uint8).tolist()) if tensor.dim() else struct.pack("<d", tensor.item())
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read(path):
    """As safetensors.torch.load_file, with its checks."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    assert length % 8 == 0, "the data is not aligned to eight bytes"
    header = json.loads(raw[8 : 8 + length])
    assert header.pop("__metadata__", {}).get("format") == "pt"
    data = raw[8 + length :]
    tensors, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        first, last = entry["data_offsets"]
        assert first == end, f"{name} does not begin where the one before it ends"
        tensor = torch.frombuffer(bytearray(data[first:last]), dtype=DTYPES[entry["dtype"]])
        assert first % tensor.element_size() == 0, f"{name} is not aligned"
        tensors[name] = tensor.reshape(entry["shape"])
        end = last
    assert end == len(data), "there is something behind the last tensor"
    return tensors


def network():
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))


def numbers(tensors):
    return [value for tensor in tensors for value in tensor.detach().float().reshape(-1).tolist()]


def in_reference_order(state):
    """As safetensors.torch.save_file has it: by alignment, then by name."""
    return sorted(state.items(), key=lambda item: (-item[1].element_size(), item[0]))


def with_optimizer(net, optimizer, steps):
    """Powers, parameters, then each slot of all parameters: the order in which NetGen writes."""
    state = [optimizer.state[p] for p in net.parameters()]
    names = [name for name, _ in net.named_parameters()]
    tensors = []
    if "exp_avg" in state[0]:
        for name, beta in BETAS.items():
            power = 1.0
            for _ in range(steps):
                power *= beta
            tensors.append(("optimizer." + name, torch.tensor(power, dtype=torch.float64)))
    tensors += [(name, p.detach()) for name, p in net.named_parameters()]
    for slot in ("momentum_buffer", "sum", "square_avg", "exp_avg", "exp_avg_sq"):
        if slot in state[0]:
            tensors += [(f"optimizer.{slot}.{name}", s[slot]) for name, s in zip(names, state)]
    return tensors


def train(net, optimizer, inputs, targets, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(inputs), targets).backward()
        optimizer.step()


def main():
    torch.manual_seed(4)
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    inputs, targets = torch.rand(5, 3) * 2 - 1, torch.rand(5, 2)
    expected = {"inputs": numbers([inputs]), "targets": numbers([targets]), "types": {}, "optimizers": {}}

    base = network()
    for name, dtype in DTYPES.items():
        # Doubles that are no floats, so that they are rounded.
        between = 1 + 5e-8 if dtype == torch.float64 else 1
        state = {key: (tensor.double() * between).to(dtype) for key, tensor in base.state_dict().items()}
        write(FOLDER / f"{name}.safetensors", in_reference_order(state))
        net = network()
        net.load_state_dict(state)
        expected["types"][name] = {"parameters": numbers(net.parameters()), "outputs": numbers([net(inputs)])}

    named = {key.replace("0.", "fc1.", 1) if key.startswith("0.") else key.replace("2.", "policy.net.0.", 1): t for key, t in base.state_dict().items()}
    write(FOLDER / "named.safetensors", in_reference_order(named))

    for name, create in OPTIMIZERS.items():
        net = network()
        optimizer = create(net.parameters())
        train(net, optimizer, inputs, targets, 3)
        write(FOLDER / f"{name}.safetensors", with_optimizer(net, optimizer, 3))
        case = {"parameters": numbers(net.parameters())}
        train(net, optimizer, inputs, targets, 2)
        case["next"] = numbers(net.parameters())
        expected["optimizers"][name] = case

    (FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")
    for path in sorted(FOLDER.glob("*.safetensors")):
        if path.stem != "named":
            check(path)


def check(path):
    tensors = read(path)
    parameters = {name: tensor for name, tensor in tensors.items() if not name.startswith("optimizer.")}
    network().load_state_dict(parameters, strict=True)
    shapes = {name: tensor.shape for name, tensor in parameters.items()}
    for name, tensor in tensors.items():
        if name.startswith("optimizer."):
            _, slot, *rest = name.split(".")
            assert tensor.shape == (shapes[".".join(rest)] if rest else torch.Size()), name
    print(f"{path.name}: {len(tensors)} tensors, state_dict loaded")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        for given in sys.argv[2:]:
            check(pathlib.Path(given))
    else:
        main()
