"""Every name under which a beginner may look for a term leads to the card that explains it.

`names.json` holds them: the id of a card → names. docs/vocabulary.md says where the list is from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck
from mlterms.store.index.reader import Index, open_index
from mlterms.store.index.search import search

NAMES = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
TERMS = read_deck(bundle()).terms
TITLES = {term.title: term_id for term_id, term in TERMS.items()}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = open_index([bundle()], tmp_path_factory.mktemp("cache"))
    yield index
    index.close()


def misled(index: Index, names: dict[str, str]) -> dict[str, list[str]]:
    """The names (→ the card that they should lead to) that another card answers first, or none."""
    found = {name: [hit.term for hit in search(index, name, 3)] for name in names}
    return {name: hits for name, hits in found.items() if hits[:1] != [f"mlterms:{names[name]}"]}


def test_every_term_of_the_vocabulary_has_a_card_and_no_name_is_in_the_list_twice():
    assert {*TITLES.values()} == NAMES.keys()
    names = [name for listed in NAMES.values() for name in listed]
    assert len({*names}) == len(names)


def test_the_first_hit_for_every_name_is_the_card_that_explains_it(index):
    assert misled(index, {name: card for card, names in NAMES.items() for name in names}) == {}


def test_the_plural_of_every_title_finds_its_card(index):
    plurals = {f"{title.partition(' (')[0]}s": term_id for title, term_id in TITLES.items()}
    assert misled(index, plurals) == {}


def test_the_first_hit_for_every_other_word_that_a_card_lists_is_that_card(index):
    listed = {word: card for card, term in TERMS.items() for word in (*term.aliases, *term.found_by)}
    assert misled(index, listed) == {}
