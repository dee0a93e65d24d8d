"""Change one value in a TOML text and leave all else as its writer wrote it: order, comments, blank lines.

The standard library reads TOML and does not write it; what can be changed here is what `config.toml` needs.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Value = bool | str | Sequence[str]
Path = tuple[str, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class EditError(ValueError):
    """The text says it in a way that cannot be changed without changing more. `str` says what to do."""


class _Statement(NamedTuple):
    """Lines of the text that say one thing. table: under which header; key: None for the header itself."""

    first: int
    last: int
    table: Path
    key: Path | None


def with_value(text: str, path: Path, value: Value | None) -> str:
    """The text with `path` set to a value, or without it where the value is None.

    Raises tomllib.TOMLDecodeError where the text is no TOML, EditError where it cannot be done.
    """
    wanted = _changed(tomllib.loads(text), path, value)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    statements = list(_statements(lines))
    found = next((each for each in statements if each.key and each.table + each.key == path), None)
    if found is not None:
        lines[found.first : found.last + 1] = _rewritten(lines[found.first : found.last + 1], value)
    elif value is not None:
        _insert(lines, statements, path, value)
    edited = "".join(lines)
    try:
        is_right = _full(tomllib.loads(edited)) == _full(wanted)
    except tomllib.TOMLDecodeError:
        is_right = False
    if not is_right:
        raise EditError("take it out there" if value is None else f"write {_assignment(path, value)} there")
    return edited


def _full(values: Any) -> Any:
    """Without empty tables: a table says something only by what is in it."""
    if not isinstance(values, dict):
        return values
    full = {name: _full(value) for name, value in values.items()}
    return {name: value for name, value in full.items() if value != {}}


def _changed(values: dict[str, Any], path: Path, value: Value | None) -> dict[str, Any]:
    """What the edited text must say."""
    name, *rest = path
    changed = dict(values)
    if rest:
        below = changed.get(name, {})
        if not isinstance(below, dict):
            raise EditError(f"{name} is no table")
        changed[name] = _changed(below, tuple(rest), value)
    elif value is None:
        changed.pop(name, None)
    else:
        changed[name] = value if isinstance(value, bool | str) else list(value)
    return changed


def _statements(lines: Sequence[str]) -> Iterator[_Statement]:
    table: Path = ()
    at = 0
    while at < len(lines):
        line = lines[at]
        header, key = _HEADER.match(line), _KEY.match(line)
        last = at
        if header:
            # An array of tables is nobody's setting: what is in it gets a path that no setting has.
            table = _parts(header[2]) if header[1] == "[" else ("[[", header[2])
            yield _Statement(at, at, table, None)
        elif key:
            while not _is_whole("".join(lines[at : last + 1])) and last + 1 < len(lines):
                last += 1
            yield _Statement(at, last, table, _parts(key[1]))
        at = last + 1


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _parts(dotted: str) -> Path:
    found = re.findall(_PART, dotted)
    return tuple(next(iter(tomllib.loads(f"{part} = 0"))) for part in found)


def _rewritten(lines: Sequence[str], value: Value | None) -> list[str]:
    """The lines of one assignment with another value, and the remark at their end if there is one."""
    if value is None:
        return []
    head = _KEY.match(lines[0])
    assert head is not None
    return [f"{head[0]} {_written(value)}{_remark(''.join(lines))}\n"]


def _remark(assignment: str) -> str:
    """The comment behind a value, with the spaces before it: after the first # that says nothing."""
    said = tomllib.loads(assignment)
    last = assignment.rstrip("\n").rpartition("\n")[2]
    start = len(assignment.rstrip("\n")) - len(last)
    for found in re.finditer("#", last):
        before = assignment[: start + found.start()]
        if _is_whole(before) and tomllib.loads(before) == said:
            return assignment[len(before.rstrip()) :].rstrip("\n")
    return ""


def _insert(lines: list[str], statements: Sequence[_Statement], path: Path, value: Value) -> None:
    """Put a new assignment at the end of its table, which is made where there is none."""
    table = path[:1] if len(path) > 1 else ()
    below = [each for each in statements if each.table == table]
    if below:
        at = below[-1].last + 1
    elif table:
        if lines and lines[-1].strip():
            lines.append("\n")
        lines.append(f"[{_dotted(table)}]\n")
        at = len(lines)
    else:
        headers = [each.first for each in statements if each.key is None]
        at = headers[0] if headers else len(lines)
        while headers and at > 0 and lines[at - 1].lstrip().startswith("#"):
            at -= 1  # what is said of the table stays with it
        if headers:
            lines.insert(at, "\n")
    lines.insert(at, f"{_assignment(path[len(table) :], value)}\n")


def _assignment(path: Path, value: Value | None) -> str:
    return f"{_dotted(path)} = {_written(value)}" if value is not None else _dotted(path)


def _dotted(path: Path) -> str:
    return ".".join(part if _BARE.fullmatch(part) else _written(part) for part in path)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(_written, value))}]"
