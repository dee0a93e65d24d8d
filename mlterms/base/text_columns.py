"""How many columns text takes in a terminal, and text cut, padded and wrapped by columns.

Chinese, Japanese and Korean characters and emoji take two columns, and marks on a letter none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache


def columns(text: str) -> int:
    """The columns that `text` takes. Marks, and what joins emoji, belong to the character before them."""
    if text.isascii() and text.isprintable():
        return len(text)
    return _cell_len()(text)


@cache
def _cell_len() -> Callable[[str], int]:
    """What Textual draws by, loaded once it is needed: hardly any text of the shell needs it."""
    from rich.cells import cell_len

    return cell_len


def cut(text: str, width: int, ellipsis: str = "") -> str:
    """The beginning of `text` in at most `width` columns. ellipsis: written at its end if it was cut."""
    if columns(text) <= width:
        return text
    room = max(0, width - columns(ellipsis))
    end = bisect_right(range(len(text)), room, key=lambda size: columns(text[:size])) - 1
    return text[:end].rstrip() + ellipsis if ellipsis else text[:end]


def pad(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * (width - columns(text))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken between words where that is possible."""
    width = max(1, width)
    return [line for part in text.splitlines() for line in (_wrap_line(part, width) or ("",))]


def wrap_paragraphs(text: str, width: int) -> list[str]:
    """The same for text whose lines do not matter. Paragraphs, with a blank line between, stay apart."""
    lines: list[str] = []
    for part in text.split("\n\n") if text else []:
        lines += ([""] if lines else []) + wrap(" ".join(part.split()), width)
    return lines


@lru_cache(maxsize=256)  # the same sentences are beside every frame of a demo
def _wrap_line(text: str, width: int) -> tuple[str, ...]:
    if text.isascii() or columns(text) == len(text):
        from textwrap import wrap as wrap_letters

        return tuple(wrap_letters(text, width))
    lines: list[str] = []
    line = ""
    for word in text.split():
        spaced = f"{line} {word}" if line else word
        if columns(spaced) <= width:
            line = spaced
            continue
        if is_wide(word):  # it can be broken between any two characters, and has no spaces to break at
            line = f"{line} " if line and columns(line) + 3 <= width else line
        elif line:
            lines.append(line)
            line = ""
        for character in word:
            if line.strip() and columns(line + character) > width:
                lines.append(line.rstrip())
                line = ""
            line += character
    return (*lines, line) if line else tuple(lines)


def is_wide(text: str) -> bool:
    """Whether any character of `text` takes two columns."""
    return not text.isascii() and columns(text) > len(text)
