"""A line in which an answer is written: a number, or what is missing in a gap."""

from __future__ import annotations

from mlterms.tui.actions import bindings
from mlterms.tui.widgets.line_field import LONGEST, LineField


class AnswerLine(LineField):
    """Its Enter is named at the foot of the screen. hint: what is shown before anything is written."""

    BINDINGS = bindings("field")

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, hint, max_length=LONGEST, select_on_focus=False, compact=True)

    @property
    def written(self) -> str:
        return self.value
