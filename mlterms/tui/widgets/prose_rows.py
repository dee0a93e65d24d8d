"""Blocks of a card laid out as rows of pieces: paragraphs wrapped, formulas and examples as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlterms.glossary.prose import Block, Run
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.zones import Zone, sign

Row = list[Piece]

_UNBROKEN = 30  # columns; code in a sentence up to this length stays on one line
_KEPT = "\x00"  # stands for a space at which a line is not broken
_LEFT = 2  # columns of the margin
_PROMPT = re.compile(r"(>>>|\.\.\.)( ?)(.*)")
_COMMENT = re.compile(r"""(?:"[^"]*"|'[^']*'|[^#"'])*""")

LOOKS = {
    f"prose--{name}"
    for name in (
        "em", "strong", "code", "link", "heading", "formula", "example", "prompt", "comment", "output",
        "wrong", "mark", "quote", "match",
    )
}  # fmt: skip


def laid_out(blocks: Sequence[Block], width: int, look: Look) -> list[Row]:
    """The rows of some blocks, at most `width` columns, each with a margin of two on its left."""
    rows: list[Row] = []
    for i, block in enumerate(blocks):
        if block.kind == "wrong" and i and blocks[i - 1].kind == "wrong":
            rows.append([])
        rows += _block(block, width, look)
    return rows


def flowed(
    runs: Sequence[Run],
    width: int,
    look: Look,
    first: Row,
    rest: int,
    style: str = "",
    zone: Zone | None = None,
) -> Iterator[Row]:
    """Runs in rows of at most `width` columns, the first behind `first`, the others `rest` columns in.

    style: of what is neither emphasis nor code nor a link. zone: what all of it stands for that is no link.
    """
    row, used = [*first], sum(len(piece.text) for piece in first)
    text, style_now, zone_now = "", "", None  # of the piece in the making
    is_empty = True
    for word in _words(runs, look, style, zone):
        size = sum(len(part) for part, _, _ in word)
        if not word or (not is_empty and used + 1 + size > width):
            yield [*row, Piece(text, style_now, zone_now)] if text else row
            row, used, text, is_empty = [Piece(" " * rest)], rest, "", True
        for i, (part, part_style, part_zone) in enumerate(word):
            same = part_style == style_now and part_zone is zone_now
            if i == 0 and not is_empty:
                used += 1
                if same:
                    text += " "
                else:
                    row += [Piece(text, style_now, zone_now), Piece(" ")]
                    text = ""
            elif text and not same:
                row.append(Piece(text, style_now, zone_now))
                text = ""
            style_now, zone_now = part_style, part_zone
            while used + len(part) > width > rest + 1:  # a word longer than a row
                room = width - used
                yield [*row, Piece(text + part[:room], style_now, zone_now)]
                row, used, text, part = [Piece(" " * rest)], rest, "", part[room:]
            text += part
            used += len(part)
            is_empty = False
    yield [*row, Piece(text, style_now, zone_now)] if text else row


def _block(block: Block, width: int, look: Look) -> Iterator[Row]:
    margin = _LEFT + block.indent
    if block.kind == "gap":
        yield []
    elif block.kind == "heading":
        yield from flowed(block.runs, width, look, [Piece(" " * _LEFT)], _LEFT, "prose--heading")
    elif block.kind == "text":
        yield from flowed(block.runs, width, look, [Piece(" " * margin)], margin)
    elif block.kind == "quote":
        bar = [Piece(" " * _LEFT), Piece(f"{look.glyph('bar')} ", "prose--mark")]
        for row in flowed(block.runs, width, look, bar, _LEFT + 2, "prose--quote"):
            yield row if row[:2] == bar else [*bar, *row[1:]]
    elif block.kind == "item":
        mark = look.glyph("dot") if block.mark in "-*+" else block.mark
        before = [Piece(" " * margin), Piece(f"{mark} ", "prose--mark")]
        yield from flowed(block.runs, width, look, before, margin + len(mark) + 1)
    elif block.kind == "wrong":
        before = [Piece(" " * margin), Piece(f"{look.glyph('wrong')} ", "prose--wrong")]
        said = [run._replace(kind="") for run in block.runs]
        yield from flowed(said, width, look, before, margin + 2, "prose--wrong")
        yield from flowed(block.rest, width, look, [Piece(" " * (margin + 2))], margin + 2)
    elif block.kind == "formula":
        yield from _formula(block, width, look)
    elif block.kind == "code":
        yield from _code(block, width, look)
    else:
        for line in block.lines:
            yield from _verbatim([Piece(look.text(line))], [Piece(" " * _LEFT)], width, look)


def _formula(block: Block, width: int, look: Look) -> Iterator[Row]:
    lines = [look.text(line) for line in block.lines]
    before = [Piece(" " * _in(block, max(map(len, lines)), 4, width))]
    for line in lines:
        yield from _verbatim([Piece(line, "prose--formula")], before, width, look)


def _code(block: Block, width: int, look: Look) -> Iterator[Row]:
    """An example: what is typed behind its prompts, comments, what comes of it, each in its own style."""
    longest = max((len(look.text(line)) for line in block.lines), default=0)
    before = [Piece(" " * _in(block, longest, 2, width))]
    is_session = any(line.startswith(">>>") for line in block.lines)
    for line in block.lines:
        text = look.text(line)
        prompt = _PROMPT.match(text) if is_session else None
        if prompt:
            row = [Piece(prompt[1] + prompt[2], "prose--prompt"), *_commented(prompt[3])]
        elif is_session:
            row = [Piece(text, "prose--output")]
        else:
            row = _commented(text)
        yield from _verbatim(row, before, width, look)


def _in(block: Block, longest: int, most: int, width: int) -> int:
    """How far to indent lines that are not wrapped: up to `most` columns more than text, if there is room."""
    margin = _LEFT + block.indent
    return margin + max(0, min(most, width - margin - longest))


def _commented(text: str) -> Row:
    found = _COMMENT.match(text)
    at = found.end() if found else len(text)
    if text[at : at + 1] != "#":  # a quote that is not closed: no telling what is a comment
        return [Piece(text, "prose--example")]
    return [Piece(text[:at], "prose--example"), Piece(text[at:], "prose--comment")]


def _verbatim(row: Row, before: Row, width: int, look: Look) -> Iterator[Row]:
    """A row that is not wrapped; where the screen is narrower than it, it goes on below, behind an arrow."""
    room = width - sum(len(piece.text) for piece in before)
    shown: Row = [*before]
    left = room
    on = None
    for piece in row:
        text = piece.text
        while len(text) > left:
            at = text.rfind(" ", left // 2, left) + 1 or left
            shown.append(piece._replace(text=text[:at]))
            text = text[at:].lstrip()
            yield shown
            on = on or Piece(f"{sign('on', look)} ", "prose--mark")
            shown = [*before, on]
            left = room - len(on.text)
        shown.append(piece._replace(text=text))
        left -= len(text)
    yield shown


def _words(
    runs: Sequence[Run], look: Look, style: str, zone: Zone | None
) -> Iterator[list[tuple[str, str, Zone | None]]]:
    """Words, each of one or more parts with their style and zone; none where a line is broken by hand."""
    word: list[tuple[str, str, Zone | None]] = []
    for run in runs:
        text = look.text(run.text)
        if run.kind == "code" and len(text) <= _UNBROKEN:
            text = text.replace(" ", _KEPT)
        name = "prose--link" if run.url else f"prose--{run.kind}" if run.kind else style
        here = Zone("address", run.url) if run.url else zone
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
                    word.append((part.replace(_KEPT, " "), name, here))
    if word:
        yield word
