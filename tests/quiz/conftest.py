"""A small deck on disk, a learner's database, and a clock that stands where a test puts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mlterms.base.clock import Now
from mlterms.memory.state import Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.store.index.reader import Index, open_index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

MORNING = Now(1_794_000_000_000, 0)  # 2026-11-06, 21:20 UTC less the hours that a test may add
DAY = 24 * 3600 * 1000

CARD = """---
title: {title}
topic: basics
needs: [{needs}]
---

What {title} is.

## Questions

### choice: first
Which is {title}?
- [x] this — because
- [ ] that — no

### cloze: second
It is {{{{{title}}}}}.
---
That is its name.

### numeric: third
What is twice {{n}}?
```yaml
draw:
  n: {{from: 1, to: 500, by: 1}}
answer: 2 * n
tolerance: 0
explain: "twice {{n}} is {{answer}}"
```
"""


class StandingClock:
    """A clock for tests: it stands still until it is moved."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> Now:
        return self.time

    def forward(self, milliseconds: int) -> None:
        self.time = self.time.later(milliseconds)


@dataclass
class Table:
    """All that a sitting needs, and a way to begin one."""

    root: Path
    clock: StandingClock
    index: Index
    learner: Learner
    queue: Queue

    def sit(self, **plan: object) -> Sitting:
        return Sitting(self.learner, self.index, self.queue, self.clock, Plan(**plan))  # type: ignore[arg-type]  # as given

    def close(self) -> None:
        self.index.close()
        self.learner.close()

    def reread(self) -> None:
        self.index.close()
        self.index = open_index((self.root,), self.root / "cache")
        self.queue = Queue(self.learner, self.index, self.clock.now())


@pytest.fixture
def set_table_anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Table]]:
    """As `set_table`, for laws: each call is in a folder of its own, and closes the one before."""
    tables: list[Table] = []

    def lay(**terms: list[str]) -> Table:
        while tables:
            tables.pop().close()
        tables.append(lay_table(tmp_path_factory.mktemp("table"), terms))
        return tables[-1]

    yield lay
    while tables:
        tables.pop().close()


def lay_table(folder: Path, terms: dict[str, list[str]]) -> Table:
    content = folder / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "test"\ntitle = "Test"\n[topics]\nbasics = "Basics"\n')
    for name, needs in terms.items():
        text = CARD.format(title=name, needs=", ".join(needs))
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    clock = StandingClock()
    index = open_index((folder,), folder / "cache")
    learner = Learner.open(folder / "learner.db", clock.now())
    return Table(folder, clock, index, learner, Queue(learner, index, clock.now()))


@pytest.fixture
def set_table(tmp_path: Path) -> Iterator[Callable[..., Table]]:
    """`set_table(alpha=[], beta=["alpha"])`: terms and what they need. Three questions a term."""
    tables: list[Table] = []

    def lay(**terms: list[str]) -> Table:
        tables.append(lay_table(tmp_path, terms))
        return tables[-1]

    yield lay
    for table in tables:
        table.close()


def answer(sitting: Sitting, rating: Rating = Rating.GOOD) -> str:
    """Answer the open question with a rating; its id."""
    asked = sitting.ask()
    assert asked is not None
    sitting.give(Verdict(rating > Rating.AGAIN, rating, "", (), None))
    sitting.rate(rating)
    return asked.id


def answer_all(sitting: Sitting, rating: Rating = Rating.GOOD, most: int = 200) -> list[str]:
    asked = []
    while sitting.ask() is not None:
        asked.append(answer(sitting, rating))
        assert len(asked) < most
    return asked
