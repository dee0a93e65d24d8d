"""What came of an answer, as a page: the model answer of a recall with its ideas to be ticked, or the
verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.glossary.types import Choice, Numeric, Order, Predict, Recall, Spot
from mlterms.quiz.instance import Instance
from mlterms.quiz.words import sentence
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.page import Page, Row
from mlterms.tui.widgets.question_page import WIDEST, code_rows, item_rows, text_rows

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict


class OutcomePage(Page):
    """Empty while a question is open. picked: the ideas that were ticked. Zones: ("tick", i)."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="outcome", look=look)
        self.recall: Recall | None = None
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.picked: list[int] = []

    def clear(self) -> None:
        self.recall, self.asked, self.verdict, self.picked, self.marked = None, None, None, [], None
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
        self.asked, self.verdict = asked, verdict
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        width = min(width, WIDEST)
        if self.recall is not None:
            return self._revealed(self.recall, width)
        if self.asked is None or self.verdict is None:
            return []
        return [[], *self._told(self.asked, self.verdict, width)]

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

    def _told(self, asked: Instance, verdict: Verdict, width: int) -> list[Row]:
        """The verdict with the right answer, then what there is to say about it."""
        if verdict.correct is None:
            return [row for text in verdict.says for row in ([], *text_rows(sentence(text), width))]
        name, style = ("right", "page--good") if verdict.correct else ("wrong", "page--bad")
        words = "Right." if verdict.correct else "Not yet." if verdict.is_unknown else "Not this time."
        lead, says = (
            f"{self.look.glyph(name)} {words}",
            [sentence(text) for text in self._says(asked, verdict)],
        )
        rows: list[Row]
        match asked.question:
            case Choice() | Predict():  # what is right is marked among the options
                rows = _led(lead, says.pop(0) if says else "", width, style)
            case Spot() as spot:
                line, gutter = (
                    spot.fixed.splitlines()[spot.at - 1],
                    f"   {spot.at:2} {self.look.glyph('bar')} ",
                )
                rows = [*_led(lead, f"Line {spot.at} should read:", width, style), []]
                rows += code_rows(gutter, line, width, "page--good")
            case Order():
                rows = [*_led(lead, "The order is:", width, style), [], *text_rows(verdict.answer, width)]
            case Numeric():
                rows = _led(lead, f"It is {verdict.answer}.", width, style)
            case _:
                rows = _led(lead, verdict.answer, width, style)
        for text in says:
            rows += [[], *text_rows(text, width)]
        return rows

    def _says(self, asked: Instance, verdict: Verdict) -> list[str]:
        """Of options that are marked above it is not said once more that they are wrong, nor, where but one
        was picked, which it was."""
        if not isinstance(asked.question, Choice):
            return list(verdict.says)
        picked = [asked.question.options[i].text for i in verdict.given.get("options", ())]
        says = [text for text in verdict.says if text.removeprefix("Not: ") not in picked]
        return [text.removeprefix(f"{picked[0]}: ") for text in says] if len(picked) == 1 else says


def _led(lead: str, text: str, width: int, style: str) -> list[Row]:
    """The text with that before it, in its own style; below it where the text is more than a paragraph."""
    if "\n" in text.strip():
        return [[Piece(lead, style)], *text_rows(text, width)]
    first, *more = text_rows(f"{lead} {text}", width)
    return [[Piece(lead, style), Piece(first[0].text.removeprefix(lead))], *more]
