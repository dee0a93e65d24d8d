"""Changing one value in a TOML file, so that everything else in it stays as its owner wrote it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

Value = bool | str | Sequence[str]


_FIRST_TABLE = re.compile(r"(?m)^(?:#.*\n)*[ \t]*\[")


class EditError(ValueError):
    """The text says it in a way that only its owner can change; `str(error)` says what to write there."""


def with_value(text: str, path: Sequence[str], value: Value | None) -> str:
    """`text` with `path` (the names of its tables and then the key) set to `value`; None: taken out.

    Comments, order and line ends stay. Raises tomllib.TOMLDecodeError for text that is not TOML, EditError
    where the value cannot be set without changing more.
    """
    from tomlkit.exceptions import TOMLKitError  # 20 ms, and only saving a setting needs it

    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    wanted = _without_empty(_change_value(tomllib.loads(text), path, value))
    for edit in (_add_above_tables, _set):
        try:
            edited = edit(text, path, value)
            if _without_empty(tomllib.loads(edited)) == wanted:
                return edited.replace("\n", ends)
        except (
            TOMLKitError,
            TypeError,
            ValueError,
            AttributeError,
        ):  # it is said in a way that cannot be set
            continue
    name = ".".join(path)
    raise EditError(f"take {name} out there" if value is None else f"write {name} = {_quoted(value)} there")


def _add_above_tables(text: str, path: Sequence[str], value: Value | None) -> str:
    """A new key that is in no table goes above the first table and the comment on it."""
    import tomlkit

    if len(path) > 1 or value is None or path[0] in tomllib.loads(text):
        raise EditError
    found = _FIRST_TABLE.search(text)
    place = found.start() if found else len(text)
    line = tomlkit.dumps({path[0]: value if isinstance(value, bool | str) else list(value)})
    before = "" if found or not text or text.endswith("\n") else "\n"
    after = "\n" if found else ""
    return text[:place] + before + line + after + text[place:]


def _set(text: str, path: Sequence[str], value: Value | None) -> str:
    import tomlkit

    document = tomlkit.parse(text if not text or text.endswith("\n") else f"{text}\n")
    table: Any = document
    *above, last = path
    while above and above[0] in table:
        table = table[above.pop(0)]
    if value is None:
        if not above:
            table.pop(last, None)
        return document.as_string()
    if above and table is document:
        if text:
            document.add(tomlkit.nl())
        document.add(above[0], tomlkit.table())
        table = document[above.pop(0)]
    item = tomlkit.item(value if isinstance(value, bool | str) else list(value))
    if above:
        table.append(tomlkit.key([*above, last]), item)
    else:
        table[last] = item
    return document.as_string()


def _change_value(values: dict[str, Any], path: Sequence[str], value: Value | None) -> dict[str, Any]:
    """What the edited text must say."""
    name, *rest = path
    changed = dict(values)
    if rest:
        below = changed.get(name, {})
        if not isinstance(below, dict):
            raise EditError(f"{name} is not a table")
        changed[name] = _change_value(below, rest, value)
    elif value is None:
        changed.pop(name, None)
    else:
        changed[name] = value if isinstance(value, bool | str) else list(value)
    return changed


def _without_empty(values: Any) -> Any:
    """Without empty tables: a table says something only by what is in it."""
    if not isinstance(values, dict):
        return values
    full = {name: _without_empty(value) for name, value in values.items()}
    return {name: value for name, value in full.items() if value != {}}


def _quoted(value: Value) -> str:
    import json

    return json.dumps(value if isinstance(value, bool | str) else list(value), ensure_ascii=False)
