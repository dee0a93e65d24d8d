"""Demos written for the tests: each is a real file, loaded as any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mlterms.demo.load import Demo, load_demo

HEAD = '''"""A title.

What to look for."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob

TERMS = ["term"]


class Settings(Knobs):
    rate: float = knob(0.1, low=0.001, high=3.0, live=True)
    size: int = knob(10, low=1, high=60)


'''

# One weight on a parabola, with noise from s.rng, and epochs of four updates.
WALK = (
    HEAD
    + """def setup(knobs, rng):
    x = rng.normal(size=knobs.size)
    x.setflags(write=False)
    return State(w=np.array([4.0, -2.0]), x=x, count=0, epochs=0, path=[])


def step(s, knobs):
    s.w -= knobs.rate * (2 * s.w + 0.01 * s.rng.normal(size=2))
    s.path.append(float(s.w[0]))
    s.count += 1
    s.epochs = s.count // 4


def measure(s, knobs):
    return {"loss": np.sum(s.w**2), "w": s.w[0], "rate": knobs.rate, "seen": len(s.path), "x": s.x.sum()}


def show(s, knobs, past):
    return Frame(says=f"{s.w[0]:.3g} of {s.x.sum():.3g}")
"""
)

# One weight on a parabola: every fourth update ends an epoch, and it comes to rest where floats end.
BOWL = '''"""Bowl: down a parabola.

A ball."""

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Panel, Points

TERMS = ["bowl"]


class Settings(Knobs):
    rate: float = knob(0.1, low=0.01, high=3.0, log=True, live=True)
    start: float = knob(4.0, low=-5, high=5)
    side: str = knob("left", options=("left", "right"))


def setup(knobs, rng):
    return State(w=knobs.start, noise=rng.normal(), epochs=0, count=0)


def step(s, knobs):
    s.w -= knobs.rate * 2 * s.w
    s.count += 1
    s.epochs = s.count // 4


def measure(s, knobs):
    return {"loss": s.w**2, "w": s.w, "noise": s.noise, "count": s.count}


def show(s, knobs, past):
    return Frame(panels=[Panel([Points([s.w], [s.w**2])], x=Axis(low=-5, high=5), y=Axis(low=0, high=25))])
'''

Write = Callable[..., Path]
Load = Callable[..., Demo]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a demo's text to a file and give back its path."""

    def written(text: str, name: str = "some_demo.py") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def load(write: Write) -> Load:
    """Load a demo from its text."""
    return lambda text, name="some_demo.py": load_demo(write(text, name))


@pytest.fixture
def walk(load: Load) -> Demo:
    return load(WALK, "walk.py")


@pytest.fixture
def bowl(load: Load) -> Demo:
    return load(BOWL, "bowl.py")


@pytest.fixture
def head() -> str:
    """The beginning of a demo: its docstring, imports, TERMS and Settings, in 14 lines."""
    return HEAD


ONE_NUMBER = """def setup(knobs, rng):
    return State(w=4.0)


def step(s, knobs):
    s.w -= knobs.rate * 2 * s.w


def measure(s, knobs):
    return {"loss": s.w**2, "squared_w": s.w}


def show(s, knobs, past):
    return Frame()
"""


@pytest.fixture
def one_number() -> str:
    """The functions of a demo of one weight, to be put below the head."""
    return ONE_NUMBER
