"""The description of one axis of a panel. Its range and its ticks are worked out in `scale.py`."""

from __future__ import annotations

from mlterms.base.record import record
from mlterms.base.text import one_line
from mlterms.plot.mark_fields import MarkError, check_ends


@record
class Axis:
    """One axis of a panel.

    low, high: pin that end. What is beyond it is named at the edge. None takes what the marks need.
    log: in powers of ten. Zero and below have no place on it and are named at the edge too.
    reach: the upper end is at least this, and doubles where the marks need more, so that the axis of a
    growing run seldom moves.
    whole: ticks at whole numbers only, for what is counted.
    """

    label: str = ""
    low: float | None = None
    high: float | None = None
    log: bool = False
    reach: float | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", one_line(str(self.label)))
        check_ends("Axis", self.low, self.high)
        for name, end in (("low", self.low), ("high", self.high)):
            if self.log and end is not None and not end > 0:
                raise MarkError(f"Axis: {name} must be above 0 on a log axis, not {end}")
        if self.reach is not None:
            check_ends("Axis", self.low, self.reach)
            if self.high is not None or not self.reach > 0:
                raise MarkError("Axis: reach must be above 0, and goes without high")


AUTOMATIC = Axis()  # takes its range from the marks, and has no name
