"""Guides in the index: in their order, found by what they say, read again when they change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.store.index.reader import Index
from mlterms.store.index.search import in_one_list, search, search_guides

Cards = Any
IndexOf = Callable[..., Index]


def guide(cards: Cards, name: str, title: str, text: str = "Text.", summary: str = "What it is.") -> None:
    cards.write(f"content/guides/{name}.md", f"---\ntitle: {title}\nsummary: {summary}\n---\n\n{text}\n")


def test_guides_are_listed_in_the_order_of_the_deck(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    first = new_deck("1", deck="one", more='guides = ["start", "end"]\n')
    second = new_deck("2", deck="two")
    for name, title in (("end", "A"), ("middle", "B"), ("start", "C")):
        guide(first, name, title)
    guide(second, "start", "D")
    index = index_of(first, second)
    assert [row.id for row in index.guides()] == ["one:start", "one:end", "one:middle", "two:start"]
    assert index.guides()[0][2:] == ("one", "C", "What it is.")


def test_a_guide_is_read_by_its_id_or_its_name(deck: Cards, index_of: IndexOf) -> None:
    guide(deck, "start", "Start", "Begin <!-- not shown --> with [a](../a.md).")
    index = index_of(deck)
    assert index.guide_text("start") == index.guide_text("d:start") == "Begin  with [a](../a.md)."
    assert index.guide_text("nothing") == ""


def test_a_guide_is_found_by_the_words_of_its_title_and_text(deck: Cards, index_of: IndexOf) -> None:
    guide(deck, "start", "How to begin", "You need *Python* and patience.")
    guide(deck, "maths", "Which mathematics", "Vectors, and how they begin.")
    index = index_of(deck)
    assert [hit.title for hit in search_guides(index, "begin")] == ["How to begin", "Which mathematics"]
    assert [hit.guide for hit in search_guides(index, "pyth pati")] == ["d:start"]
    assert "Python" in search_guides(index, "python")[0].snippet
    assert search_guides(index, "nowhere") == search_guides(index, " ") == search_guides(index, '"*') == []


def test_titles_come_before_what_cards_and_guides_say(deck: Cards, index_of: IndexOf) -> None:
    deck.card("begin")
    deck.card("loss", definition="You begin with it in the first hour.")
    guide(deck, "first", "The first hour", "Read.")
    guide(deck, "begin", "Begin", "Read.")
    guide(deck, "end", "The end", "You begin with it in the first hour.")
    index = index_of(deck)

    def found(words: str) -> list[str]:
        return [hit.title for hit in in_one_list(search(index, words), search_guides(index, words))]

    assert found("begin") == ["begin", "Begin", "loss", "The end"]
    assert found("the first hour") == ["The first hour", "loss", "The end"]
    assert found("first hour") == ["The first hour", "loss", "The end"]


def test_a_guide_with_the_title_that_was_typed_is_found_among_many(deck: Cards, index_of: IndexOf) -> None:
    for n in range(9):
        guide(deck, f"g{n}", f"Begin {n}", "Begin begin begin.")
    guide(deck, "begin", "To begin with a very long and winding title", "Nothing.")
    hit = search_guides(index_of(deck), "to begin with a very long and winding title")[0]
    assert (hit.guide, hit.kind) == ("d:begin", "title")


def test_a_changed_guide_is_read_again_and_one_that_is_gone_is_forgotten(
    deck: Cards, index_of: IndexOf
) -> None:
    guide(deck, "start", "Start", "Apples.")
    assert search_guides(index_of(deck), "apples")
    guide(deck, "start", "Start", "Pears.")
    index = index_of(deck)
    assert not search_guides(index, "apples")
    assert search_guides(index, "pears")
    (deck.root / "content/guides/start.md").unlink()
    assert index_of(deck).guides() == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: A\n---\n\nText.\n", 2, "`summary` is missing"),
        ("---\ntitle: A\nsummary: B\ntopic: c\n---\n\nText.\n", 4, "`topic` is not a key"),
        ("---\ntitle: A\nsummary: B\n---\n", 5, "this guide is empty"),
        ("Text.\n", 1, "begins with a line `---`"),
        ("---\ntitle: A\nsummary: B\n---\n\n```python check\n1\n```\n", 6, "no check blocks"),
    ],
)
def test_a_broken_guide_is_a_problem_with_its_line_and_takes_nothing_else_down(
    deck: Cards, index_of: IndexOf, text: str, line: int, words: str
) -> None:
    deck.card("a")
    path = deck.write("content/guides/start.md", text)
    index = index_of(deck)
    assert index.guides() == []
    assert [row.name for row in index.terms()] == ["a"]
    (problem,) = index.problems()
    assert (problem.path, problem.line) == (str(path), line)
    assert words in problem.message
