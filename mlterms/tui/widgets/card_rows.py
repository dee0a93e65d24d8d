"""A card laid out as rows: head, place among the other terms, sections, sources, errors in its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlterms.base.ids import slug_of
from mlterms.base.percent import percent
from mlterms.base.text import one_line
from mlterms.base.text_columns import columns
from mlterms.glossary.prose import Run, runs
from mlterms.quiz.term_details import Mastery, TermDetails
from mlterms.quiz.words import own_version_in_words
from mlterms.store.index.overlay import is_own_version
from mlterms.store.mastery import LATER
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.bars import meter
from mlterms.tui.widgets.prose_rows import Row, flow, markdown_rows
from mlterms.tui.widgets.row_widget import Piece, call, width_of

if TYPE_CHECKING:
    from mlterms.store.index.reader import Link

_MARGIN = 2
_LABEL = 16  # columns of the label before a row of links
_METER = 10
_SAYS_LATER = 76  # columns from which the mastery in 30 days is shown too


def card_rows(
    details: TermDetails, width: int, terminal: Terminal, *, with_links: bool, back: str
) -> list[Row]:
    """The card without its questions. with_links: with its place among the other terms, which is otherwise
    shown beside it. back: the title of the card that a link led from, or ""."""
    rows = [
        *_head(details, width, terminal, back),
        [],
        *markdown_rows(details.term.definition, width, terminal, margin=_MARGIN),
        [],
    ]
    if details.problems or details.aside:
        rows += [*problem_rows(_problems(details), width, terminal), []]
    if with_links and (links := _links(details, width, terminal)):
        rows += [*links, []]
    for section in details.term.sections:
        rows += [[Piece("  "), Piece(terminal.text(section.heading), "row--heading")], []]
        rows += [*markdown_rows(section.text, width, terminal, margin=_MARGIN), []]
    return rows + _sources(details, width, terminal)


def link_rows(details: TermDetails, width: int, terminal: Terminal) -> list[Row]:
    """The card's place among the other terms, one link in a row, for beside the card."""
    rows: list[Row] = []
    for label, links in (
        ("Needs", details.needs),
        ("Leads to", details.opens),
        ("Not the same as", details.contrast),
    ):
        if links:
            rows.append([Piece("  "), Piece(label, "row--heading")])
            rows += ([Piece("  "), *link] for link in _with_card(links, terminal))
            if missing := _without_card(links):
                rows += flow(missing, width, terminal, [Piece("  ")], _MARGIN, "row--muted")
            rows.append([])
    if details.term.demo:
        rows.append([Piece("  "), Piece("Demo", "row--heading")])
        rows += [*_demo(details, width, terminal, [Piece("  ")]), []]
    return rows


def problem_rows(problems: Iterable[tuple[str, str, int]], width: int, terminal: Terminal) -> list[Row]:
    """Errors in files: (message, path, line), each of which opens in the editor."""
    rows: list[Row] = []
    for message, path, line in problems:
        before = [Piece("  "), Piece(f"{terminal.glyph('trouble')} ", "row--bad")]
        if path:
            where = [Run(one_line(f"{path}:{line}" if line else path))]
            rows += flow(where, width, terminal, before, 4, "prose--link", call("edit_file", path, line))
            before = [Piece("    ")]
        rows += flow([Run(one_line(message))], width, terminal, before, 4)
    return rows


def mastery_pieces(mastery: Mastery, width: int, terminal: Terminal, room: int | None = None) -> Row:
    """How much of a term is known, now and later where there is room, and how many questions are due.

    room: columns beside the title; where they are too few, first the bar is left out, then what is later.
    """
    due = [Piece(f"{mastery.due} due  ", "row--accent")] if mastery.due else []
    if mastery.share is None:
        return [Piece("new", "row--muted")]
    if not mastery.share:  # all that was asked is in its first steps
        return [*due, Piece("just started", "row--muted")]
    reached, missing = meter(mastery.share, _METER, terminal)
    known = [*due, Piece("mastery ", "row--muted"), Piece(percent(mastery.share))]
    with_bar = [*known, Piece(" "), Piece(reached, "row--bar"), Piece(missing, "row--faint")]
    ways = [with_bar, known]
    if mastery.later is not None and width >= _SAYS_LATER:
        later = f"{percent(mastery.later)} after {LATER} days without reviews"
        ways[:0] = [
            [*with_bar, Piece(f" {later}", "row--muted")],
            [*known, Piece(f", {later}", "row--muted")],
        ]
    return next((way for way in ways if room is None or width_of(way) <= room), known)


