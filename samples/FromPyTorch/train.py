"""Trains a policy that balances a pole on a cart, and records another controller on another cart.

    python3 samples/FromPyTorch/train.py

It needs PyTorch and a quarter of a minute, prints how the training goes, and writes beside itself policy.onnx and
policy.safetensors, which are the policy, and recordings.csv. On one machine it writes the same bytes each time;
PyTorch 1.13 wrote what is committed.
"""

import dataclasses
import inspect
import pathlib

import torch

from policy import network, save_file

HERE = pathlib.Path(__file__).parent

GRAVITY = 9.8  # m/s²
SECONDS = 0.02  # from one decision to the next
DECISIONS = 500  # ten seconds
TRACK_END = 2.4  # m from the middle
FALLEN = 0.21  # rad from upright: twelve degrees

# What a moment costs: the squares of position, speed, angle and spin, and of the action.
STATE_COST = torch.tensor([0.5, 0.1, 5.0, 0.1])
ACTION_COST = 0.05


@dataclasses.dataclass
class Cart:
    """A cart with a pole on it and a motor that pushes it, in kg, m and N. Cart.cs is the same."""

    mass: float
    pole_mass: float
    half_length: float
    motor: float

    def step(self, state, action):
        """The states after the next moment, for actions from -1 to 1.

        The equations are those of Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult
        learning control problems", IEEE Transactions on Systems, Man, and Cybernetics 13 (1983), without friction.
        """
        position, speed, angle, spin = state.unbind(-1)
        sin, cos = torch.sin(angle), torch.cos(angle)
        total = self.mass + self.pole_mass
        force = self.motor * action[..., 0]
        push = (force + self.pole_mass * self.half_length * spin * spin * sin) / total
        spin_rate = (GRAVITY * sin - cos * push) / (self.half_length * (4 / 3 - self.pole_mass * cos * cos / total))
        acceleration = push - self.pole_mass * self.half_length * spin_rate * cos / total
        return state + SECONDS * torch.stack([speed, acceleration, spin, spin_rate], dim=-1)


FIRST = Cart(mass=1, pole_mass=0.1, half_length=0.5, motor=10)
CHANGED = Cart(mass=1, pole_mass=0.2, half_length=1, motor=5)


def is_up(state):
    return (state[:, 0].abs() < TRACK_END) & (state[:, 2].abs() < FALLEN)


def starts(count, spread=1.0):
    """Random states not far from the middle and from upright."""
    return spread * torch.tensor([0.5, 0.4, 0.08, 0.2]) * (2 * torch.rand(count, 4) - 1)


def cost(state, action):
    return (STATE_COST * state**2).sum(-1).mean() + ACTION_COST * (action**2).mean()


def train(policy, cart):
    """A ride of two seconds is a function of the policy's weights like any other, so its cost has a gradient."""
    optimizer = torch.optim.Adam(policy.parameters(), lr=0.003)
    for iteration in range(1, 201):
        state, total = starts(64, spread=1.5), 0
        for _ in range(100):
            action = policy(state)
            state = cart.step(state, action)
            total = total + cost(state, action)
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimizer.step()
        if iteration == 1 or iteration % 50 == 0:
            print(f"iteration {iteration}: a moment costs {total.item() / 100:.4f}")


@torch.no_grad()
def count_balanced(controller, cart, count=100):
    """In how many rides from random starts the pole stays up and the cart on the track."""
    state = starts(count)
    balanced = is_up(state)
    for _ in range(DECISIONS):
        state = cart.step(state, controller(state))
        balanced &= is_up(state)
    return int(balanced.sum())


def linear_controller(cart):
    """The linear function of the state that costs least near upright (LQR), cut off where the motor ends."""
    a, b = torch.autograd.functional.jacobian(cart.step, (torch.zeros(4), torch.zeros(1)))
    value = torch.diag(STATE_COST)
    for _ in range(1000):  # Riccati's equation, until nothing changes
        gain = torch.linalg.solve(ACTION_COST * torch.eye(1) + b.T @ value @ b, b.T @ value @ a)
        value = torch.diag(STATE_COST) + a.T @ value @ (a - b @ gain)
    return lambda state: torch.clamp(-state @ gain.T, -1, 1)


@torch.no_grad()
def record(controller, cart):
    """Rows of a state and of what the controller did in it. Pushes from outside show how it recovers."""
    state, rows = starts(30, spread=1.5), []
    for moment in range(150):
        action = controller(state)
        if moment % 3 == 0:
            rows.append(torch.cat([state, action], dim=-1)[is_up(state)])
        state = cart.step(state, action + 0.3 * torch.randn(30, 1))
    return torch.cat(rows)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    policy = network()
    train(policy, FIRST)
    expert = linear_controller(CHANGED)
    print(f"On the first cart the policy keeps the pole up in {count_balanced(policy, FIRST)} of 100 rides,")
    print(f"on the changed cart in {count_balanced(policy, CHANGED)};", end=" ")
    print(f"the controller that is recorded there in {count_balanced(expert, CHANGED)}.")

    # Unless told otherwise, PyTorch 2.9 and later put the weights into a second file.
    options = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        policy, torch.zeros(1, 4), str(HERE / "policy.onnx"), opset_version=17, input_names=["state"],
        output_names=["action"], dynamic_axes={"state": {0: "batch"}, "action": {0: "batch"}}, **options)
    save_file(policy.state_dict(), HERE / "policy.safetensors")
    rows = record(expert, CHANGED).tolist()
    lines = ["position,speed,angle,spin,action"] + [",".join(f"{number:.4f}" for number in row) for row in rows]
    (HERE / "recordings.csv").write_text("\n".join(lines) + "\n")
    print(f"Wrote policy.onnx, policy.safetensors and recordings.csv, {len(rows)} rows.")


if __name__ == "__main__":
    main()
