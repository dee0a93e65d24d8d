"""Logic gates: five questions to one small network.

For each gate, the same network starts from the same weights and learns what to say at the four
corners of a square: 00 at the bottom left, 11 at the top right. A map shows p, what it says
everywhere, with the number of corners (of 4) that are right. Beside them is the network of the
chosen gate, with a map of what each unit says and the weights between them.

Try:
- One hidden unit, then two. Which gate gains by it? [hidden_units == 1 and update >= 300;
  hidden_units == 2 and update >= 300]
- Two units: 78 of 100 seeds solve all five. Find one that does not. [hidden_units == 2 and activation ==
  "sigmoid" and seed >= 1 and update >= 1000 and solved < 5]
- Look at the hidden units of AND. Which gates are they? [gate == "AND" and update >= 300]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import (
    CORNERS,
    GATES,
    Network,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    gradient_descent,
    sigmoid,
)
from mlterms.plot import Network as Diagram
from mlterms.plot import Panel, Tiles, unit_formula

TERMS = ["logic-gate", "xor", "hidden-layer"]
PREDICTIONS = ["xor/how-many-hidden", "logic-gate/all-five"]
PACE = "growing"
LENGTH = 1000
COMPARE = "until solved > 4.5"
UNITS = {"solved": "of 5 gates"} | {f"{gate.lower()}_loss": "nats" for gate in GATES}

LEARNING_RATE = 2.0
SIDE = np.linspace(-0.25, 1.25, 25)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)


class Settings(Knobs):
    hidden_units: int = knob(2, low=1, high=8, help="how many hidden units the network has")
    activation: str = knob("sigmoid", options=("sigmoid", "tanh"), help="activation of the hidden units")
    gate: str = knob("XOR", options=tuple(GATES), view=True, help="whose hidden units are shown")


def setup(knobs, rng):
    start = Network([2, knobs.hidden_units, 1], rng, hidden=knobs.activation)
    nets = {gate: Network([2, knobs.hidden_units, 1], rng, hidden=knobs.activation) for gate in GATES}
    for net in nets.values():
        net.parameters[:] = start.parameters
    return State(nets=nets)


def step(s, knobs):
    for gate, net in s.nets.items():
        logits = net.forward(CORNERS)
        gradient = net.backward(binary_cross_entropy_gradient(logits, GATES[gate]))
        gradient_descent(net.parameters, gradient, LEARNING_RATE)


def count_right(logits, gate):
    """How many of the four corners are right. Answers of about ½ count as wrong."""
    return np.count_nonzero(np.abs(sigmoid(logits) - GATES[gate]) < 0.49)


def measure(s, knobs):
    logits = {gate: net.forward(CORNERS) for gate, net in s.nets.items()}
    losses = {f"{gate.lower()}_loss": binary_cross_entropy(logits[gate], GATES[gate]) for gate in GATES}
    solved = sum(count_right(logits[gate], gate) == 4 for gate in GATES)
    return {"xor_loss": losses["xor_loss"], "solved": solved} | losses


def show(s, knobs, past):
    counts = {gate: count_right(net.forward(CORNERS), gate) for gate, net in s.nets.items()}
    outputs = np.stack([sigmoid(net.forward(SHEET)).reshape(25, 25) for net in s.nets.values()])
    net = s.nets[knobs.gate]
    inputs, hidden, logits = net.units(SHEET)
    if knobs.activation == "sigmoid":
        hidden = 2 * hidden - 1  # a half is drawn as 0 is for tanh
    maps = [a.T.reshape(-1, 25, 25) for a in (2 * inputs - 1, hidden, 2 * sigmoid(logits) - 1)]
    at_11 = net.units(CORNERS[3:])
    output_unit = sigmoid(at_11[2])[0, 0], net.weights[1][0], at_11[1][0], net.biases[1][0]
    says = " ".join(f"{answer:.2f}" for answer in sigmoid(net.forward(CORNERS)[:, 0]))
    return Frame(
        panels=[
            Panel(
                [
                    Tiles(
                        outputs,
                        captions=[f"{gate} {count}" for gate, count in counts.items()],
                        roles=["good" if count == 4 else "bad" for count in counts.values()],
                        label="p",
                        low=0,
                        high=1,
                        centre=0.5,
                        level=0.5,
                    )
                ],
                title="gates",
            ),
            Panel(
                [Diagram(net.weights, units=maps, names=[("x1", "x2"), (), (knobs.gate,)])],
                title=f"network of {knobs.gate}",
            ),
        ],
        formula=unit_formula("p = σ", *output_unit, letters=("v", "h", "c")),
        says=f"{knobs.gate}: {counts[knobs.gate]} of 4 corners right; to 00, 01, 10 and 11 it says {says}",
    )
