"""A row of choices: the ratings, each with the interval that it gives, or how sure the learner is.
One is marked, and Enter takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from textual.message import Message
from textual.reactive import reactive

from mlterms.memory.intervals import abbreviate
from mlterms.memory.state import Rating
from mlterms.quiz.words import HOW_SURE, UNSCHEDULED, only_rating_in_words
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.row_widget import Piece, Row, RowWidget, call, width_of


class _Item(NamedTuple):
    """short: the label for a row in which the labels find no room."""

    value: Any
    label: str
    short: str = ""


_SURE = (*(_Item(level, words) for level, words in HOW_SURE.items()), _Item(None, "rather not say"))


def _label(rating: Rating, interval: str) -> str:
    return rating.name.title() + ("" if interval == UNSCHEDULED else f" {interval}")


NOTHING = 0
"""Marked at first where the learner says how sure they are, so that Enter pressed twice does not pass, and
where no rating is suggested."""


class RatingBar(RowWidget, can_focus=True):
    """`offer` or `ask_how_sure` say what it shows; a `Taken` message says what was taken.

    marked: a Rating, or how sure the learner is (1 to 3, None), or NOTHING, which Enter does not take.
    has_more_above: whether what is above it goes on below what is shown.
    """

    COMPONENT_CLASSES = {"rating-bar--name", "rating-bar--marked", "rating-bar--hint"}
    BINDINGS = bindings("rating")

    marked: reactive[Any] = reactive(Rating.GOOD, layout=False, repaint=False)
    has_more_above: reactive[bool] = reactive(False, layout=False, repaint=False)

    class Taken(Message):
        """A rating, or how sure the learner is."""

        def __init__(self, value: Any) -> None:
            super().__init__()
            self.value = value

    def __init__(self) -> None:
        super().__init__(id="rating")
        self._question = ""
        self._items: list[_Item] = []

    def offer(self, intervals: Mapping[Rating, str], suggested: Rating | None) -> None:
        """Show the ratings and mark the suggestion, if there is one. A single rating is a sentence, which
        says what follows."""
        if len(intervals) == 1:
            items = [_Item(rating, only_rating_in_words(text)) for rating, text in intervals.items()]
        else:
            items = [
                _Item(rating, _label(rating, text), _label(rating, abbreviate(text)))
                for rating, text in intervals.items()
            ]
        self._show("", items, suggested or NOTHING)

    def ask_how_sure(self) -> None:
        self._show("How sure? ", list(_SURE), NOTHING)

    def clear(self) -> None:
        """Offer nothing."""
        self._items = []

    @property
    def is_marked(self) -> bool:
        """Whether something is marked, so that Enter takes it."""
        return any(item.value == self.marked for item in self._items)

    @property
    def choices(self) -> int:
        """The number of ratings, or of degrees of certainty, that can be taken."""
        return len(self._items)

    def action_take_item(self, number: int) -> None:
        """Take the thing of that number, from 1, if there is one."""
        if 0 < number <= len(self._items):
            self.post_message(self.Taken(self._items[number - 1].value))

    def _show(self, question: str, items: list[_Item], marked: Any) -> None:
        self._question, self._items = question, items
        self.marked = marked
        self.redraw()

    def rows(self, width: int, height: int) -> list[Row]:
        row = self._row([item.label for item in self._items])
        if width_of(row) > width:
            row = self._row([item.short or item.label for item in self._items])
        more = [Piece(f"{self.app.key('quiz.down')} shows more ", "rating-bar--hint")]
        if self.has_more_above and width_of(row) + width_of(more) < width:
            row = self.spread(row, more, width)
        return [[], row]

    def _row(self, labels: Sequence[str]) -> list[Piece]:
        row = [Piece(f" {self._question}", "rating-bar--hint")]
        for number, (item, label) in enumerate(zip(self._items, labels, strict=True), 1):
            here = item.value == self.marked
            name = f"{number} " if len(self._items) > 1 else ""
            text = f"{self.terminal.glyph('chosen') if here else ' '}{name}{label} "
            style = f"rating-bar--{'marked' if here else 'name'}"
            row += [Piece(text, style, call("take_item", number)), Piece(" ")]
        return row

    def watch_has_more_above(self) -> None:
        self.watch_marked()

    def watch_marked(self) -> None:
        if self.is_attached:
            self.redraw()
            self.refresh_bindings()

    def action_take(self) -> None:
        if self.is_marked:
            self.post_message(self.Taken(self.marked))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "take" or self.is_marked

    def action_less(self) -> None:
        self.mark_next(-1)

    def action_more(self) -> None:
        self.mark_next(1)

    def mark_next(self, by: int) -> None:
        """Mark the one before (−1) or after (1)."""
        values = [item.value for item in self._items] or [self.marked]
        if self.marked not in values:
            self.marked = values[0 if by > 0 else -1]
            return
        self.marked = values[min(len(values) - 1, max(0, values.index(self.marked) + by))]
