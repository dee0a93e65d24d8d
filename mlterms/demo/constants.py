"""What a demo declares in capitals besides its functions: PACE, STEP, LENGTH, STILL, COMPARE, THEORY,
REFERENCE, UNITS."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from numbers import Real
from typing import Any, NamedTuple, NoReturn

from mlterms.base.errors import FileError
from mlterms.base.limits import MOST_UPDATES
from mlterms.base.record import record
from mlterms.demo.knob_condition import KnobCondition, parse_condition
from mlterms.demo.knobs import Knobs, did_you_mean

FASTEST = 30_000  # updates a second: 1,000 a picture
GROWING = "growing"
_UNTIL = re.compile(r"until\s+([A-Za-z_]\w*\*?)\s*(<=|>=|<|>)\s*(\S+)")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LENGTH = re.compile(r"([A-Za-z_]\w*)(?:\s*\+\s*(\d{1,6}))?")
_PLACE = re.compile(r"\{(\w*)\}")


@record
class Compare:
    """What two runs are compared at: the same number of updates, or of epochs, or when each reaches a goal.

    by: `updates`, `epochs` or `until`. measure, sign, bound: the goal, as in loss < 0.001. A measure that
    ends in * means all that begin with it: several runners in one picture.
    """

    by: str = "updates"
    measure: str = ""
    sign: str = "<"
    bound: float = 0.0

    def reached_by(self, value: float | None) -> bool:
        """Whether a measure with this value is at the goal; None where there is no value yet."""
        return value is not None and _COMPARISONS[self.sign](value, self.bound)

    @property
    def goal(self) -> str:
        """The goal in words: `loss < 0.001`."""
        return f"{self.measure.removesuffix('*').replace('_', ' ').strip()} {self.sign} {self.bound:g}"


class Theory(NamedTuple):
    """What is expected of a measure, or the value of a knob at which something changes.

    value: a number, the name of the measure that has it, or a function of the knobs.
    """

    label: str
    value: float | str | Callable[[Knobs], float]

    def value_in(self, measures: Mapping[str, float], knobs: Knobs) -> float:
        """The value with these measures and knobs; NaN where there is none yet."""
        if isinstance(self.value, str):
            return measures.get(self.value, math.nan)
        if not callable(self.value):
            return self.value
        try:
            return float(self.value(knobs))
        except Exception:  # a demo's own code, which worked with the default knobs
            return math.nan


@record
class Constants:
    """What was declared, or the defaults.

    pace: updates a second at which the demo is best watched; None where any will do. growing: it begins
    slowly and grows faster. step_name: what one update is called. length: updates of a natural run, to which
    the value of the knob length_knob is added, if it names one. theory: measure or knob → what is known of it
    without a run, or of another way to do it. references: the names of the latter. units: measure → unit, in
    which {knob} becomes the value of a knob. still: the setting in which nothing moves by itself, or None.
    """

    pace: float | None = None
    growing: bool = False
    step_name: str = "update"
    length: int | None = None
    length_knob: str = ""
    compare: Compare = Compare()
    theory: Mapping[str, Theory] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    still: KnobCondition | None = None
    references: frozenset[str] = frozenset()

    @property
    def step_names(self) -> str:
        """What several updates are called: `updates`, `degrees`, `batches`."""
        hisses = self.step_name.endswith(("s", "x", "ch", "sh")) and not self.step_name.endswith("epoch")
        return self.step_name + ("es" if hisses else "s")

    def length_for(self, knobs: Knobs) -> int | None:
        """The updates of a natural run with these knobs, or None where a run has no natural end."""
        if self.length is None or not self.length_knob:
            return self.length
        return self.length + int(getattr(knobs, self.length_knob))

    def count(self, updates: int) -> str:
        """A number of updates in words: `1 update`, `14 degrees`."""
        return f"{updates:,} {self.step_name if updates == 1 else self.step_names}"


class _Reader:
    """Reads the constants of one module; each error names the line of the assignment."""

    def __init__(self, path: str, tree: ast.Module, values: Mapping[str, Any], settings: type[Knobs]) -> None:
        self.path, self.tree, self.values, self.settings = path, tree, values, settings

    def read(self) -> Constants:
        pace = self.values.get("PACE")
        length, length_knob = self._length(self.values.get("LENGTH"))
        references = self._expected("REFERENCE")
        return Constants(
            pace=self._pace(pace) if pace != GROWING else None,
            growing=pace == GROWING,
            step_name=self._step_name(self.values.get("STEP")),
            length=length,
            length_knob=length_knob,
            compare=self._compare(self.values.get("COMPARE")),
            theory={**self._expected("THEORY"), **references},
            references=frozenset(references),
            units=self._units(self.values.get("UNITS")),
            still=self._still(self.values.get("STILL")),
        )

    def _pace(self, pace: Any) -> float | None:
        if pace is None:
            return None
        if isinstance(pace, bool) or not isinstance(pace, int | float) or not 0 < pace <= FASTEST:
            self._refuse(
                "PACE",
                f"is how many updates a second it begins with, up to {FASTEST:,}: PACE = 2; "
                f'or PACE = "{GROWING}", which begins slowly and grows faster',
            )
        return float(pace)

    def _step_name(self, name: Any) -> str:
        if name is None:
            return "update"
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z -]{0,15}", name):
            self._refuse("STEP", 'is what one update is called, in small letters: STEP = "degree"')
        return name

    def _length(self, length: Any) -> tuple[int | None, str]:
        """The updates of a natural run, and the knob whose value they grow by, or ""."""
        if length is None:
            return None, ""
        found = _LENGTH.fullmatch(length.strip()) if isinstance(length, str) else None
        if found is not None:
            knob = self.settings.KNOBS.get(found[1])
            if knob is None or knob.kind is not int:
                near = did_you_mean(found[1], tuple(self.settings.KNOBS))
                self._refuse("LENGTH", f"names {found[1]}, which is not a knob of whole numbers{near}")
            return int(found[2] or 0), found[1]
        if isinstance(length, bool) or not isinstance(length, int) or not 0 < length <= MOST_UPDATES:
            self._refuse(
                "LENGTH",
                f"is how many updates a run naturally has, up to {MOST_UPDATES:,}: LENGTH = 200, "
                'or by a knob of whole numbers: LENGTH = "units + 1"',
            )
        return length, ""

    def _compare(self, text: Any) -> Compare:
        if text is None or text == "updates":
            return Compare()
        if text == "epochs":
            return Compare("epochs")
        found = _UNTIL.fullmatch(text.strip()) if isinstance(text, str) else None
        bound = _float(found[3]) if found is not None else None
        if found is None or bound is None:
            self._refuse(
                "COMPARE",
                "says what two runs are compared at: "
                'COMPARE = "updates", COMPARE = "epochs" or COMPARE = "until loss < 0.001"',
            )
        return Compare("until", found[1], found[2], bound)

    def _expected(self, constant: str) -> dict[str, Theory]:
        """THEORY or REFERENCE, which are written alike."""
        theory = self.values.get(constant)
        if theory is None:
            return {}
        if not isinstance(theory, dict) or not all(map(_is_expected, theory.items())):
            self._refuse(
                constant,
                f"is a dict: of a measure or a knob, how the {constant.lower()} is called, and its value, "
                f"the measure that has it or a function of the knobs: {constant} = "
                '{"spread": ("σ/√B", "spread_by_theory"), "rate": ("2/λmax", 0.02)}',
            )
        found = {name: Theory(label, value) for name, (label, value) in theory.items()}
        for name, each in found.items():
            if callable(each.value) and math.isnan(each.value_in({}, self.settings())):
                self._refuse(
                    constant, f"has a function for {name} that gives no number for the default knobs"
                )
        return found

    def _units(self, units: Any) -> dict[str, str]:
        if units is None:
            return {}
        if not isinstance(units, dict) or not all(
            isinstance(name, str) and isinstance(unit, str) for name, unit in units.items()
        ):
            self._refuse("UNITS", 'is a dict of measures and their units: UNITS = {"loss": "nats"}')
        for unit in units.values():
            for name in _PLACE.findall(unit):
                if name not in self.settings.KNOBS:
                    near = did_you_mean(name, tuple(self.settings.KNOBS))
                    self._refuse("UNITS", f"names {{{name}}}, which is not a knob{near}")
        return units

    def _still(self, text: Any) -> KnobCondition | None:
        if text is None:
            return None
        condition = None
        with suppress(ValueError):
            condition = parse_condition(text) if isinstance(text, str) else None
        if condition is None:
            self._refuse(
                "STILL",
                "is the setting in which nothing moves by itself, a comparison of one knob: "
                """STILL = 'method == "by hand"'""",
            )
        knob = self.settings.KNOBS.get(condition.name)
        if knob is None:
            near = did_you_mean(condition.name, tuple(self.settings.KNOBS))
            self._refuse("STILL", f"names {condition.name}, which is not a knob{near}")
        for value in condition.values:
            if knob.typed(value) is None or (knob.options and value not in knob.options):
                self._refuse("STILL", f"names {value!r}, but {knob.title} can be {knob.allowed()}")
        return condition

    def _refuse(self, name: str, reason: str) -> NoReturn:
        raise FileError(self.path, line_of(self.tree, name), f"{name} {reason}")


def _is_expected(entry: tuple[object, object]) -> bool:
    """Whether it is an entry of THEORY or REFERENCE."""
    name, expected = entry
    if not isinstance(name, str) or not isinstance(expected, tuple) or len(expected) != 2:
        return False
    label, value = expected
    is_value = callable(value) or (isinstance(value, str | Real) and not isinstance(value, bool))
    return isinstance(label, str) and bool(label.strip()) and is_value


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read_constants(
    path: str, tree: ast.Module, values: Mapping[str, Any], settings: type[Knobs]
) -> Constants:
    """The constants of a module that was run. Raises FileError with the line and what to write.

    values: its names and values; settings: its class of knobs.
    """
    return _Reader(path, tree, values, settings).read()


NATS = "Nats are the unit of surprise, −ln p: a guess that gives the right class a half costs 0.69 nats."
"""What is said once where a measure is in nats."""


def units_for(units: Mapping[str, str], knobs: Knobs) -> dict[str, str]:
    """Measure → unit, with the values of knobs filled in: `€/{unit}` becomes €/cm."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        return str(knobs.knob(name).text(getattr(knobs, name)))

    return {measure: _PLACE.sub(filled, unit) for measure, unit in units.items()}


def line_of(tree: ast.Module, name: str) -> int:
    """The line on which the module assigns to a name, or 0."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.lineno
    return 0
