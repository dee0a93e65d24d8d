"""Markdown laid out as rows of pieces: paragraphs wrapped, formulas and examples as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlterms.base.text_columns import columns, cut, is_wide
from mlterms.glossary.prose import Block, Run, blocks
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.row_widget import Piece, call, width_of

Row = list[Piece]

_UNBROKEN = 30  # columns; code in a sentence up to this length stays on one line
_KEPT = "\x00"  # in place of a space at which a line is not broken
_PROMPT = re.compile(r"(>>>|\.\.\.)( ?)(.*)")
_COMMENT = re.compile(r"""(?:"[^"]*"|'[^']*'|[^#"'])*""")


def markdown_rows(
    markdown: str, width: int, terminal: Terminal, *, margin: int = 0, style: str = "", follows: bool = False
) -> list[Row]:
    """The rows of some Markdown, at most `width` columns, each with a margin of `margin` columns on its left.

    style: of what is neither emphasis nor code nor a link. follows: whether links to cards and guides
    are places, with the action `follow`.
    """
    rows: list[Row] = []
    laid_out = _Layout(width, terminal, margin, style, follows)
    found = blocks(markdown)
    for i, block in enumerate(found):
        if block.kind == "wrong" and i and found[i - 1].kind == "wrong":
            rows.append([])
        rows += laid_out.block(block)
    return rows


def item_rows(
    first: Row, markdown: str, width: int, terminal: Terminal, *, style: str = "", action: str = ""
) -> list[Row]:
    """Some Markdown behind `first`, its further rows indented as far. action: what a click on it runs."""
    indent = width_of(first)
    rows = markdown_rows(markdown, width, terminal, margin=indent, style=style) or [[]]
    rows[0] = [*first, *rows[0][1:]]
    if not action:
        return rows
    return [[piece._replace(action=action) for piece in row] for row in rows]


def flow(
    runs: Sequence[Run],
    width: int,
    terminal: Terminal,
    first: Row,
    rest: int,
    style: str = "",
    action: str = "",
    *,
    follows: bool = False,
) -> Iterator[Row]:
    """Runs in rows of at most `width` columns, the first behind `first`, the others `rest` columns in.

    style: of what is neither emphasis nor code nor a link. action: of what is not a link.
    follows: as in `markdown_rows`.
    """
    row, used = [*first], width_of(first)
    making = Piece("")  # the piece that is being put together
    is_empty = True
    for word in _words(runs, terminal, style, action, follows):
        size = sum(columns(part.text) for part in word)
        breaks = any(is_wide(part.text) for part in word) and used + 3 <= width
        if not word or (not is_empty and used + 1 + size > width and not breaks):
            yield [*row, making] if making.text else row
            row, used, making, is_empty = [Piece(" " * rest)], rest, Piece(""), True
        for i, part in enumerate(word):
            same = part[1:] == making[1:]
            if i == 0 and not is_empty:
                used += 1
                if same:
                    making = making._replace(text=making.text + " ")
                else:
                    row += [making, Piece(" ")]
                    making = Piece("")
            elif making.text and not same:
                row.append(making)
                making = Piece("")
            text = part.text
            making = part._replace(text=making.text)
            while used + columns(text) > width > rest + 1:  # a word longer than a row
                start = cut(text, width - used)
                yield [*row, part._replace(text=making.text + start)]
                row, used, making = [Piece(" " * rest)], rest, part._replace(text="")
                text = text[len(start) :]
            making = making._replace(text=making.text + text)
            used += columns(text)
            is_empty = False
    yield [*row, making] if making.text else row


