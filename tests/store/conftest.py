"""What the tests of the store share: a morning to start from, and learners that are closed behind the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.memory.state import Rating
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
