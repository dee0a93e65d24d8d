"""The line above a question: its term, its kind, and how the sitting goes."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of

_MARKS = 12  # answers of the sitting that are shown one by one, where there is room
_SHORTER = (("to put right", "put right"), ("to see again", "again"))


class QuizHead(RowWidget):
    """Empty until `show` is called."""

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

    def show(self, term: str, kind: str, left: str, past: Sequence[bool]) -> None:
        """term, kind: of the open question. left: what is left. past: which answers were right, in order."""
        self._term, self._kind, self._left, self._past = term, kind, left, past
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
        count = [Piece(f" {fit_counts(self._left, width - taken - 4)} ", "quiz-head--count")]
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


def fit_counts(left: str, room: int) -> str:
    """What is left, in fewer words where there is too little room; then only how many there are in all, or of
    what is not a count the first parts."""
    if len(left) > room:
        for long, short in _SHORTER:
            left = left.replace(long, short)
    parts = left.split(", ")
    if len(left) > room and len(parts) > 1 and all(part[0].isdigit() for part in parts):
        return f"{sum(int(part.split()[0]) for part in parts)} left"
    while len(parts) > 1 and len(", ".join(parts)) > room:
        parts.pop()
    return ", ".join(parts)
