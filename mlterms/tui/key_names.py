"""Keys as Textual names them and as people write them. Every key that is shown anywhere is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mlterms.tui.actions import ACTIONS, Action

if TYPE_CHECKING:
    from textual.screen import Screen

_WORDS = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}


def key_label(action: str, chosen: Mapping[str, str]) -> str:
    """The first key of an action (its id), as people write it. chosen: the learner's own keys (id → keys)."""
    return format_keys(keys_of(ACTIONS[action], chosen)[:1])


def keys_of(action: Action, chosen: Mapping[str, str]) -> list[str]:
    """The keys of an action, by Textual's names. chosen: the learner's own keys (id → keys)."""
    from textual.keys import _character_to_key  # Textual's own way from `?` to `question_mark`

    keys = (key.strip() for key in chosen.get(action.id, action.keys).split(","))
    return [_character_to_key(key) if len(key) == 1 else key for key in keys if key]


def names_of_keys(text: str) -> str:
    """Textual's names of keys, separated by commas, from a text in which some are written as on the screen:
    `Esc, PgDn` or `^p`."""
    names = {word.lower(): name for name, word in _WORDS.items()}
    return ",".join(_name_of(key.strip(), names) for key in text.split(","))


def _name_of(key: str, names: Mapping[str, str]) -> str:
    if len(key) > 1 and key[0] == "^":
        key = f"ctrl+{key[1:]}"
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    last = names.get(last.lower(), last if len(last) == 1 and not modifiers else last.lower())
    return "+".join([*map(str.lower, modifiers), last])


def character_of(key: str) -> str | None:
    """The character that a key writes, None if it writes none. key: by Textual's name."""
    from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character

    # Textual finds `solidus`, not `slash`.
    full = {short: name for name, short in KEY_NAME_REPLACEMENTS.items()}
    return key_to_character(full.get(key, key))


def is_typed(key: str) -> bool:
    """Whether a field that has the focus takes this key as a character."""
    character = character_of(key)
    return character is not None and character.isprintable()


def works_here(key: str, screen: Screen[Any]) -> bool:
    """Whether this key can run an action on the screen now: in a field, a letter is only typed."""
    focused = screen.focused
    return focused is None or not focused.check_consume_key(key, character_of(key))


def format_keys(keys: Iterable[str]) -> str:
    """Keys as people write them: `Enter`, `^p`, `?`."""
    return " ".join(map(_format_key, keys))


def _format_key(key: str) -> str:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if name in _WORDS:
        word = _WORDS[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        word = name.upper()
    elif len(name) > 1:
        from textual.keys import format_key

        word = format_key(name)
    else:
        word = name
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + word
