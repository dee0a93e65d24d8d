"""Bias: a number that is added to the sum.

With the task line, a straight line, w·x + b, is fitted to thirty points. With the task threshold, a
neuron has to say yes when x is above 3. It adds up w·x + b, and the sigmoid turns the sum into its
output.

Try:
- Fit the line without the bias. What does the weight do to make up for it? [task == "line" and not use_bias
  and update >= 50]
- Switch it on again, and wait until the points are close to the line. [task == "line" and not use_bias;
  task == "line" and use_bias and squared_error < 1]
- Do the same with the threshold. Where does it fail? [task == "threshold" and not use_bias and update >=
  100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import binary_cross_entropy, mse, sigmoid
from mlterms.plot import Arrow, Axis, Curve, Formula, Panel, Points, Rule, Spans, waterfall

TERMS = ["bias"]
PREDICTIONS = ["bias/slope-without", "bias/threshold"]
PACE = "growing"
LENGTH = 400
UNITS = {"cross_entropy": "nats"}

LEARNING_RATE = {"line": 0.05, "threshold": 1.0}
ACROSS = np.linspace(0, 5, 101)


class Settings(Knobs):
    use_bias: bool = knob(True, live=True, help="whether b is learned; otherwise it is 0")
    task: str = knob("line", options=("line", "threshold"), help="what w and b are for")


def setup(knobs, rng):
    is_line = knobs.task == "line"
    x = rng.uniform(0, 5, 30 if is_line else 100)
    y = 2 * x + 3 + rng.normal(0, 0.5, 30) if is_line else (x > 3).astype(float)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(x=x, y=y, w=0.0, b=0.0, epochs=0)


def gradient_by_z(z, y, task):
    """How the loss of each point changes with its sum z."""
    if task == "line":
        return 2 * (z - y)  # the squared error
    return sigmoid(z) - y  # the cross-entropy


def step(s, knobs):
    b = s.b if knobs.use_bias else 0.0
    gradient_z = gradient_by_z(s.w * s.x + b, s.y, knobs.task)
    gradient_w = np.mean(gradient_z * s.x)
    gradient_b = np.mean(gradient_z)
    s.w -= LEARNING_RATE[knobs.task] * gradient_w
    s.b = b - LEARNING_RATE[knobs.task] * gradient_b if knobs.use_bias else b
    s.epochs += 1


def measure(s, knobs):
    z = s.w * s.x + (s.b if knobs.use_bias else 0.0)
    weights = {"w": s.w, "b": s.b} if knobs.use_bias else {"w": s.w}
    if knobs.task == "line":
        return {"squared_error": mse(z, s.y)} | weights
    accuracy = np.mean((z > 0) == s.y)
    return {"cross_entropy": binary_cross_entropy(z, s.y), "accuracy": accuracy} | weights


def show(s, knobs, past):
    draw = show_line if knobs.task == "line" else show_threshold
    return draw(s, s.b, " + b", {"b": s.b}) if knobs.use_bias else draw(s, 0.0, "", {})


def show_line(s, b, plus_b, bias):
    z = s.w * s.x + b
    marks = [
        Spans(s.x, s.y, z, label="errors"),
        Points(s.x, s.y, label="data"),
        Curve(ACROSS, s.w * ACROSS + b, label=f"w·x{plus_b}", role="second"),
        *[Points([0], [b], glyph="b", label="bias", role="accent") for _ in bias],
    ]
    off, sum_b = np.sqrt(mse(z, s.y)), f" {'−' if b < 0 else '+'} {abs(b):.2f}" if bias else ""
    bars = {"w·3": 3 * s.w} | bias
    sum_at_3 = waterfall([*bars.values()], [*bars], "y", roles=("second", "accent")[: len(bars)])
    return Frame(
        panels=[
            Panel(marks, title="the line", x=Axis("x", low=0, high=5), y=Axis("y", low=0, high=16)),
            Panel([sum_at_3], title="the sum at x = 3", x=Axis(low=-5, high=15)),
        ],
        formula=Formula(f"y = w·x{plus_b}", {"y": 3 * s.w + b, "w": s.w, "x": 3} | bias),
        says=f"y = {s.w:.2f}·x{sum_b}: the points are off by about {off:.2g}",
    )


def show_threshold(s, b, plus_b, bias):
    z, x_axis = s.w * s.x + b, Axis("x", low=0, high=5)
    right = (z > 0) == s.y
    sums = [Curve(ACROSS, s.w * ACROSS + b, label=f"z = w·x{plus_b}", role="second"), Rule(y=0)]
    outputs = [
        Curve(ACROSS, sigmoid(s.w * ACROSS + b), label="output", role="second"),
        Points(s.x, s.y, classes=s.y.astype(int), class_names=("no", "yes"), wrong=~right),
        Rule(x=3, label="3"),
    ]
    return Frame(
        panels=[
            Panel(
                [*sums, *[Arrow(0, 0, 0, b, label="bias") for _ in bias]],
                title="the sum z",
                x=x_axis,
                y=Axis("z", low=-20, high=20),
            ),
            Panel(outputs, title="sigmoid(z)", x=x_axis, y=Axis("output", low=-0.1, high=1.1), share_x=True),
        ],
        columns=1,
        formula=Formula(f"output = σ(w·x{plus_b})", {"output": sigmoid(z[0]), "w": s.w, "x": s.x[0]} | bias),
        says=f"{percent(np.mean(right))} of the answers are right; "
        + (f"it switches at x = {-b / s.w:z.2f}" if s.w else "it says 0.50 to every x"),
    )
