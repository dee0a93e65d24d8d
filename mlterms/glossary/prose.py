"""The Markdown of cards as blocks of styled runs. `plain_text.py` lays them out for the shell.

It reads paragraphs, `#` headings, lists, quotes, emphasis, code, links and fenced code as CommonMark does.
Different are: an indented block is a formula, a link to `TERM.md` leads to that card, an image is a link to
its file, and tables and HTML are text as it is written. Nothing in a card is taken for markup of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlterms.base.text import clean
from mlterms.glossary.lines import Fence, closes_fence, code_spans, open_fence, without_indent

_ITEM = re.compile(r" *([-*+]|\d{1,3}[.)]) +(?=\S)")
_HEADING = re.compile(r" {0,3}#{1,6} +(\S.*)")
_AS_IT_IS = re.compile(r"\|.*|(?:-{3,}|\*{3,}|_{3,}) *")  # a table, a rule
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>[^\[\]]*)\]"
    r"\(<?(?P<url>[^()\s<>]{1,2000}(?:\([^()\s<>]{0,200}\))?)>?(?: +\"[^\"]{0,300}\")?\)"
    r"|<(?P<auto>https?://[^\s<>]{1,2000})>"
    r"|(?P<bare>https?://[^\s<>()]{1,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,200})?)"
    r"|(?P<mark>\*{1,3}|_{1,3})"
)
_CARD = re.compile(r"(?:\.\./)?((?:guides/)?[a-z0-9]+(?:-[a-z0-9]+)*)\.md(?:#.*)?")
_QUOTED = r"(?s)[\"“„«].*[\"”»][.!?]?"  # compiled with the first list of a card


class Run(NamedTuple):
    """Some text of one style. kind: "", "em", "strong", "code". url: of the page that it leads to, or "".

    card: the id of the card that it leads to, or `guides/` and the id of a guide, or "".
    """

    text: str
    kind: str = ""
    url: str = ""
    card: str = ""


class Block(NamedTuple):
    """A piece of a card. kind:

    "text", "heading", "quote"; "item" with its `mark` ("-", "2."); "wrong": an item that begins with a
    misconception, an emphasised quotation, of which `runs` is that and `rest` what is right; "formula" and
    "code" with `lines` as they are, where `mark` is the language of the code; "as-it-is", one line; "gap",
    a blank line. indent: how deep in lists it is, in columns.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    rest: tuple[Run, ...] = ()
    lines: tuple[str, ...] = ()
    mark: str = ""
    indent: int = 0


def blocks(markdown: str) -> list[Block]:
    """`markdown` in blocks. Any text will do."""
    reader = _Reader()
    for line in clean(markdown).split("\n"):
        reader.read(line.expandtabs(4))
    reader.flush()
    while reader.found and reader.found[-1].kind == "gap":
        reader.found.pop()
    return reader.found


def runs(text: str) -> tuple[Run, ...]:
    """Text without blocks, as in a paragraph, a title or a source."""
    tokens: list[_Token] = []
    at = 0
    for start, end in code_spans(text):
        tokens += _tokens(text, at, start)
        code = text[start:end].strip("`").replace("\n", " ")
        tokens.append(_Token(code.strip() or code, kind="code"))
        at = end
    tokens += _tokens(text, at, len(text))
    _pair(tokens)
    return tuple(_joined(tokens))


def bare_words(text: str) -> str:
    """The words of some Markdown in one line, without its marks: for a list, where there is room for few."""
    words: list[str] = []
    for block in blocks(text):
        for found in (block.runs, block.rest):
            words += "".join(run.text for run in found).split()
        words += " ".join(block.lines).split()
    return " ".join(words)


# -- blocks ------------------------------------------------------------------------------------------------


