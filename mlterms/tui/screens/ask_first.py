"""Actions of the quiz that ask once while an answer is being written.

Their keys do something else elsewhere: ^s saves, ^b and ^n move the cursor. What is written must not be lost
to a habit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from mlterms.tui.actions import ACTIONS
from mlterms.tui.key_names import format_keys, keys_of, works_here
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.widgets.answer_fields import AnswerFields

Screen = TypeVar("Screen", bound=AppScreen[None])


def ask_first(action: Callable[[Screen], Awaitable[None]]) -> Callable[[Screen], Awaitable[None]]:
    """An action that, where something is written, first says what it does and runs at the second press."""
    name = action.__name__.removeprefix("action_")

    @wraps(action)
    async def asking(screen: Screen) -> None:
        if screen.query_one(AnswerFields).would_be_lost(name):
            what, key = ACTIONS[f"quiz.{name}"].sentence, key_here(screen, f"quiz.{name}")
            screen.app.tell(f"{what} Press {key} again to do it.")
        else:
            await action(screen)

    return asking


def key_here(screen: AppScreen[None], action: str) -> str:
    """A key of an action (its id) that works now: in a field, a letter is only typed."""
    keys = keys_of(ACTIONS[action], screen.app.keys)
    active = (key for key in keys if key in screen.active_bindings and works_here(key, screen))
    return format_keys([next(active, keys[0])])
