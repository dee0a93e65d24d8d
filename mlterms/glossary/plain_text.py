"""Card Markdown as wrapped plain text, for the shell. What the Markdown says is read by `prose.py`; code and
indented formulas are never wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from mlterms.base.text_columns import columns, is_wide
from mlterms.glossary.prose import Block, Run, blocks

NARROWEST = 20  # columns; less is not worth wrapping to
_UNBROKEN = 30  # inline code up to this length stays on one line

# Markers while a paragraph is wrapped: where bold begins and ends, and a space that does not break. They are
# control characters, which no block has.
_BOLD, _LIGHT, _SPACE = "\x01", "\x02", "\x03"


def plain_text(
    markdown: str, width: int, bold: Callable[[str], str] | None = None, titles: Collection[str] = ()
) -> str:
    """`markdown` in lines of at most `width` columns, where words and code allow it.

    bold: makes text bold on the terminal at hand; without it nothing is marked. titles: a link whose text is
    one of these is put in quotation marks, so that the sentence around it can be read.
    """
    width = max(width, NARROWEST)
    lines = (line.rstrip() for block in blocks(markdown) for line in _lines(block, width, bold, titles))
    return "\n".join(lines).strip("\n")


def wrap_at_spaces(text: str, width: int, indent: str = "") -> str:
    """`text` as one paragraph in lines of at most `width` columns, each with the indent before it."""
    return "\n".join(indent + line for line in _wrap(" ".join(text.split()), width - len(indent)))


def _columns(text: str) -> int:
    return columns(text.replace(_SPACE, " "))


def _lines(
    block: Block, width: int, bold: Callable[[str], str] | None, titles: Collection[str]
) -> Iterator[str]:
    if block.kind == "gap":
        yield ""
    elif block.kind == "as-it-is":
        yield from block.lines
    elif block.kind in ("formula", "code"):
        yield from (" " * (block.indent + 4) + line for line in block.lines)
    else:
        text = _format_runs(block.runs, titles)
        if block.kind == "heading":
            text = _BOLD + text.replace(_BOLD, "").replace(_LIGHT, "") + _LIGHT
        if block.rest:
            text += " " + _format_runs(block.rest, titles)
        first = " " * block.indent + (f"{block.mark} " if block.mark else "")
        rest = " " * len(first)
        if block.kind == "quote":
            first = rest = "> "
        wrapped: list[str] = []
        for part in text.split("\n"):
            for line in _wrap(part, width - len(rest)):
                wrapped.append((rest if wrapped else first) + line.replace(_SPACE, " "))
        yield from _embolden(wrapped, bold)


def _format_runs(runs: Sequence[Run], titles: Collection[str]) -> str:
    """The text of runs: the address of a link behind it, strong text between markers, titles quoted."""
    text = ""
    label = ""
    for i, run in enumerate(runs):
        piece = run.text
        if run.kind == "code" and len(piece) <= _UNBROKEN:
            piece = piece.replace(" ", _SPACE)
        if run.card and piece in titles:
            piece = f"“{piece}”"
        text += f"{_BOLD}{piece}{_LIGHT}" if run.kind == "strong" else piece
        label += run.text
        if i + 1 == len(runs) or runs[i + 1].url != run.url:
            text += f" ({run.url})" if run.url and run.url != label else ""
            label = ""
    return text


def _wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, broken at spaces, and in East Asian text between characters."""
    line, used = "", 0
    for word in text.split(" "):
        if not word:
            continue
        size = _columns(word)
        if line and used + 1 + size > width:
            yield line
            line, used = "", 0
        if size > width and is_wide(word):
            for character in word:
                if used + _columns(character) > width:
                    yield line
                    line, used = "", 0
                line += character
                used += _columns(character)
            continue
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    if line:
        yield line


def _embolden(lines: Sequence[str], bold: Callable[[str], str] | None) -> Iterator[str]:
    on = False
    for line in lines:
        done = ""
        for part in re.split(f"([{_BOLD}{_LIGHT}])", line):
            if part in (_BOLD, _LIGHT):
                on = part == _BOLD
            else:
                done += bold(part) if on and bold and part.strip() else part
        yield done
