"""Card Markdown as wrapped plain text, for the shell. Screens have a Markdown widget and do not need this.

Paragraphs, lists, quotes, emphasis, inline code, links and code blocks; whatever else there is stays as it is
written. Code and indented formulas are never wrapped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from mlterms.glossary.lines import code_spans

NARROWEST = 20  # columns; less is not worth wrapping to
_UNBROKEN = 30  # inline code up to this length stays on one line

# Stand-ins while a paragraph is wrapped: where bold begins and ends, a space that does not break, both ends
# of the number of a piece that is put back as it was. They are control characters, which no card may hold.
_BOLD, _LIGHT, _SPACE, _KEPT = "\x01", "\x02", "\x03", "\x04"

_FENCE = re.compile(r"( *)(`{3,}|~{3,})(.*)")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,3}[.)]) +(?=\S)")
_HEADING = re.compile(r" {0,3}#{1,6} +(\S.*)")
_AS_IT_IS = re.compile(r"\|.*|(?:-{3,}|\*{3,}|_{3,}) *")  # a table, a rule
_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\(<?([^()\s<>]{1,2000}(?:\([^()\s<>]{0,200}\))?)>?(?: +\"[^\"]{0,300}\")?\)"
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARK = re.compile(r"\*{1,3}|_{1,3}")


def plain_text(markdown: str, width: int, bold: Callable[[str], str] | None = None) -> str:
    """`markdown` in lines of at most `width` columns, where words and code allow it.

    bold: makes text bold on the terminal at hand; without it nothing is marked.
    """
    writer = _Writer(max(width, NARROWEST), bold)
    for line in re.sub("[\x01-\x04]", "\ufffd", markdown).split("\n"):
        writer.read(line.expandtabs(4))
    writer.flush()
    return "\n".join(writer.lines).strip("\n")


def display_width(text: str) -> int:
    """How many columns `text` takes: two for East Asian wide characters, none for combining ones."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character != _SPACE and unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class _Writer:
    """Takes Markdown line by line; `lines` is what comes out."""

    def __init__(self, width: int, bold: Callable[[str], str] | None) -> None:
        self.lines: list[str] = []
        self._width = width
        self._bold = bold
        self._paragraph: list[str] = []
        self._first = self._rest = (
            ""  # what stands before the first line of the paragraph, and before the others
        )
        self._fence: re.Match[str] | None = None
        self._item = 0  # how far the text of the list item at hand is indented

    def read(self, line: str) -> None:
        fence = _FENCE.fullmatch(line)
        indent = len(line) - len(line.lstrip(" "))
        if self._fence:
            if fence and fence[2].startswith(self._fence[2]) and not fence[3].strip():
                self._fence = None
            else:
                self._write(" " * (self._item + 4) + line[min(indent, len(self._fence[1])) :])
        elif fence and not (fence[2][0] == "`" and "`" in fence[3]):
            self.flush()
            self._fence = fence
            self._item = self._item if indent >= min(self._item, 2) else 0
        elif not line.strip():
            self.flush()
            if self.lines and self.lines[-1]:
                self._write("")
        elif not self._paragraph and indent >= self._item + 4:
            self._write(line)
        else:
            self._text(line, indent)

    def _text(self, line: str, indent: int) -> None:
        heading = _HEADING.fullmatch(line)
        item = _ITEM.match(line)
        if heading:
            self._begin(f"{_BOLD}{heading[1]}{_LIGHT}")
            self.flush()
        elif item:
            self._begin(line[item.end() :], line[: item.end()], item.end())
        elif _AS_IT_IS.fullmatch(line):
            self.flush()
            self._write(line)
        elif line.startswith(">") and not self._paragraph:
            self._begin(line[1:], "> ")
            self._rest = "> "
        elif self._paragraph:
            self._paragraph.append(line[1:] if self._rest == "> " and line.startswith(">") else line)
        else:
            item_goes_on = self._item and indent >= min(self._item, 2)
            self._begin(line, " " * self._item if item_goes_on else "", self._item if item_goes_on else 0)

    def _begin(self, line: str, before: str = "", item: int = 0) -> None:
        self.flush()
        self._item = item
        self._paragraph, self._first, self._rest = [line], before, " " * item

    def _write(self, line: str) -> None:
        self.lines.append(line.rstrip())

    def flush(self) -> None:
        """Wrap and write the paragraph at hand."""
        if not self._paragraph:
            return
        text = ""
        for line in self._paragraph:
            broken = line.endswith(("  ", "\\"))
            text += line.removesuffix("\\").strip() + ("\n" if broken else " ")
        self._paragraph = []
        wrapped = []
        before = self._first
        for part in _inline(text.strip()).split("\n"):
            for line in _wrap(part, self._width - display_width(before)):
                wrapped.append(before + line.replace(_SPACE, " "))
                before = self._rest
        for line in _embolden(wrapped, self._bold):
            self._write(line)


def _wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, broken at spaces, and in East Asian text between characters."""
    line, used = "", 0
    for word in text.split(" "):
        if not word:
            continue
        size = display_width(word)
        if line and used + 1 + size > width:
            yield line
            line, used = "", 0
        if size > width and any(_columns(character) == 2 for character in word):
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


def _inline(text: str) -> str:
    """Without the marks of emphasis, code, links and escapes; strong text between stand-ins."""
    kept: list[str] = []

    def keep(piece: str) -> str:
        kept.append(piece)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    def escaped(piece: str) -> str:
        return _ESCAPE.sub(lambda match: keep(match[1]), piece)

    def link(match: re.Match[str]) -> str:
        return f"{match[1]} ({keep(match[2])})" if match[1] and match[1] != match[2] else keep(match[2])

    done, at = "", 0
    for start, end in code_spans(text):
        code = text[start:end].strip("`").replace("\n", " ")
        code = code.strip() or code
        unbroken = code.replace(" ", _SPACE) if len(code) <= _UNBROKEN else code
        done += escaped(text[at:start]) + keep(unbroken)
        at = end
    done += escaped(text[at:])
    done = _AUTOLINK.sub(lambda match: keep(match[1]), _LINK.sub(link, done))
    return re.sub(f"{_KEPT}([0-9]+){_KEPT}", lambda match: kept[int(match[1])], _without_marks(done))


def _without_marks(text: str) -> str:
    """`*emphasis*` and `**strong**` without their stars (or underscores), strong text between stand-ins.

    A mark opens before a word and closes after one; a star between two letters or digits is a star.
    """
    open_at: dict[str, int] = {}
    instead: dict[int, str] = {}
    marks = list(_MARK.finditer(text))
    for i, mark in enumerate(marks):
        before, after = text[max(mark.start() - 1, 0) : mark.start()], text[mark.end() : mark.end() + 1]
        opened = open_at.pop(mark[0], None) if before.strip() and not after.isalnum() else None
        if opened is not None:
            strong = len(mark[0]) > 1
            instead[opened], instead[i] = (_BOLD, _LIGHT) if strong else ("", "")
        elif after.strip() and not before.isalnum():
            open_at[mark[0]] = i
    done, at = "", 0
    for i, mark in enumerate(marks):
        done += text[at : mark.start()] + instead.get(i, mark[0])
        at = mark.end()
    return done + text[at:]
