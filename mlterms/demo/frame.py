"""What a demo draws at one update: its pictures and a sentence. Its numbers are in `measures.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.record import record

if TYPE_CHECKING:
    from mlterms.plot import Formula, Mark, Panel, Picture

_HYPHEN = re.compile(r"(?<![\w.)-])-(?=\.?\d)")  # before a number, where it is a minus sign
_EXPONENT = re.compile(r"(?<=\d)e([+-])0*(?=\d)")


@record(kw_only=True)
class Frame:
    """One picture with a sentence about it.

    plots: marks that share one panel; or panels: several panels. columns: how many panels to put side by
    side, by default as many as look best. formula: what is being computed, with the numbers of this update.
    says: one sentence for this moment. The hyphen of a formatted number becomes a minus sign, and 1e-07 and
    1e+06 are written as everywhere else: 1e-7 and 1e6.
    Raises TypeError or ValueError with what to write instead.
    """

    plots: Sequence[Mark] = ()
    panels: Sequence[Panel] = ()
    columns: int | None = None
    formula: Formula | None = None
    says: str = ""

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
        if self.formula is not None:
            from mlterms.plot import Formula

            if not isinstance(self.formula, Formula):
                raise TypeError(f"formula= is a Formula, not {type(self.formula).__name__}")
        if not isinstance(self.says, str):
            raise TypeError(f"says= is text, not {type(self.says).__name__}")
        says = _EXPONENT.sub(lambda found: f"e{found[1].strip('+')}", self.says)
        object.__setattr__(self, "says", _HYPHEN.sub("−", says))

    def picture(self) -> Picture:
        """Its panels, or its plots as one panel, ready to be drawn."""
        from mlterms.plot import Panel, Picture

        return Picture(self.panels or (Panel(self.plots),), self.columns)

    def formula_picture(self) -> Picture | None:
        """Its formula alone, or None."""
        from mlterms.plot import Panel, Picture

        return None if self.formula is None else Picture([Panel([self.formula])])
