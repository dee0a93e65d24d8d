"""What places in the glossary stand for, and the signs that only the glossary draws. Shows nothing itself."""

from __future__ import annotations

from typing import NamedTuple

from mlterms.tui.look import Look

_SIGNS = {
    "open": ("▾", "v"),
    "closed": ("▸", ">"),
    "due": ("●", "*"),
    "on": ("↪", "\\"),
    "back": ("‹", "<"),
    "focus": ("▌", "|"),
}


class Zone(NamedTuple):
    """A place. what: "term" (name: its global id), "demo" (its name), "address" (of a page in the web),
    "question" (its global id), "file" (its path, at a line), "do" (an action of the screen), "topic",
    or "aside", the questions that are in no card."""

    what: str
    name: str = ""
    line: int = 0


def sign(name: str, look: Look) -> str:
    return _SIGNS[name][look.charset == "ascii"]
