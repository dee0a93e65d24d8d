"""The next question of a sitting, made concrete; those that cannot be asked are passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError
from mlterms.base.ids import QuestionId
from mlterms.quiz.choose import Plan, Progress, choose
from mlterms.quiz.instance import Instance, make
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

PassedOver = dict[QuestionId, str]
"""Questions that cannot be asked, with the reason; "" for one whose file went since the queue was read."""


def next_question(
    learner: Learner, queue: Queue, now: Now, plan: Plan, progress: Progress, seed: Callable[[], int]
) -> tuple[Instance | None, PassedOver]:
    """The next question with fresh numbers, or None if there is none, and what was passed over on the way."""
    passed_over: PassedOver = {}
    while row := choose(learner, queue, now, plan, progress):
        found = queue.index.question(row.question)
        if found is None:
            passed_over[row.question] = ""
        else:
            term, question = found
            try:
                return make(row.question, term.title, question, seed()), passed_over
            except MltermsError as error:
                passed_over[row.question] = f"{row.question} cannot be asked: {error}"
        progress = replace(progress, broken=progress.broken | {row.question})
    return None, passed_over
