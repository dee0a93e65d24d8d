"""What a command writes: answers to standard output, talk to standard error; cleaned for a terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

from mlterms.base.text import clean, escape_unsafe


def say(text: str) -> None:
    """A part of the answer."""
    print(clean(text))


def say_json(value: Any, indent: int | None = None) -> None:
    """The answer for a program, as JSON. What would steer a terminal is escaped, so that nothing is lost."""
    print(escape_unsafe(json.dumps(value, ensure_ascii=False, indent=indent)))


def warn(text: str) -> None:
    """What the person should know besides."""
    print(f"mlterms: {clean(text)}", file=sys.stderr)
