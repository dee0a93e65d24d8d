"""What the tests of the store share: a morning, cards, and learners and indexes, closed at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.memory.state import Rating
from mlterms.store.index import Index, open_index
from mlterms.store.learner import Answer, Event, Learner

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


@pytest.fixture
def start() -> Now:
    """21 November 2026, 09:00 in Berlin."""
    return Now(1_795_248_000_000, 3600)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "home" / "mlterms.db"


@pytest.fixture
def opened(start: Now) -> Iterator[Callable[[Path], Learner]]:
    """Opens a database; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(Learner.open(path, start))


@pytest.fixture
def learner(opened: Callable[[Path], Learner], database: Path) -> Learner:
    return opened(database)


@pytest.fixture
def give() -> Callable[..., Event]:
    """Answers a question in the state that it is in."""

    def give(learner: Learner, question: str, rating: int, now: Now, **more: Any) -> Event:
        return learner.answer(Answer(question, Rating(rating), **more), learner.state(question), now)

    return give


class Cards:
    """A deck on disk, written card by card. Every write is seen: each file gets a time of its own."""

    def __init__(self, root: Path, deck: str = "d", more: str = "") -> None:
        self.root = root
        self._written = 0
        self.write("content/deck.toml", f'id = "{deck}"\ntitle = "Deck {deck}"\n{more}')

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self._written += 1
        os.utime(path, (1_700_000_000 + self._written,) * 2)
        return path

    def card(
        self,
        term: str,
        *,
        title: str = "",
        definition: str = "Something.",
        text: str = "",
        questions: Sequence[str] = ("a",),
        **front: Any,
    ) -> Path:
        """questions: slugs, `(was: …)` behind them if wanted. front: lists or text of the front matter."""
        keys = {"title": title or term, "topic": "basics", **front}
        told = "".join(f"{key}: {_yaml(value)}\n" for key, value in keys.items())
        asked = "".join(f"### recall: {slug}\nWhat is {slug}?\n---\nIt.\n- [ ] it\n\n" for slug in questions)
        section = f"## In plain words\n\n{text}\n\n" if text else ""
        asked = f"## Questions\n\n{asked}" if asked else ""
        return self.write(f"content/{term}.md", f"---\n{told}---\n\n{definition}\n\n{section}{asked}")


def _yaml(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list | tuple) else str(value)


@pytest.fixture
def new_deck(tmp_path: Path) -> Callable[..., Cards]:
    """Makes an empty deck in a folder of that name: `new_deck("mine", deck="mine")`."""
    return lambda folder="deck", **more: Cards(tmp_path / folder, **more)


@pytest.fixture
def deck(new_deck: Callable[..., Cards]) -> Cards:
    return new_deck()


@pytest.fixture
def index_of(tmp_path: Path) -> Iterator[Callable[..., Index]]:
    """Opens the index of decks, in one cache folder; all are closed at the end."""
    with ExitStack() as stack:

        def index_of(*decks: Cards, **how: Any) -> Index:
            index = open_index([deck.root for deck in decks], how.pop("cache", tmp_path / "cache"), **how)
            stack.callback(index.close)
            return index

        yield index_of
