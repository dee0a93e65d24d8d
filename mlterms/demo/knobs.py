"""The knobs of a demo: what can be turned, how far, and how a value is read from text."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from keyword import iskeyword
from math import inf, isfinite
from numbers import Real
from types import MappingProxyType
from typing import Any, ClassVar, Self, dataclass_transform

from mlterms.base.errors import CallError
from mlterms.base.nearest import nearest
from mlterms.base.record import record
from mlterms.base.text import grouped, with_minus
from mlterms.demo.knob_condition import KnobCondition, parse_condition
from mlterms.demo.slider_stops import fraction, neighbour, stops

Value = float | int | bool | str

# Each knob becomes an option of `mlterms demo NAME`; these are taken there.
RESERVED = frozenset(
    (
        "updates",
        "seed",
        "at",
        "plain",
        "json",
        "svg",
        "cast",
        "until",
        "help",
        "now",
        "database",
        "every",
        "predict",
    )
)
KINDS = {"float": float, "int": int, "bool": bool, "str": str}
_DECIMAL_COMMA = re.compile(r"(?![+-]?[1-9]\d{0,2},\d{3}$)([+-]?\d+),(\d+)")  # not 1,250: that is refused
YES = ("on", "yes", "true", "1")
NO = ("off", "no", "false", "0")


@record
class Knob:
    """One knob. `kind` is float, int, bool or str; both ends of `low` to `high` are allowed values.

    live: may be turned while the demo runs. log: equal turns multiply. options: the only values there are;
    where there are none, low and high are finite. view: it changes what is drawn and nothing else. when: the
    condition under which it counts, or None.
    """

    default: Any
    low: float = -inf
    high: float = inf
    live: bool = False
    log: bool = False
    options: tuple[Any, ...] = ()
    unit: str = ""
    help: str = ""
    name: str = ""
    kind: type = float
    view: bool = False
    when: KnobCondition | None = None

    @property
    def title(self) -> str:
        """The name as people say it: `learning rate`."""
        return self.name.replace("_", " ")

    @property
    def flag(self) -> str:
        """The name as the command line has it: `--learning-rate`."""
        return "--" + self.name.replace("_", "-")

    def stops(self) -> tuple[Any, ...]:
        """The values that the keys go through, in order; the default is always among them."""
        if self.options:
            return self.options
        values = stops(self.low, self.high, log=self.log, whole=self.kind is int)
        return tuple(self.kind(v) for v in sorted({*values, self.default}))

    def nudged(self, value: Any, steps: int) -> Any:
        """The value `steps` key presses further up, or down. Options go round; numbers stop at their ends."""
        if self.options:
            return self.options[(self.options.index(value) + steps) % len(self.options)]
        return neighbour(self.stops(), value, steps)

    def fraction(self, value: Any) -> float:
        """Where the value is on a slider, from 0 to 1."""
        if self.options:
            return self.options.index(value) / max(1, len(self.options) - 1)
        return fraction(float(value), self.low, self.high, log=self.log)

    def at(self, share: float) -> Any:
        """The stop nearest to a place on the slider, from 0 to 1: for the mouse, and for sweeps."""
        return min(self.stops(), key=lambda stop: abs(self.fraction(stop) - share))

    def spread(self, count: int) -> tuple[Any, ...]:
        """Up to `count` stops (2 or more), evenly over the slider, ends included: the values of a sweep."""
        chosen = {self.at(i / (count - 1)) for i in range(count)}
        return tuple(stop for stop in self.stops() if stop in chosen)

    def text(self, value: Any) -> str:
        """The value as people type it; `parse` turns it back into exactly the same value."""
        if isinstance(value, bool):
            return "on" if value else "off"
        return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)

    def shown(self, value: Any) -> str:
        """The value as people read it: 0.019, −2, 2.2e-4, 1,024, on, gradient descent."""
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) < 1000:
            return with_minus(self.text(value).replace("e-0", "e-"))
        return grouped(value)

    def parse(self, text: str) -> Any:
        """Read a value from the command line or a field. Raises CallError."""
        text = text.strip()
        if self.kind is str:
            return self.checked(text)
        if self.kind is bool:
            if text.lower() not in YES + NO:
                raise CallError(f"{self.title} can be {self.allowed()}, not {text!r}")
            return text.lower() in YES
        try:
            number = self.kind(_DECIMAL_COMMA.sub(r"\1.\2", text))
        except ValueError:
            what = "a whole number" if self.kind is int else "a number"
            raise CallError(f"{self.title} is {what}, {self.allowed()}; {text!r} is none") from None
        return self.checked(number)

    def checked(self, value: object) -> Any:
        """The value in the knob's own type. Raises CallError naming the knob and what it can be."""
        fitting = self.typed(value)
        if fitting is None:
            raise CallError(f"{self.title} can be {self.allowed()}, not {value!r}")
        if self.options and fitting not in self.options:
            nearest = did_you_mean(str(value), self.options)
            raise CallError(f"{self.title} can be {self.allowed()}, not {value}{nearest}")
        if not self.options and not self.low <= fitting <= self.high:
            raise CallError(f"{self.title} can be {self.allowed()}; {self.text(fitting)} is outside")
        return fitting

    def allowed(self) -> str:
        """What the knob can be, in words."""
        if self.kind is bool:
            return "on or off"
        if self.options:
            *others, last = map(self.text, self.options)
            return f"{', '.join(others)} or {last}" if others else last
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.text(self.low)} to {self.text(self.high)}{unit}"

    def typed(self, value: Any) -> Any:
        """The value in the knob's own type (10.0 becomes 10 in a whole number), or None if it has none."""
        if self.kind in (bool, str):
            return value if isinstance(value, self.kind) else None
        if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
            return None
        number = float(value)
        if self.kind is float:
            return number
        return int(number) if number.is_integer() else None


