"""Data quality: a few clean examples, or many noisy ones.

The truth is a curve of degree 3. One model is fitted to clean measurements, the other to noisy ones.
The ratio is the number of noisy examples for each clean one. Each round gives one more clean example,
and its noisy ones. The expected distance is the average over many such runs, if the examples are many.

Try:
- Which fit is closer to the truth after 30 clean examples? [noise == 10 and examples >= 30]
- Noise only twice as large: which fit is closer then? [noise == 2 and update >= 10]
- How much noise is worth 16 times the data? Make both fits equally good. [ratio == 16 and
  noisy_to_clean < 1.5 and noisy_to_clean > 0.67 and update >= 10]"""

import numpy as np
from numpy.polynomial import polynomial

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import cubic, mse
from mlterms.plot import Axis, Curve, Formula, Panel, Points, short

TERMS = ["data-quality", "noise"]
PREDICTIONS = ["data-quality/clean-or-many", "data-quality/two-offers"]
PACE = 5
STEP = "round"
LENGTH = 30
THEORY = {"noisy_to_clean": ("noise²/ratio", "expected_ratio")}
CLEAN = 0.1  # standard deviation
MOST = 100
FIRST = 6  # a curve of degree 3 needs four
ACROSS = np.linspace(-1, 1, 101)


class Settings(Knobs):
    noise: float = knob(10.0, low=1, high=30, log=True, help="how many times as noisy the noisy examples are")
    ratio: int = knob(4, options=(1, 4, 16, 64), help="how many noisy examples there are for each clean one")


def setup(knobs, rng):
    s = State(clean=cubic(rng, MOST, CLEAN), noisy=cubic(rng, MOST * knobs.ratio, CLEAN * knobs.noise))
    s.n = FIRST
    return s  # no curve yet: it would answer what is asked about the demo


def step(s, knobs):
    s.n = min(s.n + 1, MOST)
    fit(s, knobs)


def fit(s, knobs):
    """The curves of degree 3 with the least squared error, on all examples so far."""
    s.from_clean, s.from_noisy = (
        polynomial.polyfit(x[:n, 0], y[:n, 0], 3)
        for (x, y), n in ((s.clean, s.n), (s.noisy, s.n * knobs.ratio))
    )


def error(curve):
    """The mean squared distance from the truth."""
    return mse(polynomial.polyval(ACROSS, curve), 2 * ACROSS**3 - ACROSS)


def measure(s, knobs):
    if s.n == FIRST:
        return {"examples": s.n}
    clean, noisy = error(s.from_clean), error(s.from_noisy)
    ratios = {"noisy_to_clean": noisy / clean, "expected_ratio": knobs.noise**2 / knobs.ratio}
    return {"examples": s.n, "clean_error": clean, "noisy_error": noisy} | ratios


def show(s, knobs, past):
    (x, y), (noisy_x, noisy_y) = s.clean, s.noisy
    many = s.n * knobs.ratio
    drawn = slice(min(60, many))
    fits, errors, numbers = [], [], {"noisy": "?", "clean": "?"}
    says = f"{s.n} clean examples and {many:,} noisy ones, and no curve yet"
    if s.n > FIRST:
        n, clean, noisy = (past[name][1:] for name in ("examples", "clean_error", "noisy_error"))
        expected = 4 * CLEAN**2 / n  # four coefficients, each as uncertain as the mean of n examples
        fits = [
            Curve(ACROSS, polynomial.polyval(ACROSS, s.from_clean), label="clean", role="first"),
            Curve(ACROSS, polynomial.polyval(ACROSS, s.from_noisy), label="noisy", role="second"),
        ]
        errors = [
            Curve(n, clean, label="clean", role="first"),
            Curve(n, noisy, label="noisy", role="second"),
            Curve(n, expected, label="expected", role="muted"),
            Curve(n, expected * knobs.noise**2 / knobs.ratio, role="muted"),
        ]
        numbers = {"noisy": noisy[-1], "clean": clean[-1]}
        says = f"squared distance from the truth: {short(clean[-1], 2)} with {s.n} clean ones, "
        says += f"{short(noisy[-1], 2)} with {many:,} noisy ones"
    return Frame(
        panels=[
            Panel(
                [
                    Points(noisy_x[drawn, 0], noisy_y[drawn, 0], glyph="·", role="second"),
                    Points(x[: s.n, 0], y[: s.n, 0], role="first"),
                    Curve(ACROSS, 2 * ACROSS**3 - ACROSS, label="truth", role="muted"),
                    *fits,
                ],
                title=f"{s.n} clean, {many:,} noisy",
                x=Axis("x", low=-1, high=1),
                y=Axis("y", low=-2.5, high=2.5),
            ),
            Panel(
                errors,
                title="squared distance",
                x=Axis("examples", low=FIRST, high=MOST, log=True),
                y=Axis(low=1e-5, high=100, log=True),
            ),
        ],
        formula=Formula(
            "noisy / clean ≈ noise · noise / ratio",
            numbers | {"noise": knobs.noise, "ratio": knobs.ratio},
        ),
        says=says,
    )
