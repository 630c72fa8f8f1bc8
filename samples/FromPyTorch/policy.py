"""What train.py and check.py share: the network, and how safetensors files are read and written."""

import json
import pathlib
import struct

import torch
from torch import nn


def network():
    """The cart's state in (position, speed, angle, spin), the share of the motor's force out, from -1 to 1."""
    return nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1), nn.Tanh())


try:
    from safetensors.torch import load_file, save_file
except ImportError:
    # The format is the length of a header, the header in JSON, and the numbers; ours are all float32.
    def save_file(tensors, path):
        header, data = {}, b""
        for name, tensor in tensors.items():
            start = len(data)
            data += tensor.numpy().astype("<f4").tobytes()
            header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, len(data)]}
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)

    def load_file(path):
        file = bytearray(pathlib.Path(path).read_bytes())
        (length,) = struct.unpack_from("<Q", file)
        header, data = json.loads(file[8 : 8 + length]), file[8 + length :]
        header.pop("__metadata__", None)
        return {
            name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=torch.float32).reshape(entry["shape"])
            for name, entry in header.items()
        }