def knob(
    default: Value,
    *,
    low: float | None = None,
    high: float | None = None,
    live: bool = False,
    log: bool = False,
    options: tuple[Value, ...] = (),
    unit: str = "",
    help: str = "",  # noqa: A002 - it is what a reader of a demo expects it to be called
    view: bool = False,
    when: str = "",
) -> Any:
    """Declare a knob: `learning_rate: float = knob(0.1, low=0.01, high=1.2, live=True, help="…")`.

    A number needs `low` and `high`, or `options`; a string needs `options`; a bool needs neither. `live`
    knobs may be turned while the demo runs, the others start it again from the same seed. `log` makes equal
    turns multiply (`low` must be above 0). A `view` knob changes only what is drawn: `setup`, `step` and
    `measure` always see its default. `when` names the condition under which the knob counts, a comparison
    with another knob: `method == "by hand"`. A knob that cannot be is a ValueError when the class is created.
    """
    low, high = -inf if low is None else low, inf if high is None else high
    condition = parse_condition(when) if when else None
    return Knob(default, low, high, live, log, tuple(options), unit, help, view=view, when=condition)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(knob,))
class Knobs:
    """The knobs of one demo with their values: write `class Settings(Knobs):` and one `knob(…)` a line.

    The class becomes a record; `Settings()` has the defaults, `Settings(learning_rate=0.2)` all but
    one, and a value that a knob cannot have is a CallError. `KNOBS` holds name → `Knob`.
    """

    KNOBS: ClassVar[Mapping[str, Knob]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        described = dict(cls.KNOBS)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Knob) and name not in inspect.get_annotations(cls):
                raise ValueError(f"knob {name} needs a type: write `{name}: float = knob(…)`")
        for name, annotation in inspect.get_annotations(cls).items():
            described[name] = _declared_knob(name, annotation, vars(cls).get(name))
            setattr(cls, name, described[name].default)
        for described_knob in described.values():
            _check_condition(described_knob, described)
        cls.KNOBS = MappingProxyType(described)
        record(kw_only=True)(cls)

    def __post_init__(self) -> None:
        for name, described in self.KNOBS.items():
            object.__setattr__(self, name, described.checked(getattr(self, name)))

    @classmethod
    def knob(cls, name: str) -> Knob:
        """The knob of that name (`learning_rate` or `learning-rate`), or CallError with the nearest one."""
        found = cls.KNOBS.get(name.replace("-", "_"))
        if found is None:
            every = ", ".join(cls.KNOBS) or "none"
            nearest = did_you_mean(name.replace("-", "_"), tuple(cls.KNOBS))
            raise CallError(f"no knob {name!r}{nearest} (knobs: {every})")
        return found

    @classmethod
    def parse(cls, name: str, text: str) -> Any:
        """The value that `text` means for the knob `name`. Raises CallError."""
        return cls.knob(name).parse(text)

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """The knobs with these values, the others at their defaults. Raises CallError."""
        return cls(**{cls.knob(name).name: value for name, value in values.items()})

    def with_values(self, values: Mapping[str, object]) -> Self:
        """The same knobs with some values changed. Raises CallError."""
        return type(self).of(self.values() | {self.knob(name).name: v for name, v in values.items()})

    def counts(self, name: str) -> bool:
        """Whether a knob counts as the others are set."""
        condition = self.knob(name).when
        return condition is None or condition.holds(self.values())

    def values(self) -> dict[str, Any]:
        """Name → value, in the order of the class."""
        return {name: getattr(self, name) for name in self.KNOBS}

    def turned(self) -> dict[str, Any]:
        """Name → value of those that are not at their default."""
        return {name: value for name, value in self.values().items() if value != self.KNOBS[name].default}


