"""The summary of a sitting, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import term_of
from mlterms.base.plurals import count_of
from mlterms.base.text_columns import cut, pad
from mlterms.memory.intervals import interval_text
from mlterms.memory.state import Rating
from mlterms.quiz.contrast import can_contrast, why_none
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.tally import missed_in
from mlterms.quiz.what_follows import what_follows
from mlterms.quiz.words import kind_in_words, tally_in_words
from mlterms.tui.actions import bindings
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.prose_rows import markdown_rows
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row

if TYPE_CHECKING:
    from mlterms.store.log.learner import Event

_TITLE = 24  # columns


class QuizSummary(RowList):
    """Shown when nothing is left to ask."""

    BINDINGS = bindings("summary")

    app: WorkspaceShell

    def __init__(self) -> None:
        super().__init__(id="summary", is_text=True)
        self._sitting: Sitting | None = None
        self._now = Now(0, 0)

    def show(self, sitting: Sitting, now: Now) -> None:
        self._sitting, self._now = sitting, now
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        if self._sitting is None:
            return []
        tally, plan, queue = self._sitting.tally, self._sitting.plan, self._sitting.queue
        is_empty = not tally.answered and not queue.counts(self._now).left
        title, following = "That is all for now.", what_follows(queue, self._now, plan)
        if plan.contrast and not self._sitting.answers and not can_contrast(queue, self._now, plan.terms):
            title, following = "There is nothing to ask.", why_none(queue, self._now, plan.terms)
        elif is_empty:
            title = "Nothing is due."
        rows: list[Row] = [[Piece(title, "row--title")], []]
        if tally.answered:
            rows += [*self.wrapped(tally_in_words(tally), width), []]
        last = {event.question: event for event in self._sitting.answers}
        rows += [self._last_answer(event) for event in last.values()]
        rows += [[], *markdown_rows(following, width, self.terminal, style="row--muted"), []]
        buttons = [Piece(f" {self.app.key('summary.done')}  done ", "row--button", "leave")]
        if count := len(missed_in(self._sitting.answers)):
            # Of questions: above are the answers, of which one question may have several wrong ones.
            text = f" {self.app.key('quiz.again')}  ask {count_of(count, 'missed question')} again "
            buttons += [Piece("  "), Piece(text, "row--button", "again")]
        return [*rows, buttons]

    def _last_answer(self, event: Event) -> Row:
        """A question: how it was answered the last time, and when it comes again."""
        assert self._sitting is not None
        is_right = event.is_right
        question = event.question or ""
        row = self._sitting.index.row(term_of(question))
        title = row.title if row else question
        after, policy = event.after, self._sitting.learner.policy
        then = Now(after.last_at or self._now.at, self._now.offset)
        again = "" if event.mode == "cram" else interval_text(after, then, policy)
        return [
            Piece(
                f" {self.terminal.glyph('right' if is_right else 'wrong')} ",
                "row--good" if is_right else "row--bad",
            ),
            Piece(pad(cut(title, _TITLE), _TITLE + 1), "row--strong"),
            Piece(
                f"{kind_in_words(event.asked['kind']):8} {Rating(event.rating or 1).name.title():6}",
                "row--muted",
            ),
            Piece(f"next in {again}" if again else ""),
        ]
