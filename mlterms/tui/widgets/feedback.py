"""What follows an answer: the model answer of a recall with its ideas to be ticked, or the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING

from textual import work

from mlterms.base.errors import MltermsError
from mlterms.base.text_columns import wrap
from mlterms.glossary.prose import runs
from mlterms.glossary.types import Choice, Numeric, Order, Predict, Recall, Spot, Term
from mlterms.quiz.instance import Instance
from mlterms.quiz.words import introduction_of, not_right_in_words, sentence
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.prose_rows import flow, item_rows, markdown_rows
from mlterms.tui.widgets.question_view import WIDEST, code_rows
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict


class Feedback(RowList):
    """Empty while a question is open. picked: the ideas that were ticked. ran: what code printed, lines under
    headings.

    While ideas are ticked it has the focus. Its actions are of the `QuestionPane` around it: tick,
    take_rating, mark_rating. can_take: whether a rating is marked, which Enter takes.
    """

    BINDINGS = bindings("ideas")

    def __init__(self, can_take: Callable[[], bool] = lambda: False) -> None:
        super().__init__(id="outcome")
        self.can_take = can_take
        self.recall: Recall | None = None
        self.written = ""
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.guessed: Term | None = None
        self._describes_term = True
        self.ran: Sequence[tuple[str, Sequence[str]]] = ()
        self.apart: Sequence[str] = ()
        self.picked: list[int] = []
        self._left = Event()  # nobody looks any more at what still runs

    def clear(self) -> None:
        self.recall, self.asked, self.verdict, self.picked, self.marked = None, None, None, [], ""
        self.guessed, self.ran, self.apart = None, [], []
        self.renew()

    def reveal(self, recall: Recall, written: str) -> None:
        """Show all that was written, the model answer and the ideas."""
        self.clear()
        self.recall, self.written = recall, written
        self.renew()

    @property
    def ideas(self) -> int:
        """How many ideas there are to tick."""
        return len(self.recall.ideas) if self.recall is not None else 0

    def tick(self, position: int) -> None:
        """Tick an idea, or untick it."""
        if position in self.picked:
            self.picked.remove(position)
        else:
            self.picked.append(position)
        self.renew()

    async def action_pick(self) -> None:
        await self.action_open()

    async def action_rate(self) -> None:
        await self.run("take_rating")

    async def action_less(self) -> None:
        await self.run("mark_rating(-1)")

    async def action_more(self) -> None:
        await self.run("mark_rating(1)")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.ideas or (action == "rate" and not self.can_take()):
            return False
        return super().check_action(action, parameters)

    def settle(self, asked: Instance, verdict: Verdict, guessed: Term | None = None) -> None:
        """Show the verdict on an answer, and if it was a guess, what its term is."""
        self.clear()
        self.asked, self.verdict, self.guessed = asked, verdict, guessed
        self.renew()

    def describe_term(self, on: bool) -> None:
        """Say what the term is below the verdict on a guess, or leave it out: a card beside says it."""
        if on != self._describes_term:
            self._describes_term = on
            self.renew()

    def show_apart(self, apart: Sequence[str]) -> None:
        """Show what tells two terms apart: a paragraph of Markdown for each."""
        self.apart = apart
        self.renew()

    @work(thread=True, exclusive=True, group="spot", exit_on_error=False)
    def run_code(self, path: str) -> None:
        """Run the code of a spot question as it was and put right, and show what each prints.

        path: of the card.
        """
        from mlterms.check.spot_run import run_spot

        asked = self.asked
        if asked is None or not isinstance(asked.question, Spot):
            return
        sections: list[tuple[str, tuple[str, ...]]] = []
        try:
            ran = run_spot(path, asked.question, self._left)
        except MltermsError as error:
            sections.append(("The code was not run:", (str(error),)))
        else:
            sections += ran.in_sections() if ran is not None else []
        if not self._left.is_set():
            self.app.call_from_thread(self._show_run, asked, sections)

    def _show_run(self, asked: Instance, ran: Sequence[tuple[str, Sequence[str]]]) -> None:
        if self.asked is asked:
            self.ran = ran
            self.renew()

    def on_unmount(self) -> None:
        self._left.set()

    def content(self, width: int, room: int) -> list[Row]:
        width = min(width, WIDEST)
        if self.recall is not None:
            return self._recall_rows(self.recall, width)
        if self.asked is None or self.verdict is None:
            return []
        rows = [[], *self._verdict(self.asked, self.verdict, width)]
        if self.apart:
            rows += [[], [Piece("What tells them apart", "row--heading")]]
            rows += [row for text in self.apart for row in self._text(text, width)]
        for heading, lines in self.ran:
            rows += [[], [Piece(heading, "row--heading")]]
            for line in lines:
                rows += code_rows("  ", self.terminal.text(line), width, "row--code")
        if self.guessed is not None and self._describes_term:
            title = Piece(self.terminal.text(self.guessed.title), "row--title")
            rows += [[], [title], *self._text(introduction_of(self.guessed), width)]
        return rows

    def _text(self, markdown: str, width: int) -> list[Row]:
        return [*markdown_rows(markdown, width, self.terminal)]

    def _recall_rows(self, recall: Recall, width: int) -> list[Row]:
        rows: list[Row] = []
        if self.written:
            parts = self.terminal.text(self.written).splitlines()
            rows += [[], [Piece("Your answer", "row--heading")]]
            rows += [[Piece(line)] for part in parts for line in wrap(part, width)]
        rows += [[], [Piece("The answer", "row--heading")], *self._text(recall.answer, width)]
        if recall.ideas:
            rate = "1–4 rate" if self.picked else "1 if none"
            hint = self.terminal.text(f"  ({self.app.key('ideas.tick')} ticks, {rate})")
            heading = Piece("Which of these did you say?", "row--heading")
            rows += [[], [heading, Piece(hint, "row--muted")]]
        for i, idea in enumerate(recall.ideas):
            on = i in self.picked
            style = "row--good" if on else ""
            first = [Piece(f" [{self.terminal.glyph('right') if on else ' '}] ", style)]
            rows += item_rows(first, idea, width, self.terminal, style=style, action=call("tick", i))
        return rows

    def _verdict(self, asked: Instance, verdict: Verdict, width: int) -> list[Row]:
        """The verdict with the right answer, then what there is to say about it."""
        if verdict.correct is None:
            return [row for text in verdict.says for row in ([], *self._text(sentence(text), width))]
        name, style = ("right", "row--good") if verdict.correct else ("wrong", "row--bad")
        words = "Right." if verdict.correct else not_right_in_words(verdict)
        lead = Piece(f"{self.terminal.glyph(name)} {words}", style)
        comments = [sentence(text) for text in _comments(asked, verdict)]
        match asked.question:
            case Choice() | Predict():  # what is right is marked among the options
                rows = self._rows_after_lead(lead, comments.pop(0) if comments else "", width)
            case Spot() as spot:
                line, bar = spot.fixed.splitlines()[spot.at - 1], self.terminal.glyph("bar")
                rows = [*self._rows_after_lead(lead, f"Line {spot.at} should read:", width), []]
                rows += code_rows(f"   {spot.at:2} {bar} ", line, width, "row--good")
            case Order() if verdict.correct:  # it is what was picked, above
                rows = [[lead]]
            case Order():
                rows = [
                    *self._rows_after_lead(lead, "The order is:", width),
                    [],
                    *self._text(verdict.answer, width),
                ]
            case Numeric():
                rows = self._rows_after_lead(lead, f"It is {verdict.answer}.", width)
            case _:
                rows = self._rows_after_lead(lead, verdict.answer, width)
        for text in comments:
            rows += [[], *self._text(text, width)]
        return rows

    def _rows_after_lead(self, lead: Piece, text: str, width: int) -> list[Row]:
        """The text behind the lead; below it where the text is more than a paragraph."""
        if "\n" in text.strip():
            return [[lead], *self._text(text, width)]
        return [*flow(runs(text), width, self.terminal, [lead, Piece(" ")], 0)]


def _comments(asked: Instance, verdict: Verdict) -> list[str]:
    """What there is to say, without the reasons that are shown with the options."""
    if isinstance(asked.question, Choice):
        return [asked.question.explain] if asked.question.explain else []
    return list(verdict.says)
