"""Optimizer: three rules for using the gradient.

Three rules race down a ravine with one learning rate. Gradient descent follows the gradient, momentum
also keeps some of its last step, and Adam gives each weight a step size of its own. The knob "rule"
chooses whose arrows are drawn: the direction against the gradient, −g, and the last step.
The map shows the root of the loss, √loss, in which small losses differ more.

Try:
- A learning rate past 0.02. Who is still in the race? [learning_rate > 0.02 and update >= 50]
- Sweep the learning rate (w). Which rule wins at its best rate? [sweep == "knob"]
- Momentum of 0.99: is more always faster? [momentum >= 0.99 and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Arrow, Axis, Curve, Field, Formula, Panel, Rule, Trail

TERMS = ["optimizer"]
PREDICTIONS = ["optimizer/a-little-larger", "optimizer/more-momentum"]
PACE = 30
LENGTH = 300
COMPARE = "until loss_* < 0.001"
STEEPNESS, START, ZERO = np.array([1.0, 100.0]), np.array([-2.0, 0.5]), np.zeros(2)  # along, and across
GOAL, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-8  # the last three are Adam's
RULES = ("gradient descent", "momentum", "Adam")
THEORY = {"learning_rate": ("2 / largest curvature", 2 / STEEPNESS.max())}  # gradient descent's limit
LOSSES = ("loss_gradient_descent", "loss_momentum", "loss_adam")
SHEET = np.stack(np.meshgrid(np.linspace(-2.5, 2.5, 61), np.linspace(-0.75, 0.75, 41)), axis=-1)


class Settings(Knobs):
    learning_rate: float = knob(0.019, low=0.001, high=1.0, log=True, help="how far each update goes")
    momentum: float = knob(0.9, low=0.0, high=0.99, help="how much of its last step momentum keeps")
    rule: str = knob("gradient descent", options=RULES, view=True, help="whose arrows are shown")


def setup(knobs, rng):
    return State(gd=START, momentum=START, adam=START, t=0, velocity=ZERO, mean=ZERO, square=ZERO)


def step(s, knobs):
    s.t += 1
    descend(s, knobs.learning_rate)
    descend_with_momentum(s, knobs.learning_rate, knobs.momentum)
    descend_with_adam(s, knobs.learning_rate)


def loss_at(w):
    return 0.5 * np.sum(STEEPNESS * w**2, axis=-1)


def gradient_at(w):
    return STEEPNESS * w


def descend(s, learning_rate):
    gradient = gradient_at(s.gd)
    s.gd = s.gd - learning_rate * gradient


def descend_with_momentum(s, learning_rate, momentum):
    s.velocity = momentum * s.velocity + gradient_at(s.momentum)
    s.momentum = s.momentum - learning_rate * s.velocity


def descend_with_adam(s, learning_rate):
    gradient = gradient_at(s.adam)
    s.mean = BETA1 * s.mean + (1 - BETA1) * gradient
    s.square = BETA2 * s.square + (1 - BETA2) * gradient**2
    mean = s.mean / (1 - BETA1**s.t)  # both start at 0, which is too low
    square = s.square / (1 - BETA2**s.t)
    s.adam = s.adam - learning_rate * mean / (np.sqrt(square) + EPSILON)


def measure(s, knobs):
    w = np.array([s.gd, s.momentum, s.adam])
    return dict(zip(LOSSES, loss_at(w), strict=True)) | {"updates": s.t, "w": w}


def show(s, knobs, past):
    tracks = past["w"]  # (updates, 3 rules, 2 weights)
    ravine = [Field(np.sqrt(loss_at(SHEET)), x=(-2.5, 2.5), y=(-0.75, 0.75), contours=(0.5, 1.5, 3))]
    curves = [Rule(y=GOAL, label="goal")]
    for i, (name, role) in enumerate((("GD", "first"), ("momentum", "second"), ("Adam", "third"))):
        ravine.append(Trail(*tracks[:, i].T, label=name, glyph=name[0], role=role))
        shown = np.argmax(past[LOSSES[i]] < 1e-5) or None  # as far as the chart goes down
        curves.append(Curve(past.updates[:shown], past[LOSSES[i]][:shown], label=name, role=role))
    ravine += arrows(tracks[:, RULES.index(knobs.rule)])
    w1, w2 = Axis("w1", low=-2.5, high=2.5), Axis("w2", low=-0.75, high=0.75)
    update, loss = Axis("update", low=0, reach=100), Axis(low=1e-5, high=1e4, log=True)
    arrivals = {rule: arrival(past, name) for rule, name in zip(RULES, LOSSES, strict=True)}
    named = any(arrivals.values()) and ", ".join(f"{rule} {at or 'not yet'}" for rule, at in arrivals.items())
    says = f"updates to a loss of {GOAL}: {named or 'none yet'}"
    panels = [Panel(ravine, title="√loss", x=w1, y=w2), Panel(curves, title="loss", x=update, y=loss)]
    return Frame(panels=panels, columns=1, formula=write_out(s, knobs), says=says)


def write_out(s, knobs):
    eta, beta, v, g = knobs.learning_rate, 0, 0, s.gd[0]  # of the next step along w1
    if knobs.rule == "Adam":
        step(s, knobs)  # s is a copy
        m, sq = s.mean[0] / (1 - BETA1**s.t), s.square[0] / (1 - BETA2**s.t)
        return Formula("Δw₁ = −η · m / √s", {"Δw₁": -eta * m / np.sqrt(sq), "η": eta, "m": m, "s": sq})
    if knobs.rule == "momentum":
        beta, v, g = knobs.momentum, s.velocity[0], s.momentum[0]
    numbers = {"Δw₁": -eta * (beta * v + g), "η": eta, "β": beta, "v": v, "g": g}
    return Formula("Δw₁ = −η · (β·v + g)", numbers)


def arrows(track):
    """At the last point: the direction against the gradient, and the step that was taken."""
    before, w = track[[-2, -1]] if len(track) > 1 else track[[-1, -1]]
    ahead = w - 0.5 * gradient_at(w) / np.linalg.norm(gradient_at(w))
    both = [Arrow(*w, *ahead, label="−g"), Arrow(*before, *w, label="step", role="good")]
    return both if np.all(np.abs([before, w]) < [2.5, 0.75]) else []  # those that are on the map


def arrival(past, loss):
    arrived, lost = past.first(loss, below=GOAL), past.first(loss, above=1000 * past[loss][0])
    return arrived or (f"diverged at update {lost}" if lost else None)
