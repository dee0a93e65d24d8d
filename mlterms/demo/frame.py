"""What a demo shows at one update: its pictures, its measures, and a sentence. No drawing here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from keyword import iskeyword
from math import isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlterms.plot import Mark, Panel, Picture

_HYPHEN = re.compile(r"(?<![\w.)-])-(?=\.?\d)")  # before a number, where it is a minus sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture with its numbers.

    plots: marks that share one panel; or panels: several panels. measures: name → number; NaN and infinity
    are allowed, and told as what they are. says: one sentence for this moment; the hyphen of a formatted
    number becomes a minus sign. units: measure → its unit.
    Raises TypeError or ValueError with what to write instead.
    """

    plots: Sequence[Mark] = ()
    panels: Sequence[Panel] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    says: str = ""
    units: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, plural in (("plots", "marks"), ("panels", "panels")):
            given = getattr(self, name)
            if not isinstance(given, list | tuple):
                raise TypeError(
                    f"{name}= is a list of {plural}, not {type(given).__name__}: write {name}=[…]"
                )
            object.__setattr__(self, name, tuple(given))
        if self.plots and self.panels:
            raise ValueError("a frame has plots= (one panel) or panels= (several), not both")
        if self.plots or self.panels:
            self.picture()  # raises what is wrong with it now, where the demo can be blamed
        if not isinstance(self.says, str):
            raise TypeError(f"says= is text, not {type(self.says).__name__}")
        object.__setattr__(self, "says", _HYPHEN.sub("−", self.says))
        if not isinstance(self.measures, Mapping):
            raise TypeError("measures= is a dict of names and numbers")
        numbers = {name: _number(name, value) for name, value in self.measures.items()}
        object.__setattr__(self, "measures", numbers)
        unknown = sorted(set(self.units) - set(numbers))
        if unknown:
            raise ValueError(f"units= names {unknown[0]!r}, which is no measure of this frame")

    def picture(self, ghost: Frame | None = None) -> Picture:
        """Its panels, or its plots as one panel, ready to be drawn; `ghost` is laid muted behind them."""
        from mlterms.plot import Panel, Picture, ghosted

        panels = self.panels or (Panel(self.plots),)
        if ghost is not None:
            behind = ghost.picture().panels
            if len(behind) == len(panels):
                pairs = zip(behind, panels, strict=True)
                panels = [replace(panel, marks=(*ghosted(b).marks, *panel.marks)) for b, panel in pairs]
        return Picture(panels)

    def not_finite(self) -> tuple[str, ...]:
        """The names of the measures that are NaN or infinite."""
        return tuple(name for name, value in self.measures.items() if not isfinite(value))


def _number(name: object, value: object) -> float | int:
    """The measure as a plain Python number."""
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name):
        raise ValueError(f"measure {name!r}: a name is letters, digits and _, so that a card can compare it")
    if hasattr(value, "item") and getattr(value, "size", 0) == 1:
        value = value.item()
    if isinstance(value, bool | Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    shape = getattr(value, "shape", None)
    what = f"an array of shape {shape}" if shape is not None else f"{type(value).__name__} {value!r}"
    raise TypeError(f"measure {name}: one number is needed, not {what}")
