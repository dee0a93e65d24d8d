"""What came of an answer, as a page: the model answer of a recall with its ideas to be ticked, or the
verdict."""

from __future__ import annotations

from mlterms.glossary.types import Choice, Numeric, Predict, Recall
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.page import Page, Row, width_of
from mlterms.tui.widgets.question_page import WIDEST, item_rows, text_rows


class OutcomePage(Page):
    """Empty while a question is open. picked: the ideas that were ticked. Zones: ("tick", i)."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="outcome", look=look)
        self.recall: Recall | None = None
        self.verdict: Verdict | None = None
        self.marked_above = self.is_number = False
        self.picked: list[int] = []

    def clear(self) -> None:
        self.recall, self.verdict, self.picked, self.marked = None, None, [], None
        self.renew()

    def reveal(self, recall: Recall) -> None:
        """Show the model answer and the ideas."""
        self.clear()
        self.recall = recall
        self.renew()

    @property
    def ideas(self) -> int:
        """How many ideas there are to tick."""
        return len(self.recall.ideas) if self.recall is not None else 0

    def tick(self, position: int) -> None:
        """Tick an idea, or take the tick back."""
        if position in self.picked:
            self.picked.remove(position)
        else:
            self.picked.append(position)
        self.renew()

    def settle(self, asked: Instance, verdict: Verdict) -> None:
        """Show what came of an answer."""
        self.clear()
        self.verdict = verdict
        self.marked_above = isinstance(asked.question, Choice | Predict)
        self.is_number = isinstance(asked.question, Numeric)
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        width = min(width, WIDEST)
        if self.recall is not None:
            return self._revealed(self.recall, width)
        return [[], *self._told(self.verdict, width)] if self.verdict is not None else []

    def _revealed(self, recall: Recall, width: int) -> list[Row]:
        rows: list[Row] = [[], [Piece("The answer", "page--heading")], *text_rows(recall.answer, width)]
        if recall.ideas:
            hint = Piece("  a number ticks it", "page--muted")
            rows += [[], [Piece("Which of these did yours hold?", "page--heading"), hint]]
        for i, idea in enumerate(recall.ideas):
            on = i in self.picked
            mark = self.look.glyph("right") if on else " "
            rows += item_rows(
                f" [{mark}] ", f"{i + 1}  ", idea, width, "page--good" if on else "", ("tick", i)
            )
        return rows

    def _told(self, verdict: Verdict, width: int) -> list[Row]:
        rows: list[Row] = []
        if verdict.correct is not None:
            name, style = ("right", "page--good") if verdict.correct else ("wrong", "page--bad")
            words = "Right." if verdict.correct else "Not yet." if verdict.is_unknown else "Not this time."
            lead = [Piece(f"{self.look.glyph(name)} {words}", style)]
            answer = text_rows(self._answer(verdict), width)
            if len(answer) == 1 and width_of((*lead, *answer[0])) < width:
                rows.append([*lead, Piece(" "), *answer[0]])
            else:
                rows += [lead, *answer]
        for text in verdict.says:
            rows += [[], *text_rows(text, width)]
        return rows

    def _answer(self, verdict: Verdict) -> str:
        """The right answer as a sentence, where it is not marked among the options."""
        if self.marked_above:
            return ""
        return f"It is {verdict.answer}." if self.is_number else verdict.answer
