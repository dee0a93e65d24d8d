"""Writes answers to standard output and messages to standard error, both made safe for a terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

from mlterms.base.text import clean, escape_unsafe


def say(text: str) -> None:
    """Print a part of the answer."""
    print(clean(text))


def text_width(most: int = 88) -> int:
    """The columns that text takes in this terminal. most: longer lines are hard to read."""
    import shutil

    return min(most, shutil.get_terminal_size((80, 24)).columns)


def say_json(value: Any) -> None:
    """The answer for a program: one JSON object on one line, in every command.

    What would steer a terminal, or cannot be written in the output's encoding, is escaped, so that nothing is
    lost."""
    text = escape_unsafe(json.dumps(value, ensure_ascii=False))
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    print(text)


def talk(text: str) -> None:
    """Report in passing what was done."""
    print(clean(text), file=sys.stderr)


def warn(text: str) -> None:
    """Report a problem."""
    print(f"mlterms: {clean(text)}", file=sys.stderr)


def in_ascii(error: UnicodeError) -> tuple[str, int]:
    """For `codecs.register_error`: the rest of a line that an encoding cannot write, as one types it."""
    from mlterms.base.charset import in_charset

    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object
    begin = text.rfind("\n", 0, error.start) + 1
    found = text.find("\n", error.start)
    end = len(text) if found < 0 else found
    written = text[begin : error.start]  # what comes before tells a word from a formula
    line = in_charset(text[begin:end].replace("\t", " "), "ascii")
    rest = line[len(written) :] if line.startswith(written) else in_charset(text[error.start : end], "ascii")
    return rest, end
