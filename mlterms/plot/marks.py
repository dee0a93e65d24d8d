"""What can be drawn: marks, as frozen descriptions in data coordinates. Drawing them is done elsewhere."""

# ruff: noqa: RUF009 - Numbers() and Words() are descriptors of the class, not defaults that marks share

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlterms.plot.mark import Floats, Mark, Numbers, Words, check_ends, clean_names, floats


@dataclass(frozen=True, eq=False)
class Curve(Mark):
    """A line through (x, y) in the order given. Both (n,)."""

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    role: str = "first"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)


@dataclass(frozen=True, eq=False)
class Points(Mark):
    """Single points at (x, y), both (n,). glyph: the character that stands for them; "" is the role's."""

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    glyph: Words = Words()
    role: str = "first"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)
        self._check(len(self.glyph) <= 1, f"glyph must be one character, not {self.glyph!r}")


@dataclass(frozen=True, eq=False)
class Band(Mark):
    """The area between `low` and `high` over x, such as what twenty seeds gave. All three (n,), x rising."""

    x: Numbers = Numbers()
    low: Numbers = Numbers()
    high: Numbers = Numbers()
    label: Words = Words()
    role: str = "first"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, low=self.low, high=self.high)
        self._check(not np.any(np.diff(self.x) < 0), "x must rise")


@dataclass(frozen=True, eq=False)
class Spans(Mark):
    """Upright lines from (x, y0) to (x, y1), such as residuals and error bars. All three (n,)."""

    x: Numbers = Numbers()
    y0: Numbers = Numbers()
    y1: Numbers = Numbers()
    label: Words = Words()
    role: str = "muted"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y0=self.y0, y1=self.y1)


