"""New terms come steadily: a learner who forgets as FSRS says, day after day, over a made-up glossary."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.schedule import retrievability
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

QUESTIONS = 6  # of each term
NEW_A_DAY = 10
DAY = 24 * 3600 * 1000
START = Now(1_794_000_000_000, 0)
KNOWS_A_NEW_ONE, KNOWS_IN_STEPS = 0.75, 0.93


@dataclass
class SimulatedDay:
    """listed: what Today promised in the morning. asked: the new questions that came, in order."""

    listed: list[str]
    asked: list[str] = field(default_factory=list)

    @property
    def opened(self) -> list[str]:
        return [question for question in self.asked if question.endswith("/q0")]


class SimulatedLearner:
    """Answers every day all that the quiz asks; each review is recalled with the probability of FSRS."""

    def __init__(self, folder: Path, terms: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.time = START
        self.learner = Learner.open(folder / "learner.db", START)
        self.learner.connection.execute("PRAGMA synchronous = OFF")
        self.learner.change_settings({"new_per_day": NEW_A_DAY}, START)
        write_glossary(folder, terms, self.rng)
        self.index = open_index((folder,), folder / "cache")
        self.queue = Queue(self.learner, self.index, START)

    def now(self) -> Now:
        return self.time

    def days(self, count: int) -> Iterator[SimulatedDay]:
        for number in range(count):
            self.time = START.later(number * DAY + self.rng.randint(-3, 3) * 3_600_000)
            day = SimulatedDay([new.question for new in self.queue.new_today(self.time, NEW_A_DAY)])
            self.study(day)
            yield day

    def study(self, day: SimulatedDay) -> None:
        sitting = Sitting(self.learner, self.index, self.queue, self, Plan())  # type: ignore[arg-type]  # a clock
        while asked := sitting.ask():
            if sitting.state.phase is Phase.NEW:
                day.asked.append(asked.id)
            knows = self.rng.random() < self.chance(sitting)
            rating = Rating(self.rng.choices((2, 3, 4), (8, 80, 12))[0]) if knows else Rating.AGAIN
            self.time = self.time.later(self.rng.randint(5, 40) * 1000)
            sitting.give(Verdict(knows, rating, "", (), None))
            sitting.rate(rating)

    def chance(self, sitting: Sitting) -> float:
        if sitting.state.phase is Phase.NEW:
            return KNOWS_A_NEW_ONE
        recall = retrievability(self.learner.policy, sitting.state, day_of(self.time))
        assert recall is not None
        return recall if sitting.state.phase is Phase.REVIEW else min(recall, KNOWS_IN_STEPS)


def write_glossary(folder: Path, terms: int, rng: random.Random) -> None:
    content = folder / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    asked = "".join(f"### recall: q{i}\nWhat?\n---\nThis.\n\n" for i in range(QUESTIONS))
    for term in range(terms):
        needs = rng.sample(range(term), min(term, rng.choice((0, 1, 1, 2))))
        front = f"title: t{term}\ntopic: x\nneeds: [{', '.join(f't{need}' for need in needs)}]\n"
        (content / f"t{term}.md").write_text(f"---\n{front}---\n\nText.\n\n## Questions\n\n{asked}")


def check_that_new_terms_come(folder: Path, *, terms: int, seed: int, all_open_by: int, days: int) -> None:
    learner = SimulatedLearner(folder, terms, seed)
    seen: dict[str, int] = {}
    opened: dict[str, int] = {}
    opening_days = 0
    for number, day in enumerate(learner.days(days)):
        if len(opened) < terms:  # later a wrong answer can put a question off, and another one comes
            assert day.listed == day.asked
        assert max(Counter(question.partition("/")[0] for question in day.asked).values(), default=0) <= 2
        for question in day.asked:
            term, _, slug = question.partition("/")
            assert question not in seen
            if term not in opened:
                assert slug == "q0"  # a term opens with its first question
                assert all(need.id in opened for need in learner.index.needs(term))
                opened[term] = number
            else:  # and goes on in the order of its card
                assert f"{term}/q{int(slug[1:]) - 1}" in seen
            seen[question] = number
        if len(opened) < terms or day.opened:
            opening_days += bool(day.opened)
            assert number < all_open_by
        if len(seen) == terms * QUESTIONS:
            break
    assert opening_days >= 0.8 * (max(opened.values()) + 1)
    assert len(seen) == terms * QUESTIONS


def test_every_term_opens_in_its_turn_and_every_question_is_reached(tmp_path: Path) -> None:
    check_that_new_terms_come(tmp_path, terms=40, seed=1, all_open_by=12, days=80)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_150_terms_are_open_by_day_60_and_each_of_their_questions_comes(tmp_path: Path, seed: int) -> None:
    check_that_new_terms_come(tmp_path, terms=150, seed=seed, all_open_by=60, days=200)
