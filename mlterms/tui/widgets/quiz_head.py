"""The line above a question: whose it is, of which kind, and how the sitting goes."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

_MARKS = 12  # answers of the sitting that are shown one by one


class QuizHead(Lines):
    """term and kind: of the open question. left: how many are to come. past: what was known, in order."""

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
        marks = [
            Piece(
                self.look.glyph("right" if known else "wrong") + " ",
                f"quiz-head--{'good' if known else 'bad'}",
            )
            for known in self._past[-_MARKS:]
        ]
        count = [Piece(f"  {self._left} ", "quiz-head--count")]
        return [
            self.spread(title, [*marks, *count], width),
            [Piece(self.look.glyph("left") * width, "quiz-head--rule")],
        ]
