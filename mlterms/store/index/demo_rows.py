"""The demos of an index as a list shows them and a search finds them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Select = Callable[..., list[Any]]


class Topic(NamedTuple):
    """A topic of a deck and how many terms are in it."""

    id: str
    title: str
    deck: str
    terms: int


class DemoRow(NamedTuple):
    """A demo, from its text.

    terms: those that it shows, the main one first. predictions: `term/slug`. topic: title of the topic of its
    main term, "" where that has no card. names: all names of its terms, as a search folds them.
    """

    name: str
    title: str
    path: str
    deck: str
    terms: tuple[str, ...]
    predictions: tuple[str, ...]
    topic: str = ""
    names: tuple[str, ...] = ()


def _main_term(demo: DemoRow, terms: Mapping[str, object]) -> str:
    """The global id of the first of its terms that has a card, or ""."""
    return next((term for name in demo.terms if (term := f"{demo.deck}:{name}") in terms), "")


def _study_place(demo: DemoRow, terms: Mapping[str, tuple[int, str]]) -> float:
    """The position of its main term; after all others if it has none."""
    main = _main_term(demo, terms)
    return terms[main][0] if main else math.inf


def read_demo_rows(select: Select, root: Callable[[int], Path], topics: Sequence[Topic]) -> list[DemoRow]:
    """The demos of all decks by the topic of their main term, in the study order of their terms.

    select: runs a query. root: the folder of the deck at a place. topics: in their order.
    """
    sql = (
        "SELECT demo.name, title, place, path, deck, terms, predictions FROM demo JOIN file ON n = file"
        " ORDER BY demo.name, file"
    )
    demos = [
        DemoRow(
            *(name, title, str(root(place) / path), deck),
            tuple(json.loads(terms)),
            tuple(json.loads(predictions)),
        )
        for name, title, place, path, deck, terms, predictions in select(sql)
    ]
    shown = json.dumps([f"{demo.deck}:{term}" for demo in demos for term in demo.terms])
    these = "(SELECT value FROM json_each(?))"
    positions = {
        term: (position, topic)
        for term, position, topic in select(
            f"SELECT id, position, topic FROM term WHERE id IN {these}", (shown,)
        )
    }
    names: dict[str, list[str]] = {}
    sql = f"SELECT id, folded FROM name JOIN term USING (file) WHERE id IN {these}"
    for term, name in select(sql, (shown,)):
        names.setdefault(term, []).append(name)
    titles = {(topic.deck, topic.id): topic.title for topic in topics}
    found = []
    for demo in sorted(demos, key=lambda demo: _study_place(demo, positions)):
        main = _main_term(demo, positions)
        topic = titles.get((demo.deck, positions[main][1]), "") if main else ""
        called = tuple(name for term in demo.terms for name in names.get(f"{demo.deck}:{term}", ()))
        found.append(demo._replace(topic=topic, names=called))
    order = {title: place for place, title in enumerate(titles.values())}
    return sorted(found, key=lambda demo: order.get(demo.topic, len(order)))
