"""The head of a card and its links: whole titles wherever there is room, and how well the term is known."""

from __future__ import annotations

from collections.abc import Iterable

from mlterms.base.ids import TermId
from mlterms.base.text_columns import columns
from mlterms.quiz.term_details import Mastery
from mlterms.store.index.reader import Link
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.card_rows import _links_in_a_row, mastery_pieces
from mlterms.tui.widgets.row_widget import Piece

TERMINAL = Terminal()
LONG = "independent and identically distributed"


def text_of(row: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in row)


def test_a_link_that_takes_more_than_a_row_goes_on_in_the_next_and_can_be_followed_from_both() -> None:
    links = [Link(TermId("d:set"), "set", True), Link(TermId("d:iid"), LONG, True)]
    rows = list(_links_in_a_row("leads to", links, 46, TERMINAL))
    assert all(columns(text_of(row)) <= 46 for row in rows)
    assert " ".join(" ".join(map(text_of, rows)).split()) == f"leads to set · {LONG}"
    parts = [piece for row in rows for piece in row if piece.style == "prose--link"]
    assert len(parts) == 3
    assert parts[1].action == parts[2].action


def test_links_are_apart_at_every_end_of_a_row() -> None:
    names = ["underfitting", "memorisation", "learning curve", "early stopping", "data leakage", "ensemble"]
    links = [Link(TermId(f"d:{number}"), name, True) for number, name in enumerate(names)]
    for width in range(40, 100):
        rows = [text_of(row) for row in _links_in_a_row("leads to", links, width, TERMINAL)]
        assert all(columns(row) <= width for row in rows)
        assert " ".join(" ".join(rows).split()) == f"leads to {' · '.join(names)}"


def test_the_bar_of_mastery_makes_room_for_a_title() -> None:
    mastery = Mastery(0.5, 1)
    full = text_of(mastery_pieces(mastery, 46, TERMINAL, 40))
    short = text_of(mastery_pieces(mastery, 46, TERMINAL, 22))
    assert short == full[: len(short)] == "1 due  mastery 50%"
    assert len(full) > 22


def test_the_head_says_what_the_later_share_is_or_leaves_it_out() -> None:
    mastery = Mastery(0.28, 2, later=0.22)
    heads = [text_of(mastery_pieces(mastery, 80, TERMINAL, room)) for room in (70, 58, 40, 20)]
    later = "22% after 30 days without reviews"
    assert heads[0].startswith("2 due  mastery 28% ")
    assert heads[0].endswith(f" {later}")
    assert heads[1] == f"2 due  mastery 28%, {later}"
    assert heads[3] == "2 due  mastery 28%"
    assert "30 days" not in heads[2]


def test_of_a_term_in_its_first_steps_no_share_is_claimed() -> None:
    assert text_of(mastery_pieces(Mastery(0.0, 1), 80, TERMINAL)) == "1 due  just started"
    assert text_of(mastery_pieces(Mastery(None, 0), 80, TERMINAL)) == "new"
