"""A simulated learner, who forgets as FSRS says under parameters of their own."""

from __future__ import annotations

import random
from collections.abc import Sequence

from fsrs_rs_python import FSRS

from mlterms.base.ids import Day
from mlterms.memory.history import History, Review
from mlterms.memory.policy import DEFAULT_PARAMETERS

# Somebody who forgets sooner than most at first, and later more slowly.
OTHER_PARAMETERS = (
    *(0.1, 0.6, 1.1, 5.0),
    *(7.0, 0.83, 3.0, 0.001),
    *(1.6, 0.2, 0.75),
    *(1.8, 0.06, 0.35, 1.9),
    *(0.6, 1.87),
    *(0.6, 0.09, 0.13),
    0.35,
)
_FIRST_RIGHT = 0.6  # the share of first answers that are right


def simulate(
    questions: int, new_a_day: int, days: int, seed: int, truth: Sequence[float] = OTHER_PARAMETERS
) -> list[History]:
    """The answers to `questions` questions, `new_a_day` new ones a day, over `days` days.

    truth: the parameters under which this learner forgets. The reviews come when the default parameters
    expect a recall of 90%. A question that was forgotten is answered once more on the same day.
    """
    rng = random.Random(seed)
    memory, schedule = FSRS(list(truth)), FSRS(list(DEFAULT_PARAMETERS))
    answers: list[tuple[int, int, int, int]] = []  # day, number, question, rating
    for question in range(questions):
        day, last, true, believed = question // new_a_day, question // new_a_day, None, None
        while day < days:
            elapsed = day - last
            next_true = memory.next_states(true, 0.9, elapsed)
            recall = _FIRST_RIGHT if true is None else _recall(true.stability, elapsed, truth[20])
            right = rng.random() < recall
            next_believed = schedule.next_states(believed, 0.9, elapsed)
            true = (next_true.good if right else next_true.again).memory
            after = next_believed.good if right else next_believed.again
            believed = after.memory
            answers.append((day, len(answers), question, 3 if right else 1))
            last = day
            if not right:
                true = memory.next_states(true, 0.9, 0).good.memory
                after = schedule.next_states(believed, 0.9, 0).good
                believed = after.memory
                answers.append((day, len(answers), question, 3))
            day += max(1, round(after.interval * rng.uniform(0.9, 1.1)))
    histories: list[list[Review]] = [[] for _ in range(questions)]
    for at, (day, _, question, rating) in enumerate(sorted(answers)):
        histories[question].append(Review(Day(day), rating, at))
    return [history for history in histories if history]


def _recall(stability: float, elapsed: int, decay: float) -> float:
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * elapsed / stability) ** -decay)


def example_learner() -> list[History]:
    """The learner of the demonstration: half a year, 600 questions. Always the same answers."""
    return simulate(questions=600, new_a_day=6, days=180, seed=1)
