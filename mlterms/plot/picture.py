"""How marks are put together: `Panel` (marks over two axes) and `Picture` (panels). Descriptions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mlterms.base.record import record
from mlterms.base.text import one_line
from mlterms.plot.axis import AUTOMATIC, Axis
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import MarkError


@record
class Panel:
    """Marks over one pair of axes. The first mark is at the bottom.

    axes: draw the lines and numbers of the axes. equal: one unit is as long on x as on y.
    share_x: the x axis has the same range as the one of the panel before, so that the two can be compared.
    strip: its rows as a strip below the others, as wide as the picture, where there is room for one; or 0.
    """

    marks: Sequence[Mark]
    title: str = ""
    x: Axis = AUTOMATIC
    y: Axis = AUTOMATIC
    axes: bool = True
    equal: bool = False
    share_x: bool = False
    strip: int = 0

    def __post_init__(self) -> None:
        marks = (self.marks,) if isinstance(self.marks, Mark) else tuple(self.marks)
        for mark in marks:
            if not isinstance(mark, Mark):
                raise MarkError(
                    f"Panel: marks must be marks such as Curve or Points, not {type(mark).__name__}"
                )
        _check_company(marks)
        if self.equal and (self.x.log or self.y.log):
            raise MarkError("Panel: equal=True needs two axes without log=True")
        object.__setattr__(self, "marks", marks)
        object.__setattr__(self, "title", one_line(str(self.title)))

    @property
    def whole(self) -> WholePanel | None:
        """The mark that has the panel for itself, if there is one. A ghost only if there is nothing else."""
        found = [mark for mark in self.marks if isinstance(mark, WholePanel)]
        return next((mark for mark in found if not mark.ghost), found[-1] if found else None)

    @property
    def is_strip(self) -> bool:
        """Whether it is as wide as the whole picture."""
        return self.strip > 0 or (self.whole is not None and self.whole.is_strip)

    def describe(self) -> str:
        """The panel in one sentence, for somebody who cannot see it. Ghosts are left out."""
        said = [text for text in (mark.describe() for mark in self.marks if not mark.ghost) if text]
        axes = [f"{name} is {axis.label}" for name, axis in (("x", self.x), ("y", self.y)) if axis.label]
        whole = "; ".join(axes + (said or ["nothing yet"]))
        return f"{self.title}: {whole}." if self.title else f"{whole[0].upper()}{whole[1:]}."


def _check_company(marks: Sequence[Mark]) -> None:
    """Raise MarkError if a mark needs a panel for itself and does not have it."""
    for mark in marks:
        for other in marks:
            if isinstance(mark, WholePanel) and other is not mark and not mark.allows(other):
                name = type(mark).__name__
                if type(other) is type(mark):
                    raise MarkError(f"Panel: one {name} a panel")
                raise MarkError(f"Panel: {name} needs a panel without {type(other).__name__}")


@record
class Picture:
    """Panels, side by side or one above the other as there is room. columns: how many to put side by side."""

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

    def describe(self) -> str:
        """One sentence a panel."""
        return " ".join(panel.describe() for panel in self.panels) or "An empty picture."


def ghosted(panel: Panel) -> Panel:
    """The same panel with every mark as a ghost: how the previous run is drawn behind the present one."""
    return replace(panel, marks=tuple(replace(mark, ghost=True) for mark in panel.marks))
