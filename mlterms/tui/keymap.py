"""Keys that the learner has chosen: whether they are possible, and if not, why. Binds nothing."""

from __future__ import annotations

from collections.abc import Mapping

from mlterms.base.errors import CallError
from mlterms.base.nearest import nearest
from mlterms.base.text import one_line
from mlterms.tui.actions import ACTIONS, Action
from mlterms.tui.key_names import format_keys, is_typed, keys_of
from mlterms.tui.tabs import TABS

# Screens that are open at the same time: their keys must differ.
_TOGETHER = (
    *({tab, "list", "tabs", "app"} for tab in TABS),
    {"glossary", "card", "found", "list"},
    {"quiz", "rating", "ideas", "question", "field", "gaps", "summary", "list", "app"},
    {"settings", "value", "app"},
    {"marked", "list", "app"},
    {"trust", "list", "app"},
    {"demo", "predict"},
    {"welcome", "list", "app"},
    {"keys", "list", "app"},
    {"history", "list", "app"},
    {"training", "app"},
    {"help", "list", "app"},
)
_TAKEN = {
    "ctrl+c": "copies",
    "ctrl+q": "always quits",
    "tab": "goes to the next part of the screen",
    "shift+tab": "goes to the part of the screen before",
}
_ANSWERED_WITH_DIGITS = {"quiz", "question", "ideas", "rating", "field", "gaps", "demo", "predict"}


def check(name: str, keys: str, chosen: Mapping[str, str]) -> None:
    """Raise CallError, with the reason, where the action `name` cannot have these keys beside all other keys.

    chosen: what the learner has chosen already (id → keys).
    """
    action = find(name)
    wanted = keys_of(action, {name: keys})
    if not wanted:
        raise CallError(f"{name} needs a key")
    default = set(keys_of(action, {}))
    for key in wanted:
        if key in _TAKEN and key not in default:
            raise CallError(f"{format_keys([key])} {_TAKEN[key]}; choose another key")
        if not _is_key(key):
            raise CallError(f"there is no key {one_line(key)!r}; write one like u, enter, f5 or ctrl+u")
        if key.isdigit() and action.screen in _ANSWERED_WITH_DIGITS:
            raise CallError(f"{key} is needed for options, ratings and numbers; choose another key")
    for other in ACTIONS.values():
        common = [key for key in wanted if key in keys_of(other, chosen) and key not in default]
        if common and other.id != name and _are_together(action, other):
            raise CallError(f"{format_keys(common)} is {other.label!r} ({other.id}) already")


def find(name: str) -> Action:
    """The action of that id. Raises CallError that says what is nearest."""
    if name in ACTIONS:
        return ACTIONS[name]
    near = nearest(name, ACTIONS)
    hint = f"; did you mean {near}?" if near else ""
    raise CallError(f"there is no action {one_line(name)!r}{hint}")


def with_field_keys(chosen: Mapping[str, str]) -> dict[str, str]:
    """The learner's keys (id → keys). Where all keys of an action would be typed in a field, the default that
    works there stays: `u` and F8 undo, and if `u` becomes `z`, F8 still does."""
    kept = dict(chosen)
    for name in chosen:
        action = ACTIONS.get(name)
        default = keys_of(action, {}) if action is not None else []
        if (
            action is None
            or not any(map(is_typed, default))
            or not all(map(is_typed, keys_of(action, chosen)))
        ):
            continue
        taken = {
            key
            for other in ACTIONS.values()
            if other.id != name and _are_together(action, other)
            for key in keys_of(other, chosen)
        }
        works_in_field = [key for key in default if _is_for_fields(key) and key not in taken]
        kept[name] = ",".join([chosen[name], *works_in_field])
    return kept


def _is_for_fields(key: str) -> bool:
    return key.startswith("ctrl+") or (key[0] == "f" and key[1:].isdigit())


def troubles(chosen: Mapping[str, str]) -> list[str]:
    """What is wrong with the keys that are in config.toml."""
    found = []
    for name, keys in chosen.items():
        try:
            check(name, keys, chosen)
        except CallError as error:
            found.append(f"keys.{one_line(name)}: {error}")
    return found


def _are_together(one: Action, other: Action) -> bool:
    pair = {one.screen, other.screen}
    return len(pair) == 1 or any(pair <= together for together in _TOGETHER)


def _is_key(key: str) -> bool:
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

    *modifiers, name = key.split("+")
    if not set(modifiers) <= {"ctrl", "shift", "alt", "super", "meta", "hyper"}:
        return False
    return (
        key in {each.value for each in Keys}
        or name in {each.value for each in Keys}
        or name in KEY_NAME_REPLACEMENTS.values()  # Textual's short names: slash, plus, at
        or bool(key_to_character(name))
    )
