"""How a new term begins: with its card, or with a guess before the card is shown.

A right guess is an ordinary answer. A wrong one moves no schedule and is not a lapse: the card is shown, and
the question is asked again as if nothing had been. Which way a term begins is drawn by a coin of
the learner's own, and the answer says which it was, so that both ways can be compared later: `compare` in
store/beginnings.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.config import GUESS_FIRST
from mlterms.store.log.event import CARD, GUESS

if TYPE_CHECKING:
    from mlterms.base.ids import Day, QuestionId
    from mlterms.glossary.types import Question
    from mlterms.store.log.event import Event
    from mlterms.store.log.learner import Learner

_OFF, _MIXED, _ALWAYS = GUESS_FIRST

RESTS_FOR = 3
"""How many other questions are asked between a wrong guess and its question."""


def way_of_beginning(setting: str, learner: str, term: str, question: Question) -> str:
    """GUESS or CARD for a new term whose first question is this one; "" where nothing can be guessed.

    setting: one of GUESS_FIRST. learner: what the learner's coin comes from. term: its global id.
    """
    if question.kind not in ("choice", "predict"):
        return ""
    if setting == _MIXED:
        import random  # a millisecond, and at a start mostly not needed

        return GUESS if random.Random(f"{learner} {term}").random() < 0.5 else CARD
    return GUESS if setting == _ALWAYS else CARD


def wrongly_guessed(answers: Sequence[Event]) -> frozenset[QuestionId]:
    """The questions whose wrong guess was among the last few of these answers."""
    recent = answers[-RESTS_FOR:]
    return frozenset(event.question for event in recent if event.is_wrong_guess and event.question)


def guesses_to_repeat(answers: Sequence[Event]) -> tuple[QuestionId, ...]:
    """The questions whose last answer was a wrong guess, oldest first."""
    last = {event.question: event.is_wrong_guess for event in answers if event.question}
    return tuple(question for question, is_wrong_guess in last.items() if is_wrong_guess)


def last_tried(learner: Learner, question: QuestionId) -> Day | None:
    """The day of the last guess at a question that is new all the same; None if there was none."""
    undone, last = learner.log.undone(question), None
    for event in learner.events(question):
        if event.kind == "answer" and event.uuid not in undone:
            last = event.day
    return last