@dataclass(frozen=True, eq=False)
class Arrow(Mark):
    """A straight line from (x0, y0) with its head at (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float
    label: Words = Words()
    role: str = "accent"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._set(**{name: float(getattr(self, name)) for name in ("x0", "y0", "x1", "y1")})


@dataclass(frozen=True, eq=False)
class Rule(Mark):
    """A straight line across the panel: upright at `x`, or level at `y`. Exactly one of the two."""

    x: float | None = None
    y: float | None = None
    label: Words = Words()
    role: str = "muted"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check((self.x is None) != (self.y is None), "give x or y, and not both")
        self._set(x=None if self.x is None else float(self.x), y=None if self.y is None else float(self.y))


@dataclass(frozen=True, eq=False)
class Note(Mark):
    """Words at (x, y), which is where the first letter stands."""

    x: float
    y: float
    text: Words = Words()
    role: str = "accent"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._set(x=float(self.x), y=float(self.y))


@dataclass(frozen=True, eq=False)
class Field(Mark):
    """A quantity over a rectangle, as a heat map. z: (rows, columns), rows from low y to high y.

    x, y: what the rectangle spans. low, high: what the darkest and the lightest colour stand for (default:
    z's own least and greatest). level: also draw the line along which z takes this value, such as 0.5.
    """

    z: Numbers = Numbers(2)
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    low: float | None = None
    high: float | None = None
    label: Words = Words()
    level: float | None = None

    def __post_init__(self) -> None:
        self._check_extent("x", self.x)
        self._check_extent("y", self.y)
        check_ends(type(self).__name__, self.low, self.high)


@dataclass(frozen=True, eq=False)
class Bars(Mark):
    """Bars lying on their side, from top to bottom, each with its name before and its number beside it.

    values: (n,). names: n words, or none. role: one for all, or one each. errors: (n,), half the length of
    each one's whisker. baseline: the value at which bars begin. label: what these are, where there are two.
    """

    values: Numbers = Numbers()
    names: Sequence[str] = ()
    role: str | Sequence[str] = "first"
    errors: ArrayLike | None = None
    baseline: float = 0.0
    label: Words = Words()

    def __post_init__(self) -> None:
        count = len(self.values)
        roles = (self.role,) * count if isinstance(self.role, str) else tuple(self.role)
        for role in (self.role,) if isinstance(self.role, str) else roles:
            self._check_role(role)
        names = clean_names(self.names)
        self._check(len(names) in (0, count), f"{count} values, but {len(names)} names")
        self._check(len(roles) == count, f"{count} values, but {len(roles)} roles")
        if self.errors is not None:
            errors = floats("Bars", "errors", self.errors, 1)
            self._check_lengths(values=self.values, errors=errors)
            self._set(errors=errors)
        self._check(np.isfinite(self.baseline), f"baseline must be finite, not {self.baseline}")
        self._set(names=names, baseline=float(self.baseline))
        if not isinstance(self.role, str):
            self._set(role=roles)


@dataclass(frozen=True, eq=False)
class Histogram(Mark):
    """How many of `values` fall between each two edges.

    edges: how many bins, or the edges themselves (rising), or None for as many as suit the values.
    """

    values: Numbers = Numbers()
    edges: int | ArrayLike | None = None
    label: Words = Words()
    role: str = "first"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        if self.edges is None:
            return
        if isinstance(self.edges, int | np.integer):
            count = int(self.edges)
            self._check(1 <= count <= 1000, f"edges as a count must be 1 to 1000, not {count}")
            self._set(edges=count)
            return
        edges = floats("Histogram", "edges", self.edges, 1)
        rising = len(edges) >= 2 and bool(np.isfinite(edges).all() and (np.diff(edges) > 0).all())
        self._check(rising, f"edges must be two or more rising numbers, not shape {edges.shape}")
        self._set(edges=edges)


@dataclass(frozen=True, eq=False)
class Cells(Mark):
    """A grid of small squares, each light or dark by its value, such as 100 training examples.

    values: (n,), arranged in rows that fit, or (rows, columns), the first row on top as NumPy prints it.
    lit: mask of the same shape, the squares that stand out now. low, high: what the darkest and the
    lightest square stand for. numbers: write each value into its square, where there is room.
    """

    values: ArrayLike
    lit: ArrayLike | None = None
    label: Words = Words()
    low: float | None = None
    high: float | None = None
    numbers: bool = False

    def __post_init__(self) -> None:
        values = floats("Cells", "values", self.values, 1 if np.ndim(self.values) < 2 else 2)
        self._set(values=values)
        if self.lit is not None:
            lit = np.array(self.lit, dtype=bool)
            self._check(
                lit.shape == values.shape, f"lit {lit.shape} must have the shape of values {values.shape}"
            )
            lit.setflags(write=False)
            self._set(lit=lit)
        check_ends("Cells", self.low, self.high)


@dataclass(frozen=True, eq=False)
class Network(Mark):
    """Layers of units with their weights between them, inputs on the left.

    weights: one (out, in) matrix between each two layers. biases: one (out,) vector for each, or None.
    values: what the units hold, one vector for every layer, the inputs included, or None. names: words for
    the units of every layer, the inputs included; a layer may go without, as ().
    """

    weights: Sequence[ArrayLike]
    biases: Sequence[ArrayLike] | None = None
    values: Sequence[ArrayLike] | None = None
    names: Sequence[Sequence[str]] | None = None

    def __post_init__(self) -> None:
        weights = tuple(floats("Network", f"weights[{i}]", w, 2) for i, w in enumerate(self.weights))
        self._check(len(weights) > 0, "weights must hold at least one matrix")
        for i in range(1, len(weights)):
            fits = weights[i].shape[1] == weights[i - 1].shape[0]
            self._check(
                fits,
                f"weights[{i}] {weights[i].shape} does not follow weights[{i - 1}] {weights[i - 1].shape}",
            )
        sizes = (weights[0].shape[1], *(w.shape[0] for w in weights))
        self._set(weights=weights)
        self._set(biases=self._vectors("biases", self.biases, sizes[1:]))
        self._set(values=self._vectors("values", self.values, sizes))
        if self.names is not None:
            names = tuple(clean_names(layer) for layer in self.names)
            fit = len(names) == len(sizes) and all(
                len(n) in (0, size) for n, size in zip(names, sizes, strict=True)
            )
            self._check(fit, f"names {tuple(map(len, names))} do not fit layers of {sizes} units")
            self._set(names=names)

    def _vectors(
        self, name: str, given: Sequence[ArrayLike] | None, sizes: tuple[int, ...]
    ) -> tuple[Floats, ...] | None:
        if given is None:
            return None
        vectors = tuple(floats("Network", f"{name}[{i}]", v, 1) for i, v in enumerate(given))
        told = tuple(len(v) for v in vectors)
        self._check(told == sizes, f"{name} have lengths {told}, but the layers have {sizes} units")
        return vectors
