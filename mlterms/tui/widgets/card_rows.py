"""A card laid out as rows: head, place among the others, sections, sources, what is wrong with its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlterms.base.ids import slug_of
from mlterms.base.text import one_line
from mlterms.glossary.prose import Run, blocks, runs
from mlterms.quiz.term_details import Mastery, TermDetails
from mlterms.tui.look import Look
from mlterms.tui.widgets.bar import meter
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.prose_rows import Row, flowed, laid_out
from mlterms.tui.widgets.question_rows import questions
from mlterms.tui.widgets.zones import Zone, sign

if TYPE_CHECKING:
    from mlterms.store.index.reader import Link

_LABEL = 8  # columns of what stands before links in a row
_METER = 10


def card(reading: TermDetails, width: int, look: Look, *, whole: bool, unfolded: str, back: str) -> list[Row]:
    """The card. whole: with its place among the others and its questions, which else stand beside it.

    unfolded: the question of which all is shown. back: the title of the card that one came from, or "".
    """
    rows = [
        *_head(reading, width, look, back),
        [],
        *laid_out(blocks(reading.term.definition), width, look),
        [],
    ]
    if reading.problems or reading.aside:
        rows += [*trouble(_troubles(reading), width, look), []]
    if whole and (links := _links_in_rows(reading, width, look)):
        rows += [*links, []]
    for section in reading.term.sections:
        rows += [[Piece("  "), Piece(look.text(section.heading), "page--heading")], []]
        rows += [*laid_out(blocks(section.text), width, look), []]
    rows += _sources(reading, width, look)
    if whole:
        rows += questions(reading, width, look, unfolded)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def beside(reading: TermDetails, width: int, look: Look, unfolded: str) -> list[Row]:
    """What stands beside the card where there is room: its links, one in a row, and its questions."""
    rows: list[Row] = []
    for label, links in (
        ("Needs", reading.needs),
        ("Opens", reading.opens),
        ("Not to be confused with", reading.contrast),
    ):
        if links:
            rows.append([Piece("  "), Piece(label, "page--heading")])
            rows += ([Piece("  "), *link] for link in _here(links, look))
            if to_come := _to_come(links):
                rows += flowed(to_come, width, look, first=[Piece("  ")], rest=2, style="page--muted")
            rows.append([])
    if reading.term.demo:
        rows.append([Piece("  "), Piece("Demo", "page--heading")])
        rows += [*_demo(reading, width, look, [Piece("  ")]), []]
    return [*rows, *questions(reading, width, look, unfolded)]


def trouble(problems: Iterable[tuple[str, str, int]], width: int, look: Look) -> list[Row]:
    """What is wrong with files: (message, path, line), each to be opened in the editor."""
    rows: list[Row] = []
    for message, path, line in problems:
        before = [Piece("  "), Piece(f"{look.glyph('trouble')} ", "page--bad")]
        if path:
            where = [Run(one_line(f"{path}:{line}" if line else path))]
            zone = Zone("file", path, line)
            rows += flowed(where, width, look, first=before, rest=4, style="prose--link", zone=zone)
            before = [Piece("    ")]
        rows += flowed([Run(one_line(message))], width, look, first=before, rest=4)
    return rows


def _troubles(reading: TermDetails) -> Iterable[tuple[str, str, int]]:
    yield from ((problem.message, problem.path, problem.line) for problem in reading.problems)
    for each in reading.aside:
        slug = slug_of(each.question)
        why = "" if reading.problems else f": {each.reason}"  # else it stands above
        yield f"the question {slug} is set aside, its answers are kept{why}", "", 0


def _head(reading: TermDetails, width: int, look: Look, back: str) -> list[Row]:
    right = known(reading.standing, look)
    room = width - 2 - sum(len(piece.text) for piece in right)
    title = look.text(one_line(reading.row.title))
    rows = list(flowed([Run(title)], room - 1, look, first=[Piece("  ")], rest=2, style="page--title"))
    gap = width - sum(len(piece.text) for piece in (*rows[0], *right))
    rows[0] = [*rows[0], Piece(" " * gap), *right]
    if reading.term.aliases:
        also = f"also {', '.join(map(one_line, reading.term.aliases))}"
        rows += flowed([Run(also)], width, look, first=[Piece("  ")], rest=2, style="page--muted")
    if back:
        rows.insert(
            0, [Piece(f"{sign('back', look)} {look.text(back)}", "prose--link", Zone("do", "return"))]
        )
    return rows


def known(standing: Mastery, look: Look) -> Row:
    """How well a term is known, and what of it is due."""
    due = [Piece(f"{standing.due} due  ", "page--accent")] if standing.due else []
    if standing.mastery is None:
        return [Piece("new", "page--muted")]
    reached, missing = meter(standing.mastery, _METER, look)
    return [
        *due,
        Piece(f"{standing.mastery:.0%} "),
        Piece(reached, "page--bar"),
        Piece(missing, "page--faint"),
    ]


def _links_in_rows(reading: TermDetails, width: int, look: Look) -> list[Row]:
    rows: list[Row] = []
    for label, links in (("needs", reading.needs), ("opens", reading.opens), ("unlike", reading.contrast)):
        if links:
            rows += _in_a_row(label, links, width, look)
    if reading.term.demo:
        first = [Piece("  "), Piece(f"{'demo':{_LABEL}}", "page--muted")]
        rows += _demo(reading, width, look, first)
    return rows


def _in_a_row(label: str, links: list[Link], width: int, look: Look) -> Iterable[Row]:
    """Links one after the other, a row ending between two of them; then what is to come."""
    row, used = [Piece("  "), Piece(f"{label:{_LABEL}}", "page--muted")], 2 + _LABEL
    here = _here(links, look)
    for i, link in enumerate(here):
        size = len(link[0].text)
        if i and used + 3 + size > width:
            yield row
            row, used = [Piece(" " * (2 + _LABEL))], 2 + _LABEL
        elif i:
            row, used = [*row, Piece(f" {look.glyph('dot')} ", "page--faint")], used + 3
        row, used = [*row, *link], used + size
    if here:
        yield row
        row = [Piece(" " * (2 + _LABEL))]
    if to_come := _to_come(links):
        yield from flowed(to_come, width, look, first=row, rest=2 + _LABEL, style="page--muted")


def _here(links: list[Link], look: Look) -> list[Row]:
    """The terms that have a card, to be opened."""
    return [
        [Piece(look.text(_short(link)), "prose--link", Zone("term", link.id))]
        for link in links
        if link.has_card
    ]


def _to_come(links: list[Link]) -> list[Run]:
    """Those that have none yet."""
    names = ", ".join(_short(link) for link in links if not link.has_card)
    return [Run(f"to come: {names}")] if names else []


def _short(link: Link) -> str:
    """A title without what tells it from another of its name."""
    return one_line(link.title).partition(" (")[0]


def _demo(reading: TermDetails, width: int, look: Look, first: Row) -> Iterable[Row]:
    title = [Run(one_line(reading.demo or reading.term.demo))]
    rest = sum(len(piece.text) for piece in first)
    zone = Zone("demo", reading.term.demo)
    return flowed(title, width, look, first=first, rest=rest, style="prose--link", zone=zone)


def _sources(reading: TermDetails, width: int, look: Look) -> list[Row]:
    if not reading.term.sources:
        return []
    rows: list[Row] = [[Piece("  "), Piece("Sources", "page--heading")], []]
    for source in reading.term.sources:
        before = [Piece("  "), Piece(f"{look.glyph('dot')} ", "prose--mark")]
        rows += flowed(runs(one_line(source)), width, look, first=before, rest=4, style="page--muted")
    return [*rows, []]
