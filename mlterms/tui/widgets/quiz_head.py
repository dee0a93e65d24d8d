"""The line above a question: whose it is, of which kind, and how the sitting goes."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

_MARKS = 12  # answers of the sitting that are shown one by one, where there is room


class QuizHead(Lines):
    """term and kind: of the open question. left: what is to come. past: what was known, in order."""

    COMPONENT_CLASSES = {
        "quiz-head--term",
        "quiz-head--kind",
        "quiz-head--count",
        "quiz-head--good",
        "quiz-head--bad",
        "quiz-head--rule",
    }

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="head", look=look)
        self._term, self._kind, self._left = "", "", ""
        self._past: Sequence[bool] = ()

    def show(self, term: str, kind: str, left: str, past: Sequence[bool]) -> None:
        self._term, self._kind, self._left, self._past = term, kind, left, past
        self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        title = [Piece(f" {self._term}", "quiz-head--term")]
        if self._kind:
            title.append(Piece(f" {self.look.glyph('dot')} {self._kind}", "quiz-head--kind"))
        taken = sum(len(piece.text) for piece in self.fitting(title))
        parts = self._left.split(", ")
        while len(parts) > 1 and taken + len(", ".join(parts)) + 4 > width:
            parts.pop()  # the rest finds no room
        count = [Piece(f" {', '.join(parts)} ", "quiz-head--count")]
        room = width - taken - len(count[0].text) - 2
        shown = self._past[len(self._past) - max(0, min(_MARKS, room // 2, len(self._past))) :]
        marks = [
            Piece(
                self.look.glyph("right" if known else "wrong") + " ",
                f"quiz-head--{'good' if known else 'bad'}",
            )
            for known in shown
        ]
        return [
            self.spread(title, [*marks, *count], width),
            [Piece(self.look.glyph("left") * width, "quiz-head--rule")],
        ]
