"""A deadline as a page: the day and the minutes, both to be changed, what follows, and the limit to set."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.progress.deadline import Deadline
from mlterms.progress.deadline_words import in_words, what_to_do
from mlterms.quiz.dates import day_in_words
from mlterms.tui.actions import ACTIONS
from mlterms.tui.widgets.row_list import Place, RowList
from mlterms.tui.widgets.row_widget import Piece, Row, indented

_LABEL = 16  # columns
_VALUE = 24


class PlanPage(RowList):
    """Shows a `Deadline`."""

    LEFT_TO_SCREEN = ("left", "right", "open")

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(id="plan", is_text=True)
        self.deadline = deadline

    def show(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.renew()

    def places(self) -> Sequence[Place]:
        """The limit to set. What changes the day and the minutes is clicked, and has keys of its own."""
        return [place for place in super().places() if place.action == "apply"]

    def content(self, width: int, room: int) -> list[Row]:
        deadline, inner = self.deadline, min(width - 6, 76)
        minutes = f"{max(1, round(deadline.minutes))}"
        rows: list[Row] = [
            [],
            [Piece("Can you answer every question at least once by a certain day?", "row--title")],
            [],
            self._row_to_change(
                "By", day_in_words(deadline.by, deadline.today), "plan.earlier", "plan.later"
            ),
            self._row_to_change("Minutes a day", minutes, "plan.less", "plan.more"),
        ]
        for text in in_words(deadline):
            rows += [[], *self.wrapped(text, inner)]
        if todo := what_to_do(deadline):
            key = self.app.key("plan.apply")
            rows += [[], [Piece(f" {key}  {todo} ", "row--button", "apply")]]
        return indented(rows, 3)

    def _row_to_change(self, label: str, value: str, less: str, more: str) -> Row:
        """A value with a button on each side, with the key of an action that changes it. Beside keys that are
        letters, arrows say what they do."""
        is_letter = self.app.key(less).isalpha()
        before, after = (self.terminal.glyph(name) if is_letter else " " for name in ("back", "forward"))
        return [
            Piece(f"{label:{_LABEL}}", "row--muted"),
            Piece(f"{before} ", "", ACTIONS[less].action),
            self._button(less),
            Piece(f" {value:^{_VALUE}} ", "row--strong"),
            self._button(more),
            Piece(f" {after}", "", ACTIONS[more].action),
        ]

    def _button(self, action: str) -> Piece:
        return Piece(f" {self.app.key(action)} ", "row--button", ACTIONS[action].action)