class _Reader:
    """Takes Markdown line by line; `found` is what comes out."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._kind, self._mark, self._indent = "text", "", 0
        self._paragraph: list[str] = []
        self._verbatim: list[str] = []
        self._fence: Fence | None = None
        self._item = 0  # how far the text of the list item at hand is indented

    def read(self, line: str) -> None:
        fence = None if self._fence else open_fence(0, line)
        indent = len(line) - len(line.lstrip(" "))
        if self._fence:
            if closes_fence(self._fence, line):
                self._end_of_code(self._fence.info.partition(" ")[0])
            else:
                self._verbatim.append(without_indent(line, self._fence.indent))
        elif fence:
            self.flush()
            self._fence = fence
            self._item = self._item if indent >= min(self._item, 2) else 0
        elif not line.strip():
            self._blank()
        elif not self._paragraph and indent >= self._item + 4:
            self._verbatim.append(line[self._item + 4 :])
        else:
            self._text(line, indent)

    def _blank(self) -> None:
        if self._verbatim:
            self._verbatim.append("")  # formulas may have blank lines between them
            return
        self.flush()
        if self.found and self.found[-1].kind != "gap":
            self.found.append(Block("gap"))

    def _text(self, line: str, indent: int) -> None:
        heading = _HEADING.fullmatch(line)
        item = _ITEM.match(line)
        if heading:
            self._begin(heading[1], "heading")
            self.flush()
        elif item:
            self._begin(line[item.end() :], "item", item[1], len(line) - len(line.lstrip(" ")), item.end())
        elif _AS_IT_IS.fullmatch(line):
            self.flush()
            self.found.append(Block("as-it-is", lines=(line,)))
        elif line.startswith(">") and not self._paragraph:
            self._begin(line[1:], "quote")
        elif self._paragraph:
            self._paragraph.append(line[1:] if self._kind == "quote" and line.startswith(">") else line)
        else:
            inside = self._item if self._item and indent >= min(self._item, 2) else 0
            self._begin(line, "text", "", inside, inside)

    def _begin(self, line: str, kind: str, mark: str = "", indent: int = 0, item: int = 0) -> None:
        self.flush()
        self._item = item
        self._paragraph, self._kind, self._mark, self._indent = [line], kind, mark, indent

    def _end_of_code(self, language: str) -> None:
        self.found.append(Block("code", lines=tuple(self._verbatim), mark=language, indent=self._item))
        self._verbatim, self._fence = [], None

    def flush(self) -> None:
        """Put what is at hand among the blocks."""
        if self._fence:
            self._end_of_code("")
        if self._verbatim:
            gap = not self._verbatim[-1]
            while not self._verbatim[-1]:
                self._verbatim.pop()
            self.found.append(Block("formula", lines=tuple(self._verbatim), indent=self._item))
            self.found += [Block("gap")] * gap
            self._verbatim = []
        if self._paragraph:
            text = ""
            for line in self._paragraph:
                broken = line.endswith(("  ", "\\"))
                text += line.removesuffix("\\").strip() + ("\n" if broken else " ")
            self._paragraph = []
            self.found.append(_block(self._kind, runs(text.strip()), self._mark, self._indent))


def _block(kind: str, found: tuple[Run, ...], mark: str, indent: int) -> Block:
    wrong = (
        kind == "item" and len(found) > 1 and found[0].kind == "em" and re.fullmatch(_QUOTED, found[0].text)
    )
    if wrong:
        rest = (found[1]._replace(text=found[1].text.lstrip()), *found[2:])
        return Block("wrong", found[:1], rest, (), mark, indent)
    return Block(kind, found, mark=mark, indent=indent)


# -- runs --------------------------------------------------------------------------------------------------


class _Token:
    """A run in the making. mark: the stars or underscores that may be emphasis; before, after: the characters
    beside them."""

    def __init__(
        self, text: str, kind: str = "", url: str = "", card: str = "", mark: str = "", before: str = "",
        after: str = "",
    ) -> None:  # fmt: skip
        self.text, self.kind, self.url, self.card = text, kind, url, card
        self.mark, self.before, self.after = mark, before, after
        self.emphasis: set[str] = set()


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    at = start
    for found in _TOKEN.finditer(text, start, end):
        yield _Token(text[at : found.start()])
        at = found.end()
        if found["escaped"]:
            yield _Token(found["escaped"])
        elif found["mark"]:
            before, after = text[max(found.start() - 1, 0) : found.start()], text[at : at + 1]
            yield _Token(found[0], mark=found[0], before=before, after=after)
        elif found["url"]:
            label, url = found["label"] or found["url"], found["url"]
            to = url if url.lower().startswith(("http://", "https://")) else ""
            card = _CARD.fullmatch(url)
            yield from (_Token(run.text, run.kind, to, card[1] if card else "") for run in runs(label))
            if not to and not card and label != url:
                yield _Token(f" ({url})")
        else:
            url = found["auto"] or found["bare"].rstrip(".,;:!?'\"*_")
            at -= 0 if found["auto"] else len(found["bare"]) - len(url)
            yield _Token(url, url=url)
    yield _Token(text[at:end])


def _pair(tokens: list[_Token]) -> None:
    """See which marks are emphasis. One opens before a word and closes after one; a star between two letters
    or digits is a star."""
    open_at: dict[str, int] = {}
    for i, token in enumerate(tokens):
        if not token.mark:
            continue
        closes = token.before.strip() and not token.after.isalnum()
        opened = open_at.pop(token.mark, None) if closes else None
        if opened is not None:
            for inner in tokens[opened : i + 1]:
                inner.emphasis.add("strong" if len(token.mark) > 1 else "em")
            tokens[opened].text = token.text = ""
        elif token.after.strip() and not token.before.isalnum():
            open_at[token.mark] = i


def _joined(tokens: Iterable[_Token]) -> Iterator[Run]:
    """Neighbours of one style as one run."""
    at = Run("")
    for token in tokens:
        kind = token.kind or (
            "strong" if "strong" in token.emphasis else "em" if "em" in token.emphasis else ""
        )
        if (kind, token.url, token.card) == at[1:]:
            at = at._replace(text=at.text + token.text)
        elif token.text:
            if at.text:
                yield at
            at = Run(token.text, kind, token.url, token.card)
    if at.text:
        yield at
