"""The lines of a card: bytes to numbered lines, which of them are fenced code, and cutting them apart.

Nothing here knows what a card is; it knows files, lines, fences and comments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mlterms.base.text import clean, find_unsafe
from mlterms.glossary.problems import Report

LARGEST_FILE = 256 * 1024  # bytes
_MOST_UNSAFE = 10  # that are reported of one file; a binary file has thousands

_FENCE = re.compile(r"( *)(`{3,}|~{3,})(.*)")
_DEEPEST_FENCE = 3  # spaces before a fence that is in no list


class Fence:
    """A fenced code block. first and last are the lines of its two fences; last is 0 while it is open."""

    def __init__(self, first: int, info: str, indent: int, mark: str) -> None:
        self.first, self.info, self.indent, self.mark = first, info, indent, mark
        self.last = 0


def open_fence(number: int, text: str) -> Fence | None:
    """The fence that a line opens; None if it opens none."""
    match = _FENCE.fullmatch(text) if "```" in text or "~~~" in text else None
    if match is None or (match[2][0] == "`" and "`" in match[3]):
        return None
    return Fence(number, " ".join(match[3].split()), len(match[1]), match[2])


def closes_fence(fence: Fence, text: str) -> bool:
    """Whether a line in a code block ends it."""
    mark = text.lstrip(" ")
    is_near = len(text) - len(mark) <= fence.indent + _DEEPEST_FENCE
    return is_near and mark.startswith(fence.mark) and not mark.strip().strip(fence.mark[0])


class Line:
    """One line: its number from 1, its text, and the fence that it belongs to or makes.

    is_formula: whether it is indented by four spaces below a blank line, and so shown as it is.
    """

    __slots__ = ("fence", "is_formula", "number", "text")

    def __init__(self, number: int, text: str, fence: Fence | None, is_formula: bool = False) -> None:
        self.number, self.text, self.fence, self.is_formula = number, text, fence, is_formula


def read_text(data: bytes, report: Report) -> str | None:
    """The text of a file, its line ends made `\\n`; None, and an error in the report, if it cannot be read.

    Characters that could steer a terminal are errors too, and come back replaced by a visible mark.
    """
    if len(data) > LARGEST_FILE:
        report.error(1, too_large(len(data)))
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.error(line, f"byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8")
        return None
    if find_unsafe(text):
        found = [(n, match[0]) for n, line in enumerate(text.split("\n"), 1) if (match := find_unsafe(line))]
        for number, character in found[:_MOST_UNSAFE]:
            report.error(number, unsafe(character))
        if len(found) > _MOST_UNSAFE:
            report.error(found[_MOST_UNSAFE][0], f"and {len(found) - _MOST_UNSAFE} more lines like that")
        text = clean(text)
    return text


def too_large(size: int) -> str:
    """What to say about a card file of this many bytes."""
    return f"the file has {size:,} bytes, a card at most {LARGEST_FILE:,}: make several terms of it"


def unsafe(character: str) -> str:
    """What to say about a character that is not allowed in a card."""
    return f"the invisible character U+{ord(character):04X} is not allowed in a card: delete it"


class Comment(NamedTuple):
    """An HTML comment: the lines on which it begins and ends, and its text."""

    first: int
    last: int
    text: str


class NumberedText(NamedTuple):
    """The lines of a text without its comments, and those. A line with nothing else is left out."""

    lines: list[Line]
    comments: list[Comment]


def number_lines(texts: Sequence[str], first: int, report: Report) -> NumberedText:
    """Lines from number `first` on, with their fences, and the comments that were among them.

    A fence or comment that never closes is an error.
    """
    reader = _LineReader()
    for number, text in enumerate(texts, first):
        reader.read(number, text)
    if reader.fence is not None:
        opened = reader.fence
        report.error(
            opened.first, f"this code block is never closed: write {opened.mark} below its last line"
        )
    if reader.comment_at:
        report.error(reader.comment_at, "this comment is never closed: write `-->` at its end")
    return NumberedText(reader.lines, reader.comments)


class _LineReader:
    """Takes lines one by one. fence: the open one. comment_at: the first line of the open comment, or 0."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.comments: list[Comment] = []
        self.fence: Fence | None = None
        self.comment_at = 0
        self._comment: list[str] = []  # the lines of the open comment
        self._may_indent = True  # whether four spaces would begin, or continue, an indented formula

    def read(self, number: int, text: str) -> None:
        if self.fence is None and (self.comment_at or "<!--" in text):
            inside = bool(self.comment_at)
            shown = self._without_comments(number, text)
            if (inside or shown != text) and not shown.strip():
                return
            text = text if shown == text else shown.rstrip()
        if self.fence is None:
            fence = open_fence(number, text)
            self.fence = fence if fence and fence.indent <= _DEEPEST_FENCE else None
            formula = self._may_indent and _is_indented(text) and not self.fence
            self.lines.append(Line(number, text, self.fence, formula))
            self._may_indent = not text.strip() or formula
            return
        self.lines.append(Line(number, text, self.fence))
        if closes_fence(self.fence, text):
            self.fence.last = number
            self.fence = None

    def _without_comments(self, number: int, text: str) -> str:
        """What is left of a line; opens and closes comments."""
        if not self.comment_at and self._may_indent and _is_indented(text):
            return text  # an indented formula is code
        code = [] if self.comment_at else code_spans(text)
        shown, at = "", 0
        while True:
            if self.comment_at:
                end = text.find("-->", at)
                self._comment.append(text[at:end] if end >= 0 else text[at:])
                if end < 0:
                    return shown
                self.comments.append(Comment(self.comment_at, number, "\n".join(self._comment).strip()))
                self.comment_at, self._comment = 0, []
                at = end + 3
            else:
                start = _find_comment(text, at, code)
                shown += text[at:start]
                if start == len(text):
                    return shown
                self.comment_at = number
                at = start + (2 if text.startswith("<!-->", start) else 4)


