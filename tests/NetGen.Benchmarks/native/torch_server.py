"""Runs networks with PyTorch for the benchmark: commands come on stdin, one a line, and each has one line of answer.

gemm                         the GFLOP/s of a large product of matrices
load WIDTHS ROWS RATE FILE   FILE: parameters in state_dict order, inputs and targets as raw floats
run OPERATION CALLS          the seconds it took
predict ROW                  the outputs
"""

import array
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


class Network:
    def __init__(self, widths, rows, rate, path):
        layers = []
        for k, n in zip(widths, widths[1:]):
            layers += [nn.Linear(k, n), nn.Tanh()]
        self.net = nn.Sequential(*layers[:-1])
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=rate)
        self.loss = nn.MSELoss()

        numbers = array.array("f")
        with open(path, "rb") as file:
            numbers.frombytes(file.read())
        numbers = torch.tensor(numbers, dtype=torch.float32)
        with torch.no_grad():
            for parameter in self.net.parameters():
                count = parameter.numel()
                parameter.copy_(numbers[:count].reshape(parameter.shape))
                numbers = numbers[count:]
        inputs = rows * widths[0]
        self.x = numbers[:inputs].reshape(rows, widths[0]).clone()
        self.t = numbers[inputs:].reshape(rows, widths[-1]).clone()
        self.x_rows = [self.x[r : r + 1] for r in range(rows)]
        self.t_rows = [self.t[r : r + 1] for r in range(rows)]

    def step(self, x, t):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.net(x), t).backward()
        self.optimizer.step()

    def run(self, operation, calls):
        net, rows = self.net, len(self.x_rows)
        start = time.perf_counter()
        if operation == "Forward":
            with torch.inference_mode():
                for c in range(calls):
                    net(self.x_rows[c % rows])
        elif operation == "TrainStep":
            for c in range(calls):
                self.step(self.x_rows[c % rows], self.t_rows[c % rows])
        elif operation == "ForwardBatch":
            with torch.inference_mode():
                for c in range(calls):
                    net(self.x)
        else:
            for c in range(calls):
                self.step(self.x, self.t)
        return time.perf_counter() - start

    def predict(self, row):
        with torch.inference_mode():
            return self.net(self.x_rows[row])[0].tolist()


def gemm():
    n, times = 512, []
    a, b = torch.rand(n, n), torch.rand(n, n)
    for _ in range(5):
        start = time.perf_counter()
        torch.mm(a, b)
        times.append(time.perf_counter() - start)
    return 2e-9 * n**3 / min(times)


def main():
    network = None
    for line in sys.stdin:
        command, *rest = line.split(maxsplit=4)
        if command == "gemm":
            answer = repr(gemm())
        elif command == "load":
            network = Network([int(w) for w in rest[0].split("-")], int(rest[1]), float(rest[2]), rest[3].strip())
            answer = "ready"
        elif command == "run":
            answer = repr(network.run(rest[0], int(rest[1])))
        else:
            answer = " ".join(map(repr, network.predict(int(rest[0]))))
        print(answer, flush=True)


main()
