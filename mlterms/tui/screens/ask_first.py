"""Actions of the quiz that take the open question away. They ask once while an answer is being written, and
do nothing to a question that has only just appeared.

Their keys do something else elsewhere: ^s saves, ^b and ^n move the cursor. What is written must not be lost
to a habit. And a key that is pressed twice must not mark the next question, which nobody has read.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from mlterms.tui.actions import ACTIONS
from mlterms.tui.key_names import format_keys, keys_of, works_here
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.widgets.question_pane import QuestionPane

Screen = TypeVar("Screen", bound=AppScreen[None])


_REPEATED = "skip"  # several times in a row on purpose: it looks for another question


def ask_first(action: Callable[[Screen], Awaitable[None]]) -> Callable[[Screen], Awaitable[None]]:
    """An action that, where something is written, first says what it does and runs at the second press. The
    question that follows takes no such key, and no answer, for a moment; only skipping goes on at once."""
    name = action.__name__.removeprefix("action_")

    @wraps(action)
    async def asking(screen: Screen) -> None:
        pane = screen.query_one(QuestionPane)
        if name != _REPEATED and pane.pause.stops_key(screen.app.tell_of_key):
            return
        if screen.has_effect(name) and pane.fields.would_be_lost(name):
            what, key = ACTIONS[f"quiz.{name}"].sentence, key_here(screen, f"quiz.{name}")
            screen.app.tell(f"{what} Press {key} again to do it.")
            return
        before = pane.asked
        await action(screen)
        if name != _REPEATED and pane.asked is not before:
            pane.pause_until_read()

    return asking


def key_here(screen: AppScreen[None], action: str) -> str:
    """A key of an action (its id) that works now: in a field, a letter is only typed."""
    keys = keys_of(ACTIONS[action], screen.app.keys)
    active = (key for key in keys if key in screen.active_bindings and works_here(key, screen))
    return format_keys([next(active, keys[0])])
