"""The line above a question: its term, its kind, and how the sitting goes."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of

_MARKS = 12  # answers of the sitting that are shown one by one, where there is room
_WIDE = 80  # columns from which more is said of what is left than how many there are in all
_SHORTEST = 2  # of the forms of what is left
_SHORTER = (("to put right", "put right"), ("to see again", "again"))


class QuizHead(RowWidget):
    """Empty until `show` is called.

    What is left keeps its form through a sitting, as long as the window keeps its width: it only ever becomes
    shorter, where a long title leaves no room for more.
    """

    COMPONENT_CLASSES = {
        "quiz-head--term",
        "quiz-head--kind",
        "quiz-head--count",
        "quiz-head--good",
        "quiz-head--bad",
        "quiz-head--rule",
    }

    def __init__(self) -> None:
        super().__init__(id="head")
        self._term, self._kind, self._left = "", "", ""
        self._past: Sequence[bool] = ()
        self._form, self._formed_at = 0, 0  # which form of what is left, and at what width it was chosen

    def show(self, term: str, kind: str, left: str, past: Sequence[bool]) -> None:
        """term, kind: of the open question. left: what is left. past: which answers were right, in order."""
        self._term, self._kind, self._left, self._past = term, kind, left, past
        if not left:  # the sitting is over
            self._formed_at = 0
        self.redraw()

    def show_term(self, term: str) -> None:
        """Show another term in place of the one above the question; the rest stays."""
        self._term = term
        self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        between = f" {self.terminal.glyph('dot')} " if self._term and self._kind else " "
        title = [Piece(f" {self._term}", "quiz-head--term")] if self._term else []
        if self._kind:
            title.append(Piece(f"{between}{self._kind}", "quiz-head--kind"))
        taken = width_of(self.fitting(title))
        count = [Piece(f" {self._fit_left(width, width - taken - 4)} ", "quiz-head--count")]
        room = width - taken - len(count[0].text) - 2
        shown = self._past[len(self._past) - max(0, min(_MARKS, room // 2, len(self._past))) :]
        marks = [
            Piece(
                self.terminal.glyph("right" if known else "wrong") + " ",
                f"quiz-head--{'good' if known else 'bad'}",
            )
            for known in shown
        ]
        return [
            self.spread(title, [*marks, *count], width),
            [Piece(self.terminal.glyph("left") * width, "quiz-head--rule")],
        ]

    def _fit_left(self, width: int, room: int) -> str:
        """What is left, in its form."""
        if width != self._formed_at:
            self._form, self._formed_at = 0 if width >= _WIDE else _SHORTEST, width
        forms = forms_of_counts(self._left) if self._left else ("", "", "")
        while self._form < _SHORTEST and len(forms[self._form]) > room:
            self._form += 1
        return forms[self._form]


def forms_of_counts(left: str) -> tuple[str, str, str]:
    """What is left: in all words; in fewer; and only how many there are in all, or of what is not a count the
    first two parts."""
    shorter = left
    for long, short in _SHORTER:
        shorter = shorter.replace(long, short)
    parts = shorter.split(", ")
    if all(part[:1].isdigit() and " of " not in part for part in parts):
        return left, shorter, f"{sum(int(part.split()[0]) for part in parts)} left"
    return left, shorter, ", ".join(parts[:2])