def _is_indented(text: str) -> bool:
    return text.startswith(("    ", "\t"))


def _find_comment(text: str, at: int, code: Sequence[tuple[int, int]]) -> int:
    """Where the next `<!--` begins that is neither code nor escaped; the end of the text if there is none."""
    while (start := text.find("<!--", at)) >= 0:
        if text[start - 1 : start] != "\\" and not any(begin <= start < end for begin, end in code):
            return start
        at = start + 4
    return len(text)


def is_rule(line: Line) -> bool:
    """Whether it is the line `---` that separates."""
    return line.fence is None and line.text.rstrip() == "---"


def trim(lines: Sequence[Line]) -> Sequence[Line]:
    """Without the blank lines at both ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first].text.strip():
        first += 1
    while last > first and not lines[last - 1].text.strip():
        last -= 1
    return lines[first:last]


def text_of(lines: Sequence[Line]) -> str:
    """The Markdown of these lines, without blank lines at both ends."""
    return "\n".join(line.text for line in trim(lines))


def first_number(lines: Sequence[Line], otherwise: int) -> int:
    """The number of the first line that is not blank."""
    return next((line.number for line in lines if line.text.strip()), otherwise)


def find_text(lines: Sequence[Line], text: str, start: int) -> Sequence[Line]:
    """The lines that `text` is made of, at or below line `start`; none if it is not there word for word.

    Spaces at the ends of lines do not count.
    """
    wanted = [line.rstrip() for line in text.split("\n")]
    for i, line in enumerate(lines):
        if line.number >= start and line.text.rstrip() == wanted[0]:
            found = lines[i : i + len(wanted)]
            if [each.text.rstrip() for each in found] == wanted:
                return found
    return ()


def find_fence(lines: Sequence[Line], info: str) -> Fence | None:
    """The first code block that opens with exactly this info string."""
    return next((line.fence for line in lines if line.fence and line.fence.info == info), None)


def split_at_fence(lines: Sequence[Line], fence: Fence) -> tuple[Sequence[Line], list[str], Sequence[Line]]:
    """The lines before a fence, the code in it, and the lines after it."""
    start = next(i for i, line in enumerate(lines) if line.fence is fence)
    end = start
    while end < len(lines) and lines[end].fence is fence:
        end += 1
    inside = lines[start + 1 : end - 1 if fence.last else end]
    code = [without_indent(line.text, fence.indent) for line in inside]
    return lines[:start], code, lines[end:]


def without_indent(text: str, indent: int) -> str:
    """A line of a code block without the spaces that its fence is indented by."""
    blank = len(text) - len(text.lstrip(" "))
    return text[min(indent, blank) :]


def code_spans(text: str) -> list[tuple[int, int]]:
    """The spans of code between backticks: a run of backticks ends at the next run of the same length."""
    runs = list(re.finditer("`+", text))
    last = {len(run[0]): i for i, run in enumerate(runs)}
    spans = []
    i = 0
    while i < len(runs):
        length = len(runs[i][0])
        if last[length] > i:
            end = next(j for j in range(i + 1, len(runs)) if len(runs[j][0]) == length)
            spans.append((runs[i].start(), runs[end].end()))
            i = end
        i += 1
    return spans