def _problems(details: TermDetails) -> Iterable[tuple[str, str, int]]:
    yield from ((problem.message, problem.path, problem.line) for problem in details.problems)
    for each in details.aside:
        slug = slug_of(each.question)
        why = "" if details.problems else f": {each.reason}"  # otherwise it has just been given
        yield f"the question {slug} cannot be asked; its answers are kept{why}", "", 0


def _head(details: TermDetails, width: int, terminal: Terminal, back: str) -> list[Row]:
    title = terminal.text(one_line(details.row.title))
    right = mastery_pieces(details.mastery, width, terminal, width - _MARGIN - columns(title) - 1)
    room = width - _MARGIN - width_of(right)
    rows = list(flow([Run(title)], room - 1, terminal, [Piece("  ")], _MARGIN, "row--title"))
    rows[0] = [*rows[0], Piece(" " * (width - width_of(rows[0]) - width_of(right))), *right]
    for label, names in (("also", details.term.aliases), ("explains", details.term.explains)):
        if not names:
            continue
        also = f"{label} {', '.join(map(one_line, names))}"
        rows += flow([Run(also)], width, terminal, [Piece("  ")], _MARGIN, "row--muted")
    if is_own_version(details.term.path):
        own = [*runs(own_version_in_words(details.row.name))]
        rows += flow(own, width, terminal, [Piece("  ")], _MARGIN, "row--muted")
    if back:
        rows.insert(0, [Piece(f"{terminal.glyph('back')} {terminal.text(back)}", "prose--link", "return")])
    return rows


def _links(details: TermDetails, width: int, terminal: Terminal) -> list[Row]:
    rows: list[Row] = []
    for label, links in (
        ("needs", details.needs),
        ("leads to", details.opens),
        ("not the same as", details.contrast),
    ):
        if links:
            rows += _links_in_a_row(label, links, width, terminal)
    if details.term.demo:
        rows += _demo(details, width, terminal, [Piece("  "), Piece(f"{'demo':{_LABEL}}", "row--muted")])
    return rows


def _links_in_a_row(label: str, links: list[Link], width: int, terminal: Terminal) -> Iterable[Row]:
    """Links one after another, a row ending between two of them; then the terms that have no card yet."""
    margin = _MARGIN + _LABEL
    row, used = [Piece("  "), Piece(f"{label:{_LABEL}}", "row--muted")], margin
    here = _with_card(links, terminal)
    for i, link in enumerate(here):
        size = width_of(link)
        dot_after = 2 if i < len(here) - 1 else 0  # where a row ends, the dot says that more follow
        if i and used + 3 + size + dot_after > width:
            yield [*row, Piece(f" {terminal.glyph('dot')}", "row--faint")] if used + 2 <= width else row
            row, used = [Piece(" " * margin)], margin
        elif i:
            row, used = [*row, Piece(f" {terminal.glyph('dot')} ", "row--faint")], used + 3
        if used + size > width:  # a title that takes more than a row
            (piece,) = link
            *full, row = flow([Run(piece.text)], width, terminal, row, margin, piece.style, piece.action)
            yield from full
            used = width_of(row)
        else:
            row, used = [*row, *link], used + size
    if here:
        yield row
        row = [Piece(" " * margin)]
    if missing := _without_card(links):
        yield from flow(missing, width, terminal, row, margin, "row--muted")


def _with_card(links: list[Link], terminal: Terminal) -> list[Row]:
    """The terms that have a card, to be opened."""
    return [
        [Piece(terminal.text(_short_title(link)), "prose--link", call("follow", link.id))]
        for link in links
        if link.has_card
    ]


def _without_card(links: list[Link]) -> list[Run]:
    names = ", ".join(_short_title(link) for link in links if not link.has_card)
    return [Run(f"{names} (no card yet)")] if names else []


def _short_title(link: Link) -> str:
    """A title without what tells it from another one: `bias` of `bias (parameter)`."""
    return one_line(link.title).partition(" (")[0]


def _demo(details: TermDetails, width: int, terminal: Terminal, first: Row) -> Iterable[Row]:
    title = [Run(one_line(details.demo or details.term.demo))]
    return flow(title, width, terminal, first, width_of(first), "prose--link", "demo")


def _sources(details: TermDetails, width: int, terminal: Terminal) -> list[Row]:
    if not details.term.sources:
        return []
    rows: list[Row] = [[Piece("  "), Piece("Sources", "row--heading")], []]
    for source in details.term.sources:
        before = [Piece("  "), Piece(f"{terminal.glyph('dot')} ", "prose--mark")]
        rows += flow(runs(one_line(source)), width, terminal, before, 4, "row--muted")
    return [*rows, []]