class _Layout:
    """Lays out blocks one by one."""

    def __init__(self, width: int, terminal: Terminal, margin: int, style: str, follows: bool) -> None:
        self.width, self.terminal, self.margin, self.style = width, terminal, margin, style
        self.follows = follows

    def block(self, block: Block) -> Iterator[Row]:
        margin = self.margin + block.indent
        if block.kind == "gap":
            yield []
        elif block.kind == "heading":
            yield from self._flow(block.runs, [Piece(" " * self.margin)], "prose--heading")
        elif block.kind == "text":
            yield from self._flow(block.runs, [Piece(" " * margin)], self.style)
        elif block.kind == "quote":
            yield from self._quote(block)
        elif block.kind == "item":
            mark = self.terminal.glyph("dot") if block.mark in "-*+" else block.mark
            yield from self._flow(
                block.runs, [Piece(" " * margin), Piece(f"{mark} ", "prose--mark")], self.style
            )
        elif block.kind == "wrong":
            before = [Piece(" " * margin), Piece(f"{self.terminal.glyph('wrong')} ", "prose--wrong")]
            yield from self._flow([run._replace(kind="") for run in block.runs], before, "prose--wrong")
            yield from self._flow(block.rest, [Piece(" " * (margin + 2))], self.style)
        elif block.kind == "formula":
            yield from self._formula(block)
        elif block.kind == "code":
            yield from self._code(block)
        else:
            for line in block.lines:
                yield from self._verbatim(
                    [Piece(self.terminal.text(line), self.style)], [Piece(" " * self.margin)]
                )

    def _flow(self, runs: Sequence[Run], first: Row, style: str) -> Iterator[Row]:
        return flow(runs, self.width, self.terminal, first, width_of(first), style, follows=self.follows)

    def _quote(self, block: Block) -> Iterator[Row]:
        bar = [Piece(" " * self.margin), Piece(f"{self.terminal.glyph('bar')} ", "prose--mark")]
        for row in self._flow(block.runs, bar, "prose--quote"):
            yield row if row[:2] == bar else [*bar, *row[1:]]

    def _formula(self, block: Block) -> Iterator[Row]:
        lines = [self.terminal.text(line) for line in block.lines]
        before = [Piece(" " * self._indent(block, max(map(columns, lines)), 4))]
        for line in lines:
            yield from self._verbatim([Piece(line, "prose--formula")], before)

    def _code(self, block: Block) -> Iterator[Row]:
        """An example: what is typed behind its prompts, comments, what it prints, each in its own style."""
        longest = max((columns(self.terminal.text(line)) for line in block.lines), default=0)
        before = [Piece(" " * self._indent(block, longest, 2))]
        is_session = any(line.startswith(">>>") for line in block.lines)
        for line in block.lines:
            text = self.terminal.text(line)
            prompt = _PROMPT.match(text) if is_session else None
            if prompt:
                row = [Piece(prompt[1] + prompt[2], "prose--prompt"), *_split_comment(prompt[3])]
            elif is_session:
                row = [Piece(text, "prose--output")]
            else:
                row = _split_comment(text)
            yield from self._verbatim(row, before)

    def _indent(self, block: Block, longest: int, most: int) -> int:
        """The margin of lines that are not wrapped: up to `most` columns more than text, if there is room."""
        margin = self.margin + block.indent
        return margin + max(0, min(most, self.width - margin - longest))

    def _verbatim(self, row: Row, before: Row) -> Iterator[Row]:
        """A row that is not wrapped. Where the screen is narrower, it goes on below, behind an arrow."""
        room = max(4, self.width - width_of(before))
        shown, left = [*before], room
        on = None
        for piece in row:
            text = piece.text
            while columns(text) > left:
                start = cut(text, left)
                at = start.rfind(" ", len(start) // 2) + 1 or len(start)
                shown.append(piece._replace(text=text[:at]))
                text = text[at:].lstrip()
                yield shown
                on = on or Piece(f"{self.terminal.glyph('on')} ", "prose--mark")
                shown, left = [*before, on], room - columns(on.text)
            shown.append(piece._replace(text=text))
            left -= columns(text)
        yield shown


def _split_comment(text: str) -> Row:
    found = _COMMENT.match(text)
    at = found.end() if found else len(text)
    if text[at : at + 1] != "#":  # a quote that is not closed: no telling what is a comment
        return [Piece(text, "prose--example")]
    return [Piece(text[:at], "prose--example"), Piece(text[at:], "prose--comment")]


def _words(
    runs: Sequence[Run], terminal: Terminal, style: str, action: str, follows: bool
) -> Iterator[list[Piece]]:
    """Words, each of one or more pieces; none where a line is broken by hand."""
    word: list[Piece] = []
    for run in runs:
        text = terminal.text(run.text)
        if run.kind == "code" and columns(text) <= _UNBROKEN:
            text = text.replace(" ", _KEPT)
        to_card = run.card if follows else ""
        name = "prose--link" if run.url or to_card else f"prose--{run.kind}" if run.kind else style
        here = call("open_link", run.url) if run.url else call("follow", to_card) if to_card else action
        for i, line in enumerate(text.split("\n")):
            if i:
                if word:
                    yield word
                    word = []
                yield []
            for j, part in enumerate(line.split(" ")):
                if j and word:
                    yield word
                    word = []
                if part:
                    word.append(Piece(part.replace(_KEPT, " "), name, here))
    if word:
        yield word
