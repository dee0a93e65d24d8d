"""How many answers the next days will ask for, as an expectation over groups of similar questions.

Nothing is drawn at random and nothing is read. Each group is split into what will be recalled and what will
be forgotten, and both parts come back when FSRS says.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlterms.memory.forgetting import forgetting_curve, recall_after
from mlterms.memory.fuzz import whole_days
from mlterms.memory.policy import Policy

if TYPE_CHECKING:
    from fsrs_rs_python import ItemState


class Group(NamedTuple):
    """Questions in review that are due together. day: from today, which is 0. size: how many they are.

    stability: their mean, in days.
    """

    day: int
    size: float
    stability: float


class DayLoad(NamedTuple):
    """What one day is expected to bring.

    reviews: of questions in review. returning: of these, the ones that will have been answered in the
    meantime and come back; how many is not known exactly. lapses: of the reviews, the ones that will be
    forgotten. new: new questions.
    """

    reviews: float
    returning: float
    lapses: float
    new: float


def expected_load(
    policy: Policy, groups: Iterable[Group], new: Sequence[float], difficulty: float, limit: float
) -> list[DayLoad]:
    """The load of the days from today on, one for each number in `new`, if the learner studies each day.

    groups: what is due in these days. new: how many new questions will be started on each day. difficulty:
    1 to 10, of all questions. limit: the most reviews in a day; the rest waits for the next.
    """
    from fsrs_rs_python import FSRS, MemoryState

    model, retention = FSRS(policy.parameters), policy.desired_retention
    pending = _Pending(len(new))
    for group in groups:
        pending.put(group.day, group.size, group.stability, is_returning=False)
    first = _first_review(policy)
    loads = []
    for day, fresh in enumerate(new):
        due = pending.take(day)
        total = sum(count for count, _, _ in due)
        share = min(1.0, limit / total) if total else 1.0
        reviews = returning = lapses = 0.0
        for count, stability, back in due:
            pending.put(day + 1, count * (1 - share), stability, is_returning=back)
            asked = count * share
            waited = _interval(policy, stability)
            recalled = recall_after(policy, stability, waited)
            after = model.next_states(MemoryState(stability, difficulty), retention, waited)
            for part, outcome in ((recalled, after.good), (1 - recalled, after.again)):
                days = whole_days(outcome.interval, policy.maximum_interval)
                pending.put(day + days, asked * part, outcome.memory.stability)
            reviews += asked
            returning += asked * back
            lapses += asked * (1 - recalled)
        pending.put(day + whole_days(first.interval, policy.maximum_interval), fresh, first.memory.stability)
        loads.append(DayLoad(reviews, returning, lapses, fresh))
    return loads


def first_interval(policy: Policy) -> int:
    """The days after which a new question is reviewed for the first time, if each of its steps is Good."""
    return whole_days(_first_review(policy).interval, policy.maximum_interval)


def _first_review(policy: Policy) -> ItemState:
    """What FSRS makes of a new question that is Good at each learning step."""
    from fsrs_rs_python import FSRS

    model, memory = FSRS(policy.parameters), None
    for _ in range(max(1, len(policy.learning_steps))):
        after = model.next_states(memory, policy.desired_retention, 0).good
        memory = after.memory
    return after


def _interval(policy: Policy, stability: float) -> int:
    """The whole days, at least 1, after which recall has fallen to what the learner asks for."""
    factor, decay = forgetting_curve(policy)
    days: float = stability / factor * (policy.desired_retention ** (1 / decay) - 1)
    return whole_days(days, policy.maximum_interval)


class _Pending:
    """What is due on which day. Questions of similar stability (within 40%) become one group."""

    def __init__(self, days: int) -> None:
        self._days: list[dict[tuple[int, bool], list[float]]] = [
            defaultdict(lambda: [0.0, 0.0]) for _ in range(days)
        ]

    def put(self, day: int, count: float, stability: float, *, is_returning: bool = True) -> None:
        if count > 0 and day < len(self._days):
            sums = self._days[day][round(2 * math.log2(stability)), is_returning]
            sums[0] += count
            sums[1] += count * stability

    def take(self, day: int) -> list[tuple[float, float, bool]]:
        """(count, mean stability, whether they come back) of each group of that day."""
        return [(count, total / count, back) for (_, back), (count, total) in self._days[day].items()]
