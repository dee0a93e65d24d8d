"""Keys that the learner has chosen: whether they can be, and if not, why. Decides, and binds nothing."""

from __future__ import annotations

from collections.abc import Mapping

from mlterms.base.errors import CallError
from mlterms.base.text import one_line
from mlterms.tui.actions import Action, every_action, in_words, keys_of

# Screens that are open at the same time: their keys must differ.
_TOGETHER = (
    *({tab, "list", "tabs", "app"} for tab in ("today", "glossary", "demos", "settings")),
    {"glossary", "found"},
    {"quiz", "rating", "question", "field", "summary", "list", "app"},
    {"demo", "predict"},
    {"welcome", "list", "app"},
    {"keys", "list", "app"},
    {"help", "list", "app"},
)
_TAKEN = {"ctrl+c": "copies", "ctrl+q": "always quits"}


def check(name: str, keys: str, own: Mapping[str, str]) -> None:
    """Raise CallError, with the reason, where the action `name` cannot have these keys beside all other keys.

    own: what the learner has set already (id → keys).
    """
    action = find(name)
    wanted = keys_of(action, {name: keys})
    if not wanted:
        raise CallError(f"{name} needs a key")
    for key in wanted:
        if key in _TAKEN:
            raise CallError(f"{in_words([key])} {_TAKEN[key]}; choose another key")
        if not _is_key(key):
            raise CallError(f"there is no key {one_line(key)!r}; write one like u, enter, f5 or ctrl+u")
    default = set(keys_of(action, {}))
    for other in every_action().values():
        common = [key for key in wanted if key in keys_of(other, own) and key not in default]
        if common and other.id != name and _meet(action, other):
            raise CallError(f"{in_words(common)} is {other.label or other.sentence!r} ({other.id}) already")


def find(name: str) -> Action:
    """The action of that id. Raises CallError that says what is nearest."""
    actions = every_action()
    if name in actions:
        return actions[name]
    from difflib import get_close_matches

    near = get_close_matches(name, actions, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise CallError(f"there is no action {one_line(name)!r}{hint}")


def troubles(own: Mapping[str, str]) -> list[str]:
    """What is wrong with the keys as they were found in config.toml."""
    found = []
    for name, keys in own.items():
        try:
            check(name, keys, own)
        except CallError as error:
            found.append(f"keys.{one_line(name)}: {error}")
    return found


def _meet(one: Action, other: Action) -> bool:
    pair = {one.screen, other.screen}
    return len(pair) == 1 or any(pair <= together for together in _TOGETHER)


def _is_key(key: str) -> bool:
    from textual.keys import Keys, key_to_character

    *modifiers, name = key.split("+")
    if not set(modifiers) <= {"ctrl", "shift", "alt", "super", "meta", "hyper"}:
        return False
    return (
        key in {each.value for each in Keys}
        or name in {each.value for each in Keys}
        or bool(key_to_character(name))
    )
