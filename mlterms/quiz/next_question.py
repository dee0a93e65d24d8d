"""The next question of a sitting, made concrete; those that cannot be asked are passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError
from mlterms.base.ids import QuestionId
from mlterms.quiz.choose import Plan, SittingProgress, choose
from mlterms.quiz.instance import Instance, make
from mlterms.store.log.learner import Event, Learner
from mlterms.store.queue import Queue

PassedOver = dict[QuestionId, str]
"""Questions that cannot be asked, with the reason; "" for one whose file went since the queue was read."""


_TRIES = 20  # to draw other numbers than the last time


def next_question(
    learner: Learner,
    queue: Queue,
    now: Now,
    plan: Plan,
    progress: SittingProgress,
    seed: Callable[[], int],
    answers: Sequence[Event] = (),
) -> tuple[Instance | None, PassedOver]:
    """The next question with fresh numbers, or None if there is none, and what was passed over on the way.

    answers: of this sitting. A question that comes back has other numbers than the last time, or where it has
    none another order of its options, if there is one.
    """
    passed_over: PassedOver = {}
    while row := choose(learner, queue, now, plan, progress):
        found = queue.index.question(row.question)
        if found is None:
            passed_over[row.question] = ""
        else:
            term, question = found
            try:
                made = make(row.question, term.title, question, seed())
                last = _last_asked(answers, row.question)
                for _ in range(_TRIES if last else 0):
                    if not _is_same(made, last):
                        break
                    made = make(row.question, term.title, question, seed())
                return made, passed_over
            except MltermsError as error:
                passed_over[row.question] = f"{row.question} cannot be asked: {error}"
        progress = replace(progress, broken=progress.broken | {row.question})
    return None, passed_over


def _last_asked(answers: Sequence[Event], question: QuestionId) -> Mapping[str, Any]:
    """How a question was asked the last time in a sitting; {} if it was not."""
    return next((event.asked for event in reversed(answers) if event.question == question), {})


def _is_same(made: Instance, last: Mapping[str, Any]) -> bool:
    """Whether the numbers are the same, or where there are none, the order of the options."""
    now = made.pack()
    drawn = "values" if now["values"] else "order"
    return bool(now[drawn] == last.get(drawn))
