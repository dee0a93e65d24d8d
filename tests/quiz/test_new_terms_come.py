"""New terms come steadily: a learner who forgets as FSRS says, day after day, over a made-up glossary and
over the cards that come with mlterms."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mlterms.base.clock import Now
from mlterms.base.ids import term_of
from mlterms.base.paths import bundle
from mlterms.glossary.types import Choice
from mlterms.memory.days import day_of
from mlterms.memory.forgetting import retrievability
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
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
    """listed: what Today promised in the morning. asked: the new questions that came, in order. opened: the
    terms that were new."""

    listed: list[str]
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


class SimulatedLearner:
    """Answers every day all that the quiz asks; each review is recalled with the probability of FSRS. A wrong
    answer to a choice betrays one of the mistaken beliefs that its options stand for."""

    def __init__(self, folder: Path, root: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.time = START
        self.learner = Learner.open(folder / "learner.db", START)
        self.learner.connection.execute("PRAGMA synchronous = OFF")
        self.learner.change_settings({"new_per_day": NEW_A_DAY}, START)
        self.index = open_index((root,), folder / "cache")
        self.queue = Queue(self.learner, self.index, START)

    def now(self) -> Now:
        return self.time

    def days(self, count: int) -> Iterator[SimulatedDay]:
        for number in range(count):
            self.time = START.later(number * DAY + self.rng.randint(-3, 3) * 3_600_000)
            day = SimulatedDay(self.promised())
            self.study(day)
            yield day

    def promised(self) -> list[str]:
        """The new questions of the morning's Today: those that put a mistake right come first."""
        before = [each.question for each in self.queue.follow_ups(day_of(self.time)) if each.is_new]
        counts = self.queue.counts(self.time)
        new = [each.question for each in self.queue.new_today(self.time, counts.new)]
        assert len(before[:NEW_A_DAY]) + counts.new <= NEW_A_DAY
        assert counts.put_right >= len(before[:NEW_A_DAY])
        return before[:NEW_A_DAY] + new

    def study(self, day: SimulatedDay) -> None:
        sitting = Sitting(self.learner, self.index, self.queue, self, Plan())  # type: ignore[arg-type]  # a clock
        while asked := sitting.ask():
            if sitting.state.phase is Phase.NEW:
                day.asked.append(asked.id)
                if not self.queue.is_started(asked.term):
                    day.opened.append(asked.term)
            knows = self.rng.random() < self.chance(sitting)
            rating = Rating(self.rng.choices((2, 3, 4), (8, 80, 12))[0]) if knows else Rating.AGAIN
            self.time = self.time.later(self.rng.randint(5, 40) * 1000)
            sitting.give(Verdict(knows, rating, "", (), None if knows else self.mistake(asked)))
            sitting.rate(rating)

    def chance(self, sitting: Sitting) -> float:
        if sitting.state.phase is Phase.NEW:
            return KNOWS_A_NEW_ONE
        recall = retrievability(self.learner.policy, sitting.state, day_of(self.time))
        assert recall is not None
        return recall if sitting.state.phase is Phase.REVIEW else min(recall, KNOWS_IN_STEPS)

    def mistake(self, asked: Instance) -> dict[str, str] | None:
        options = asked.question.options if isinstance(asked.question, Choice) else ()
        beliefs = [option.misconception for option in options if option.misconception]
        return {"misconception": self.rng.choice(beliefs)} if beliefs else None


def write_glossary(folder: Path, terms: int, rng: random.Random) -> None:
    content = folder / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    asked = "".join(f"### recall: q{i}\nWhat?\n---\nThis.\n\n" for i in range(QUESTIONS))
    for term in range(terms):
        needs = rng.sample(range(term), min(term, rng.choice((0, 1, 1, 2))))
        front = f"title: t{term}\ntopic: x\nneeds: [{', '.join(f't{need}' for need in needs)}]\n"
        (content / f"t{term}.md").write_text(f"---\n{front}---\n\nText.\n\n## Questions\n\n{asked}")


def check_that_new_terms_come(learner: SimulatedLearner, *, all_open_by: int, days: int) -> list[str]:
    """The new questions, in the order in which they came."""
    terms, questions = len(learner.index.terms()), learner.index.question_ids()
    seen: list[str] = []
    opened: set[str] = set()
    opening_days = needed_days = 0
    for number, day in enumerate(learner.days(days)):
        if len(opened) < terms:  # later a wrong answer can put a question off, and another one comes
            assert day.listed == day.asked
            needed_days += 1
            opening_days += bool(day.opened)
            assert number < all_open_by
        assert max(Counter(term_of(question) for question in day.asked).values(), default=0) <= 2
        for term in day.opened:
            needs = {need.id for need in learner.index.needs(term) if need.has_card}
            assert needs <= opened | set(day.opened[: day.opened.index(term)])
        opened.update(day.opened)
        seen += day.asked
        if len(seen) == len(questions):
            break
    assert len(opened) == terms
    assert opening_days >= 0.8 * needed_days
    assert sorted(seen) == sorted(questions)  # each was reached, and was new once
    return seen


def check_that_each_card_goes_in_order(seen: list[str]) -> None:
    """No question before the one that stands before it on the card, as long as no mistake is put right."""
    ranks: Counter[str] = Counter()
    for question in seen:
        term, _, slug = question.partition("/")
        assert slug == f"q{ranks[term]}"
        ranks[term] += 1


def test_every_term_opens_in_its_turn_and_every_question_is_reached(tmp_path: Path) -> None:
    write_glossary(tmp_path, 40, random.Random(1))
    learner = SimulatedLearner(tmp_path, tmp_path, 1)
    check_that_each_card_goes_in_order(check_that_new_terms_come(learner, all_open_by=12, days=80))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_150_terms_are_open_by_day_60_and_each_of_their_questions_comes(tmp_path: Path, seed: int) -> None:
    write_glossary(tmp_path, 150, random.Random(seed))
    learner = SimulatedLearner(tmp_path, tmp_path, seed)
    check_that_each_card_goes_in_order(check_that_new_terms_come(learner, all_open_by=60, days=200))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_all_terms_of_mlterms_are_open_by_day_60_and_each_question_comes(tmp_path: Path, seed: int) -> None:
    """Mistaken beliefs, which wrong options stand for, bring other questions ahead of their turn."""
    learner = SimulatedLearner(tmp_path, bundle(), seed)
    assert len(learner.index.terms()) >= 148
    seen = check_that_new_terms_come(learner, all_open_by=60, days=200)
    for term in {term_of(question) for question in seen}:
        first = next(question for question in seen if term_of(question) == term)
        assert first == learner.index.questions_of(term)[0]
