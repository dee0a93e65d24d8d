"""One question: each of its answers, and how the memory of it faded in between, as FSRS sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.errors import CallError
from mlterms.base.ids import Day, QuestionId
from mlterms.memory.forgetting import recall_after, retrievability
from mlterms.memory.intervals import interval_text, spell_out
from mlterms.memory.policy import Policy
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.term_details import in_one_line
from mlterms.store.mastery import LATER

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.memory.state import CardState
    from mlterms.store.workspace import Workspace

_POINTS = 200  # of a curve, at most


class AnswerAndMemory(NamedTuple):
    """One answer, and the memory of its question at that moment.

    expected: the chance of recall just before; None for a new question. stability (days) and difficulty (1 to
    10): after it; None where the answer left the schedule alone and the question was new.
    """

    day: Day
    rating: Rating
    right: bool
    expected: float | None
    stability: float | None
    difficulty: float | None


@dataclass(frozen=True, slots=True)
class AnswerHistory:
    """The answers to a question, and how its memory faded between them.

    text: what it asks. answers: those that count, oldest first.
    curve: (day, chance of recall) pairs, from the first answer to 30 days after today; it jumps up at each
    answer. now, later: the chance today, and 30 days after. in_steps: it is in its learning steps, and until
    they are over it counts as 0 everywhere. due: in words, like "in 5d".
    """

    question: QuestionId
    title: str
    kind: str
    text: str
    today: Day
    answers: tuple[AnswerAndMemory, ...]
    curve: tuple[tuple[float, float], ...]
    now: float | None
    later: float | None
    in_steps: bool
    due: str
    asked_for: float


def read_history(workspace: Workspace, question: QuestionId, now: Now) -> AnswerHistory:
    """Raises CallError for a question that is in no card."""
    learner = workspace.learner
    found = workspace.index.question(question)
    if found is None:
        raise CallError(f"there is no question {question!r}; mlterms show TERM --json lists them")
    row, asked = found
    today = learner.today(now)
    state = learner.state(question)
    undone = learner.log.undone(question)
    answers, steps = [], []
    for event in learner.events(question):
        if event.kind != "answer" or event.uuid in undone or event.rating is None:
            continue
        after = event.after
        answers.append(
            AnswerAndMemory(
                event.day,
                Rating(event.rating),
                event.is_right,
                event.recall,
                after.stability,
                after.difficulty,
            )
        )
        if after.last_day is not None:
            policy = learner.log.policy(event.policy) if event.policy else learner.policy
            steps.append((policy, after))
    return AnswerHistory(
        question=question,
        title=row.title,
        kind=asked.kind,
        text=in_one_line(asked),
        today=today,
        answers=tuple(answers),
        curve=forgetting(steps, today, LATER),
        now=retrievability(learner.policy, state, today),
        later=retrievability(learner.policy, state, Day(today + LATER)),
        in_steps=state.phase in (Phase.LEARNING, Phase.RELEARNING),
        due=spell_out(interval_text(state, now, learner.policy)),
        asked_for=learner.policy.desired_retention,
    )


def forgetting(
    steps: Sequence[tuple[Policy, CardState]], today: Day, days: int
) -> tuple[tuple[float, float], ...]:
    """The chance of recall over the days: it falls after each answer until the next.

    steps: the policy and the memory after each answer, oldest first. It ends `days` days after today.
    """
    points: list[tuple[float, float]] = []
    first = steps[0][1].last_day if steps else None
    if first is None:
        return ()
    stride = max(1, (today + days - first) // _POINTS)
    for place, (policy, state) in enumerate(steps):
        begin = state.last_day
        last = place + 1 == len(steps)
        end = today + days if last else steps[place + 1][1].last_day
        if begin is None or end is None or state.stability is None or (end <= begin and not last):
            continue
        at = [*range(begin, end, stride), end]
        points += ((float(day), recall_after(policy, state.stability, day - begin)) for day in at)
    return tuple(points)
