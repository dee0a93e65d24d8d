"""Terms that are confused with each other, asked in turn: which questions, and whether an answer counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId, TermId, name_of
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


def why_none(queue: Queue, now: Now, terms: Collection[str] = ()) -> str:
    """Why there is no pair for a contrast sitting, and what starts one, as Markdown. terms: as `line_up`."""
    pairs = [pair for pair in queue.index.contrast_pairs() if not terms or not {*pair}.isdisjoint(terms)]
    started = queue.knowledge.mastery(now).keys()
    new = {pair: [term for term in pair if term not in started] for pair in pairs}
    if not pairs:
        names = " or ".join(_title(queue, term) for term in terms) or "one term"
        return f"No card says that {names} is confused with another term."
    if not all(new.values()):
        return "The questions of these terms cannot be asked today: they are suspended or buried."
    if not terms:
        none_yet = "No two terms that are confused with each other have been started yet."
        return f"{none_yet} `mlterms quiz` starts new terms."
    pair = min(pairs, key=lambda each: len(new[each]))
    call = " ".join(["mlterms quiz", *map(name_of, new[pair])])
    if len(new[pair]) == 2:
        both = " and ".join(_title(queue, term) for term in pair)
        return f"{both} are confused with each other, and neither has been started. `{call}` starts them."
    (missing,) = new[pair]
    other = pair[1 - pair.index(missing)]
    confused = f"{_title(queue, other)} is confused with {_title(queue, missing)}"
    return f"{confused}, which has not been started. `{call}` starts it."


def _title(queue: Queue, term: str) -> str:
    return queue.index.term(term).title


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
