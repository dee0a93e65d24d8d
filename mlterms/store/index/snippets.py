"""The line of a card or a guide that shows what was found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.store.index.text_folding import fold, has_spaces

if TYPE_CHECKING:
    from mlterms.glossary.types import Term

_SNIPPET = 140  # characters
_ITEM = re.compile(r"^- ")  # the sign before an item of a list, which a snippet leaves out
_CODE = "    "  # begins a line of code or of a formula
_UNCUT = 1_000_000  # columns


def snippet_of(term: Term, kind: str, query: str) -> str:
    """One line of text: around the words if they are found, otherwise the beginning of the definition."""
    texts = [section.text for section in term.sections] if kind == "text" else [term.definition]
    if other := _other_name(term, query) if kind in ("alias", "prefix", "part") else "":
        return window(" ".join(f"{other} {term.definition}".split()), 0)
    return line_with(query, readable(texts)) or window(" ".join(term.definition.split()), 0)


def readable(texts: Sequence[str]) -> list[str]:
    """Markdown without its signs: first the sentences of each text, then each line of code and formulas."""
    from mlterms.glossary.plain_text import plain_text

    lines = [plain_text(text, _UNCUT).splitlines() for text in texts]
    prose = ["\n".join(_ITEM.sub("", line) for line in each if not line.startswith(_CODE)) for each in lines]
    return [*prose, *(line for each in lines for line in each if line.startswith(_CODE))]


def _other_name(term: Term, query: str) -> str:
    """The other name that was found, as a sentence; "" if what was typed is in the title."""
    words = query.split()
    if all(word in fold(term.title) for word in words):
        return ""
    for label, names in (("Also called", term.aliases), ("Also explains", term.explains)):
        for name in names:
            if query in fold(name) or all(word in fold(name) for word in words):
                return f"{label} {name}."
    return ""


def line_with(query: str, texts: Sequence[str]) -> str:
    """The part of the first text in which what was typed, or the longest of its words, is found."""
    for wanted in (query, *sorted(query.split(), key=len, reverse=True)):
        is_part = len(wanted) > 2 or not has_spaces(wanted)
        pattern = re.escape(wanted) if is_part else rf"\b{re.escape(wanted)}\b"
        for text in texts:
            line = " ".join(text.split())
            found = re.search(pattern, line.lower())
            if found:
                return window(line, found.start())
    return ""


def window(line: str, at: int) -> str:
    """The part of `line` around `at`, cut between words; from where its sentence begins if that is near."""
    begin = line.rfind(". ", 0, at) + 2 if ". " in line[:at] else 0
    is_whole = at - begin < 3 * _SNIPPET // 4
    start = begin if is_whole else max(0, min(at - _SNIPPET // 3, len(line) - _SNIPPET))
    end = min(start + _SNIPPET, len(line))
    if not is_whole:
        start = line.find(" ", start, at + 1) + 1 or start
    if end < len(line):
        space = line.rfind(" ", at + 1, end)
        end = space if space > 0 else end
    shown = line[start:end].strip()
    return ("" if is_whole else "…") + shown + ("" if end == len(line) or shown.endswith(".") else "…")
