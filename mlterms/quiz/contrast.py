"""Terms that are confused with each other, asked in turn: which questions, and whether an answer counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId, TermId
from mlterms.memory.state import CardState, Phase

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.queue import Queue

PAIRS = 4
"""The maximum number of pairs in one sitting."""

_OF_A_TERM = 2  # questions that are asked of each


def line_up(queue: Queue, now: Now, terms: Collection[str] = (), most: int = PAIRS) -> tuple[QuestionId, ...]:
    """The questions of a contrast sitting in their order: the pairs that are known worst first, and of each
    pair one term after the other. () while of no pair both terms are started. terms: only their pairs.
    most: how many pairs."""
    mastery = queue.knowledge.mastery(now)
    pairs = [
        pair
        for pair in queue.index.contrast_pairs()
        if mastery.keys() >= {*pair} and (not terms or not {*pair}.isdisjoint(terms))
    ]
    pairs.sort(key=lambda pair: mastery[pair[0]] + mastery[pair[1]])
    today = queue.learner.today(now)
    found: list[QuestionId] = []
    for pair in pairs:
        if most <= 0:
            break
        sides = [_questions(queue, term, today, found) for term in pair]
        if all(sides):
            found += [side[i] for i in range(_OF_A_TERM) for side in sides if i < len(side)]
            most -= 1
    return tuple(found)


def can_contrast(queue: Queue, now: Now, terms: Collection[str] = ()) -> bool:
    """Whether there is a pair for a contrast sitting."""
    return bool(line_up(queue, now, terms, most=1))


def _questions(queue: Queue, term: TermId, today: Day, taken: Collection[str]) -> list[QuestionId]:
    """Some questions of a term that were asked before, those that were asked longest ago."""
    asked = []
    for question in queue.index.questions_of(term):
        card = queue.learner.card(question)
        if card is None or card.state.last_day is None or card.state.phase is Phase.NEW:
            continue
        if not card.suspended and not card.is_buried(today) and question not in taken:
            asked.append((card.state.last_day, question))
    return [question for _, question in sorted(asked)[:_OF_A_TERM]]


def is_due(state: CardState, now: Now, today: Day) -> bool:
    """Whether a question is due, so that an answer in a contrast sitting counts for its schedule."""
    if state.due_at is not None:
        return state.due_at <= now.at
    return state.due_day is not None and not state.is_ahead_of_time(today)
