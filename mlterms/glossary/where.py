"""Where something stands in a file that has been read before: only for telling the line of a problem."""

from __future__ import annotations

import re
from pathlib import Path

from mlterms.glossary.lines import LARGEST_FILE

_KEY = re.compile(r"([\w-]+)\s*[:=](.*)")


def line_of(path: str, key: str, value: str = "") -> int:
    """The line of `key:` or `key =` in a file, or of `value` below it; 1 if there is none."""
    try:
        with Path(path).open("rb") as file:
            lines = file.read(LARGEST_FILE).decode("utf-8", "replace").split("\n")
    except OSError:
        return 1
    word = re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    found = 0
    for number, line in enumerate(lines, 1):
        begins = _KEY.match(line)
        if found and (begins or line.startswith(("---", "[", "#"))):
            break
        if begins and begins[1] == key:
            found = number
        if found and value and word.search(begins[2] if begins else line):
            return number
    return found or 1


def toml_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each key, as far as `key = …` and `[table]` stand on lines of their own."""
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = re.fullmatch(r"\s*\[\s*([\w-]+)\s*\]\s*(?:#.*)?", line)
        key = re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line)
        if header:
            table = (header[1],)
            lines.setdefault(table, number)
        elif key:
            lines.setdefault((*table, key[1]), number)
    return lines
