"""A simulated year of a learner who forgets as FSRS says, through the quiz's own queue, log and scheduler.

    python benchmarks/year.py [retention …]          default: 0.80 0.90 0.95

2,000 questions of 250 terms, 20 new a day; everything that is asked is answered every day. Printed for each
desired retention:

- recalled: the share of the reviews that was recalled;
- after a day or more: the same of the reviews whose question could wait for a day. No interval is
  shorter than a day, though a question that was just forgotten should come back sooner;
- reviews: how many there were; answers a day: with learning steps;
- busiest / median: the busiest day as a multiple of the median of its month, the highest of all months;
- known: how many questions would be recalled on the last day.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from mlterms.base.clock import Now
from mlterms.base.ids import QuestionId
from mlterms.memory.days import day_of
from mlterms.memory.forgetting import recall_after
from mlterms.memory.schedule import days_given, preview
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.quiz.choose import Plan, SittingProgress, choose
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.queue import Queue

PER_TERM = 8
NEW_A_DAY = 20
MONTH = 30
START = Now(1_795_248_000_000, 3600)  # 2026-11-21 09:00
DAY = 24 * 3600 * 1000
SECONDS_AN_ANSWER = 20

# How a new question, a step, and a review that is recalled are rated: the usual shares.
FIRST = {Rating.AGAIN: 0.24, Rating.HARD: 0.09, Rating.GOOD: 0.50, Rating.EASY: 0.17}
STEP = {Rating.AGAIN: 0.12, Rating.HARD: 0.05, Rating.GOOD: 0.78, Rating.EASY: 0.05}
RECALLED = {Rating.HARD: 0.08, Rating.GOOD: 0.84, Rating.EASY: 0.08}


@dataclass
class Year:
    """What a simulated time brought, day by day.

    reviews, right: of questions in review. expected: the chance of recall at each review. timely: whether
    each was recalled whose question could wait for a day. known: how many questions would be recalled on the
    last day.
    """

    retention: float
    expected: list[float] = field(default_factory=list)
    timely: list[bool] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    reviews: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    known: float = 0.0

    @property
    def recalled(self) -> float:
        """The share of the reviews that were recalled."""
        return sum(self.right) / max(1, sum(self.reviews))

    @property
    def worst_day(self) -> float:
        """The busiest day as a multiple of the median of its month, at most over all months."""
        months = [self.reviews[first : first + MONTH] for first in range(0, len(self.reviews), MONTH)]
        full = [month for month in months if len(month) == MONTH]
        return max(max(month) / max(1, statistics.median(month)) for month in full)


def write_deck(root: Path, terms: int) -> None:
    """Terms of eight questions; most need a term shortly before them."""
    content = root / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "year"\ntitle = "Year"\n[topics]\nx = "X"\n')
    for term in range(terms):
        needs = f"t{term - 1 - term % 3:04d}" if term % 7 and term > 3 else ""
        asked = "\n".join(f"### choice: q{i}\nWhich?\n- [x] a\n- [ ] b\n" for i in range(PER_TERM))
        text = (
            f"---\ntitle: term {term}\ntopic: x\nneeds: [{needs}]\n---\n\nA term.\n\n## Questions\n\n{asked}"
        )
        (content / f"t{term:04d}.md").write_text(text)


class SimulatedLearner:
    """Answers every day all that is asked. A review is recalled with the probability that FSRS gives it."""

    def __init__(self, folder: Path, terms: int, retention: float, seed: int = 1) -> None:
        write_deck(folder, terms)
        self.rng = random.Random(seed)
        self.index = open_index((folder,), folder / "cache")
        self.learner = Learner.open(folder / "learner.db", START)
        self.learner.connection.execute("PRAGMA synchronous = OFF")
        limits = {"new_per_day": NEW_A_DAY, "reviews_per_day": 9999}
        self.learner.change_settings({"desired_retention": retention, **limits}, START)
        self.queue = Queue(self.learner, self.index, START)

    def live(self, days: int) -> Year:
        year = self.year = Year(self.learner.policy.desired_retention)
        for number in range(days):
            self._study(START.later(number * DAY))
            totals = self.learner.day(day_of(START.later(number * DAY)))
            year.answers.append(totals.answered)
            year.reviews.append(totals.reviews)
            year.right.append(totals.reviews_right)
        last = day_of(START.later((days - 1) * DAY))
        rows = self.learner.connection.execute("SELECT stability, last_day FROM card WHERE phase = 2")
        year.known = sum(recall_after(self.learner.policy, s, last - day) for s, day in rows)
        return year

    def close(self) -> None:
        self.learner.close()
        self.index.close()

    def _study(self, now: Now) -> None:
        seen: set[QuestionId] = set()
        progress = SittingProgress()
        while row := choose(self.learner, self.queue, now, Plan(), progress):
            question = row.question
            self._answer(question, now)
            seen.add(question)
            progress = SittingProgress(progress.asked + 1, seen=frozenset(seen), last=question)
            now = now.later(1000 * SECONDS_AN_ANSWER)

    def _answer(self, question: QuestionId, now: Now) -> None:
        state, policy = self.learner.state(question), self.learner.policy
        shown = preview(policy, state, now, question, self.queue.load_of(question, now))
        days = days_given(shown, day_of(now))
        rating = self._rating(state, now)
        answer = Answer(question, rating, seconds=SECONDS_AN_ANSWER, days=days)
        assert self.learner.answer(answer, state, now).after == shown[rating]

    def _rating(self, state: CardState, now: Now) -> Rating:
        shares = FIRST if state.phase is Phase.NEW else STEP
        if state.phase is Phase.REVIEW:
            assert state.stability is not None
            assert state.last_day is not None
            recalled = recall_after(self.learner.policy, state.stability, day_of(now) - state.last_day)
            is_right = self.rng.random() < recalled
            self.year.expected.append(recalled)
            if recall_after(self.learner.policy, state.stability, 1) >= self.year.retention:
                self.year.timely.append(is_right)
            if not is_right:
                return Rating.AGAIN
            shares = RECALLED
        return self.rng.choices(list(shares), list(shares.values()))[0]


def simulate(retention: float, terms: int = 250, days: int = 365, seed: int = 1) -> Year:
    with tempfile.TemporaryDirectory() as folder:
        learner = SimulatedLearner(Path(folder), terms, retention, seed)
        try:
            return learner.live(days)
        finally:
            learner.close()


def main(retentions: list[float]) -> None:
    print("asked for   recalled   after a day or more   reviews   answers a day   busiest / median   known")
    for retention in retentions:
        year = simulate(retention)
        print(
            f"{retention:9.0%}   {year.recalled:8.1%}   {statistics.mean(year.timely):19.1%}   "
            f"{sum(year.reviews):7,}   {statistics.mean(year.answers):13.1f}   {year.worst_day:16.2f}   "
            f"{year.known:5,.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main([float(value) for value in sys.argv[1:]] or [0.80, 0.90, 0.95])
