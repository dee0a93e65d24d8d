"""How marks are put together: `Panel` (marks over two axes) and `Picture` (panels). Descriptions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlterms.base.text import one_line
from mlterms.plot.mark import Mark, MarkError, check_ends
from mlterms.plot.marks import Bars, Cells, Network, Rule


@dataclass(frozen=True)
class Axis:
    """One axis. low, high: pin that end, and what lies beyond is told at the edge; None takes the marks' own.

    log: in powers of ten; zero and below cannot be shown on it, and are told as such. reach: the upper end is
    at least this, and doubles where the marks need more, so that the picture of a growing run mostly rests.
    """

    label: str = ""
    low: float | None = None
    high: float | None = None
    log: bool = False
    reach: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", one_line(str(self.label)))
        check_ends("Axis", self.low, self.high)
        for name, end in (("low", self.low), ("high", self.high)):
            if self.log and end is not None and not end > 0:
                raise MarkError(f"Axis: {name} must be above 0 on a log axis, not {end}")
        if self.reach is not None:
            check_ends("Axis", self.low, self.reach)
            if self.high is not None or not self.reach > 0:
                raise MarkError("Axis: reach is above 0, and stands instead of high")


@dataclass(frozen=True)
class Panel:
    """Marks over one pair of axes; the first mark lies at the bottom."""

    marks: Sequence[Mark]
    title: str = ""
    x: Axis = Axis()
    y: Axis = Axis()

    def __post_init__(self) -> None:
        marks = (self.marks,) if isinstance(self.marks, Mark) else tuple(self.marks)
        for mark in marks:
            if not isinstance(mark, Mark):
                raise MarkError(
                    f"Panel: marks must be marks such as Curve or Points, not {type(mark).__name__}"
                )
        _check_company(marks)
        object.__setattr__(self, "marks", marks)
        object.__setattr__(self, "title", one_line(str(self.title)))


def _check_company(marks: Sequence[Mark]) -> None:
    """Bars have places for a second axis, networks and cells have no axes: few marks can join them."""
    for kind, company in ((Network, Network), (Cells, Cells), (Bars, Bars | Rule)):
        if any(isinstance(mark, kind) for mark in marks):
            for mark in marks:
                if not isinstance(mark, company):
                    raise MarkError(f"Panel: {kind.__name__} needs a panel without {type(mark).__name__}")
            if kind is not Bars and sum(not mark.ghost for mark in marks) > 1:
                raise MarkError(f"Panel: one {kind.__name__} a panel")


@dataclass(frozen=True)
class Picture:
    """Panels, arranged side by side or stacked as there is room; `columns` asks for so many side by side."""

    panels: Sequence[Panel]
    columns: int | None = None

    def __post_init__(self) -> None:
        panels = (self.panels,) if isinstance(self.panels, Panel) else tuple(self.panels)
        for panel in panels:
            if not isinstance(panel, Panel):
                raise MarkError(f"Picture: panels must be Panels, not {type(panel).__name__}")
        if self.columns is not None and self.columns < 1:
            raise MarkError(f"Picture: columns must be 1 or more, not {self.columns}")
        object.__setattr__(self, "panels", panels)


def ghosted(panel: Panel) -> Panel:
    """The same panel with every mark muted: how the previous run is laid behind the present one."""
    return replace(panel, marks=tuple(replace(mark, ghost=True) for mark in panel.marks))
