"""What the tests of the store share: a morning, cards, and learners and indexes, closed at the end."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.store.index.reader import Index, open_index
from mlterms.store.log.card import Card, to_json
from mlterms.store.log.fold import Link, fold, names_now, settings_now, undone
from mlterms.store.log.learner import Answer, Event, Learner
from mlterms.store.log.schema import CHECKED_COLUMNS, checksum_of
from tests.store.imported import import_state

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


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


@pytest.fixture
def put(learner: Learner, start: Now, today: int) -> Callable[..., CardState]:
    """Gives a question a history: answered `last` days ago, due in `due` days."""

    def put(question: str, due: int, stability: float = 9.0, last: int = 5, lapses: int = 0) -> CardState:
        day = today - last
        at = day * DAY + DAY // 2
        state = CardState(Phase.REVIEW, 0, stability, 5.0, None, today + due, at, day, 3, lapses)
        import_state(learner, f"d:{question}", state, "a test", start)
        return state

    return put


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Changes the log as only a damaged disk or somebody else could; sealed: with checksums that fit."""

    def tamper(learner: Learner, change: str, sealed: bool = False) -> None:
        connection = learner.connection
        (guard,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchone()
        connection.execute("DROP TRIGGER event_stays")
        connection.execute(change)
        if sealed:
            connection.create_function("sealed", -1, checksum_of)
            connection.execute(f"UPDATE event SET checksum = sealed({', '.join(CHECKED_COLUMNS)})")
        connection.execute(guard)

    return tamper


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied where many are needed: making one takes longer than most examples."""
    path = tmp_path_factory.mktemp("empty") / "mlterms.db"
    with Learner.open(path, Now(1_795_248_000_000, 3600)):
        pass
    return path


@pytest.fixture
def folded_in_plain_words() -> Callable[[Learner], list[str]]:
    return _folded_in_plain_words


def _folded_in_plain_words(learner: Learner) -> list[str]:
    """What `canonical` should say, worked out from the whole log by the rules alone, with no SQL."""
    events = sorted(learner.events(), key=lambda event: event.order)
    dead = undone([(event.uuid, event.target) for event in events if event.kind == "undo"])
    alive = [event for event in events if event.uuid not in dead]
    now = names_now([(e.question, e.value["to"]) for e in alive if e.kind == "renamed"])
    chains = defaultdict(list)
    for event in events:
        if event.nth is not None:
            chains[now.get(event.question, event.question)].append(event)
    cards = {}
    for question, chain in chains.items():
        links = [Link(0, event.uuid, event.before_json, event.after_json) for event in chain]
        if folded := fold(links, dead, learner.log.get, learner.log.policy):
            cards[question] = (*Card.from_json(folded.card_json).to_row(), folded.last.uuid)
    days = defaultdict(lambda: [0] * 11)
    for event in alive:
        if event.kind == "answer":
            before, moved = event.before, event.mode != "cram"
            right = event.rating > 1 if event.correct is None else event.correct
            new = moved and before.reps == 0
            review = moved and before.phase == 2 and before.last_day < event.day
            mature = review and before.due_day - before.last_day >= 21
            modes = [event.mode == mode for mode in ("scheduled", "ahead", "cram")]
            counts = [1, right, new, review, review and right, mature, mature and right]
            counts += [*modes, event.milliseconds]
            days[event.day] = [old + add for old, add in zip(days[event.day], counts, strict=True)]
    values = settings_now([e.value["changed"] for e in alive if e.kind in ("settings", "parameters")])
    return [
        *(f"card {(question, *cards[question])!r}" for question in sorted(cards)),
        *(f"day {(day, *counts)!r}" for day, counts in sorted(days.items())),
        *(f"setting {(name, to_json(values[name]))!r}" for name in sorted(values)),
        *(f"renamed {pair!r}" for pair in sorted(now.items())),
    ]


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
def deck_in() -> Callable[[Path], Cards]:
    """Makes an empty deck in any folder."""
    return Cards


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