def _declared_knob(name: str, annotation: object, given: object) -> Knob:
    """The knob that a line of a Settings class declares. Raises ValueError with what to write instead."""
    if not isinstance(given, Knob):
        raise ValueError(f"{name} is not a knob: write `{name}: float = knob(…)`")
    if name in RESERVED or hasattr(Knobs, name):
        raise ValueError(f"a knob may not be called {name}: that name is taken; choose another")
    if name != name.lower() or name.startswith("_") or iskeyword(name):
        raise ValueError(f"knob {name}: a name is lower-case letters, digits and _, as in learning_rate")
    kind = KINDS.get(annotation if isinstance(annotation, str) else getattr(annotation, "__name__", ""))
    if kind is None:
        raise ValueError(f"knob {name}: its type is one of float, int, bool, str, not {annotation}")
    if given.view and given.live:
        raise ValueError(f"knob {name}: a view can always be turned; leave live=True out")
    declared = replace(given, name=name, kind=kind)
    if kind is bool:
        declared = replace(declared, options=(False, True))
    elif declared.options:
        typed = tuple(declared.typed(option) for option in declared.options)
        if None in typed or len(set(typed)) != len(typed):
            raise ValueError(f"knob {name}: options are different values of type {kind.__name__}")
        if declared.log and not all(isinstance(option, int | float) and option > 0 for option in typed):
            raise ValueError(f"knob {name}: a log scale needs options that are numbers above 0")
        declared = replace(declared, options=typed)
    elif kind is str:
        raise ValueError(f"knob {name}: a string needs options=(…)")
    elif not (isfinite(declared.low) and isfinite(declared.high)):
        raise ValueError(f"knob {name}: a number needs low= and high=, or options=(…)")
    elif not declared.low < declared.high:
        raise ValueError(f"knob {name}: low={declared.low} is not below high={declared.high}")
    elif declared.log and declared.low <= 0:
        raise ValueError(f"knob {name}: a log scale needs low above 0, not {declared.low}")
    try:
        return replace(declared, default=declared.checked(declared.default))
    except CallError as error:
        raise ValueError(f"the default of {error}") from None


def _check_condition(knob: Knob, every: Mapping[str, Knob]) -> None:
    """Raise ValueError unless the condition names another knob and values that it can have."""
    condition = knob.when
    if condition is None:
        return
    where = f"knob {knob.name}: when={condition.text!r}"
    other = every.get(condition.name)
    if other is None or other is knob:
        raise ValueError(f"{where} names no other knob{did_you_mean(condition.name, tuple(every))}")
    for value in condition.values:
        try:
            fits = other.checked(value) == value
        except CallError as error:
            raise ValueError(f"{where}: {error}") from None
        if not fits:
            raise ValueError(f"{where}: {other.title} can be {other.allowed()}, not {value!r}")


def did_you_mean(name: str, known: tuple[Any, ...]) -> str:
    """`; did you mean …?` or nothing."""
    near = nearest(name, map(str, known))
    return f"; did you mean {near}?" if near else ""
