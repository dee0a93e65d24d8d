"""Keys at a question that are bound to no action: the digits, and keys that do nothing there."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual.screen import Screen

from mlterms.quiz.words import NOTHING_TICKED
from mlterms.tui.shell import WorkspaceShell

if TYPE_CHECKING:
    from mlterms.tui.widgets.answer_fields import AnswerFields
    from mlterms.tui.widgets.question_view import QuestionView
    from mlterms.tui.widgets.rating_bar import RatingBar


class QuestionHost(Protocol):
    """What shows the question: a `QuestionPane`."""

    @property
    def stage(self) -> str: ...
    @property
    def app(self) -> WorkspaceShell: ...
    @property
    def screen(self) -> Screen[Any]: ...
    @property
    def view(self) -> QuestionView: ...
    @property
    def fields(self) -> AnswerFields: ...
    @property
    def rating_bar(self) -> RatingBar: ...

    def action_choose(self, position: int) -> None:
        """Pick an option or a line."""

    def action_give_up(self) -> None:
        """Answer that the learner does not know."""


def press_unbound(pane: QuestionHost, event: events.Key) -> None:
    """Do what a digit does; after a key that does nothing, say which one does something."""
    if pane.stage == "introducing":
        active = pane.screen.active_bindings.get(event.key)
        if active is None or not active.enabled:
            pane.app.tell_of_key(f"{pane.app.key('question.go')} goes on to the question.")
        return
    if event.key == "enter" and pane.rating_bar.choices > 1 and not pane.rating_bar.is_marked:
        number = f"Press a number from 1 to {pane.rating_bar.choices}."
        pane.app.tell_of_key(NOTHING_TICKED if pane.stage == "revealed" else number)
    digit = unicodedata.normalize("NFKC", event.character or "")  # an input method may write ３
    if not pane.fields.has_focus_within and digit and digit in "0123456789":
        _press_digit(pane, int(digit))


def _press_digit(pane: QuestionHost, number: int) -> None:
    """Pick an option of a question that is open, or take a rating as soon as its answer is shown."""
    is_open = pane.stage == "asking"
    first, last = (0, pane.view.choices) if is_open else (1, pane.rating_bar.choices)
    if not last:
        return
    if not first <= number <= last:
        numbers = f"press a number from {first} to {last}" if last > 1 else "press Enter to go on"
        pane.app.tell_of_key(f"{number} does nothing here: {numbers}.")
    elif not is_open:
        pane.rating_bar.action_take_item(number)
    elif number:
        pane.action_choose(number - 1)
    else:
        pane.action_give_up()
