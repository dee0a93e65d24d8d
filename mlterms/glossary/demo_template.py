"""What a new demo begins with: a small one that runs, for an author to change."""

from __future__ import annotations

_DEMO = '''"""{title}: a ball that rolls into a valley.

The ball is on a curve. Each update moves it downhill, by the learning rate times the slope. Change
this demo into your own: demos/README.md, in the folder that `mlterms doctor` calls cards, says how.

Try:
- Raise the learning rate above 1. Where does the ball go? [learning_rate > 1 and loss > 9]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Panel, Points

TERMS = ["{name}"]
LENGTH = 30
ACROSS = np.linspace(-3, 3, 121)


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.01, high=1.5, log=True, live=True, help="how far each update goes")


def setup(knobs, rng):
    return State(w=rng.uniform(-3, 3))


def step(s, knobs):
    slope = 2 * s.w
    s.w -= knobs.learning_rate * slope


def measure(s, knobs):
    return {{"loss": s.w**2, "w": s.w}}


def show(s, knobs, past):
    return Frame(
        panels=[
            Panel(
                [Curve(ACROSS, ACROSS**2, label="loss"), Points([s.w], [s.w**2], label="ball")],
                x=Axis("w", low=-3, high=3),
                y=Axis(low=0, high=9),
            ),
            Panel([Curve(past.updates, past["loss"])], title="loss", x=Axis("update", low=0, reach=LENGTH)),
        ],
        says=f"w is {{s.w:.3g}}, so the loss is {{s.w**2:.3g}}",
    )
'''


def new_demo(title: str, name: str) -> str:
    """The text of a demo of the term `name`. It passes `mlterms check` as it is."""
    return _DEMO.format(title=title[:1].upper() + title[1:], name=name)
