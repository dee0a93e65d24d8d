"""Backpropagation: from the loss back to every parameter.

A round has five stages: the forward pass to ŷ, δ of the output, δ of the hidden units, the gradients
of all weights (∂ on the lines), and the update. δ is how fast the loss grows with the sum of a unit.

Try:
- Make single steps. At which stage does the loss change? [update >= 5]
- Set x1 to 0. Which gradients vanish? [x1 == 0 and stage == 4]
- A learning rate of 0.5 or more: does every update help? [learning_rate >= 0.5 and update >= 20]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import finite_differences, gradient_descent
from mlterms.plot import Formula, Network, Panel, short

TERMS = ["backpropagation", "chain-rule", "forward-pass"]
PREDICTIONS = ["backpropagation/after-which-stage", "backpropagation/zero-input"]
PACE = 1
STEP = "step"
LENGTH = 50

STAGES = {  # each with two of its formulas
    "forward pass": ("h₁ = tanh(w₁·x₁ + w₂·x₂ + b₁)", "ŷ = v₁·h₁ + v₂·h₂ + c"),
    "δ of the output": ("loss = (ŷ − y)²", "δ = 2·(ŷ − y)"),
    "δ of hidden units": ("δ₁ = v₁·δ·(1 − h₁·h₁)", "δ₂ = v₂·δ·(1 − h₂·h₂)"),
    "gradients": ("∂w₁ = δ₁·x₁", "∂v₁ = δ·h₁"),
    "update": ("Δw₁ = −η·∂w₁", "Δv₁ = −η·∂v₁"),
}
LAYERS = ("x₁ x₂", "h₁ h₂", "ŷ")
SYMBOLS = "w₁ w₂ b₁ v₁ v₂ c x₁ x₂ h₁ h₂ ŷ y loss δ δ₁ δ₂ η ∂w₁ ∂v₁ Δw₁ Δv₁"
NUMBERS = np.array([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0])  # easy to multiply by


class Settings(Knobs):
    x1: float = knob(1.0, low=-3.0, high=3.0, help="the first input; the second is always 1")
    label: float = knob(2.0, low=-3.0, high=3.0, help="y, what the output should be")
    learning_rate: float = knob(0.02, low=0.001, high=1.0, log=True, live=True, help="step size")


def parts_of(vector):
    """Hidden weights (2, 2) and biases (2,), output weights (2,) and bias, as views of the nine numbers."""
    return vector[:4].reshape(2, 2), vector[4:6], vector[6:8], vector[8:]


def forward(parameters, x):
    w, b, v, c = parts_of(parameters)
    h = np.tanh(w @ x + b)
    return h, v @ h + c[0]


def loss_at(parameters, s, knobs):
    return (forward(parameters, s.x)[1] - knobs.label) ** 2


def setup(knobs, rng):
    s = State(x=np.array([knobs.x1, 1.0]), delta=0.0, delta_h=np.zeros(2), stage=-1)
    s.parameters, s.gradient = rng.choice(NUMBERS, 9), np.zeros(9)
    step(s, knobs)  # to begin with the forward pass
    return s


def step(s, knobs):
    s.stage = (s.stage + 1) % 5
    _, _, v, _ = parts_of(s.parameters)
    gradient_w, gradient_b, gradient_v, gradient_c = parts_of(s.gradient)
    if s.stage == 0:
        s.h, s.output = forward(s.parameters, s.x)
    elif s.stage == 1:
        s.delta = 2 * (s.output - knobs.label)
    elif s.stage == 2:
        s.delta_h = v * s.delta * (1 - s.h**2)  # 1 − h² is the slope of tanh
    elif s.stage == 3:
        gradient_w[:], gradient_b[:] = np.outer(s.delta_h, s.x), s.delta_h
        gradient_v[:], gradient_c[:] = s.delta * s.h, s.delta
    else:
        gradient_descent(s.parameters, s.gradient, knobs.learning_rate)


def measure(s, knobs):
    measures = {"loss": loss_at(s.parameters, s, knobs), "stage": s.stage + 1}
    if s.stage == 3:
        slow = finite_differences(lambda: loss_at(s.parameters, s, knobs), s.parameters)
        from_x1, from_x2 = np.abs(parts_of(s.gradient)[0]).sum(axis=0)
        off = np.abs(s.gradient - slow).max() / max(1, np.abs(s.gradient).max())
        measures |= {"gradient_x1": from_x1, "gradient_x2": from_x2, "difference": off}
    return measures


def show(s, knobs, past):
    (w, b, v, c), (gradient_w, _, gradient_v, _) = parts_of(s.parameters), parts_of(s.gradient)
    loss, eta = past["loss"][-1], knobs.learning_rate
    values = [*w[0], b[0], *v, *c, *s.x, *s.h, s.output, knobs.label, loss, s.delta, *s.delta_h, eta]
    first = gradient_w[0, 0], gradient_v[0]
    numbers = dict(zip(SYMBOLS.split(), [*values, *first, -eta * first[0], -eta * first[1]], strict=True))
    stage = list(STAGES)[s.stage]
    lines = (gradient_w, gradient_v) if stage == "gradients" else (w, v)
    names = [[f"{unit} {short(numbers[unit])}" for unit in layer.split()] for layer in LAYERS]
    deltas = [[], s.delta_h if s.stage >= 2 else [], [s.delta] if s.stage >= 1 else []]
    sheet = Network([lines[0], lines[1][None, :]], names=names, gradients=deltas)
    above, below = (Formula(text, pick(numbers, text)) for text in STAGES[stage])
    panels = [Panel([sheet], title=stage), Panel([above], title="in numbers"), Panel([below], title="and")]
    return Frame(panels=panels, says=describe(s, knobs, past))


def pick(numbers, text):
    """The numbers of the symbols that are in a formula."""
    words = text.translate(str.maketrans("()·−", "    ")).split()
    return {symbol: number for symbol, number in numbers.items() if symbol in words}


def describe(s, knobs, past):
    off = past["difference"][-1] if s.stage == 3 else 0
    return {
        0: f"ŷ is {short(s.output)} and should be {knobs.label:g}, so the loss is {short(past['loss'][-1])}",
        1: f"δ is {short(s.delta, 3)} at the output, and goes back from there",
        2: f"a δ of {short(s.delta_h[0], 3)} has come back to h₁, and one of {short(s.delta_h[1], 3)} to h₂",
        3: f"moving each parameter a little gives the same 9 gradients, up to {short(off, 1)} of the largest",
        4: f"after the step against the gradient, the loss is {short(past['loss'][-1])}",
    }[s.stage]
