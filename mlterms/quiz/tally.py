"""What a sitting adds up to, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.record import record
from mlterms.memory.state import CERTAIN, Phase
from mlterms.store.log.event import PAUSE

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.base.ids import QuestionId
    from mlterms.quiz.choose import Plan, SittingProgress
    from mlterms.store.counts import Counts
    from mlterms.store.log.event import Event
    from mlterms.store.queue import Queue


@record
class Tally:
    """The totals of a sitting. right: of the answered, those that were right. new: new questions that
    were started. seconds: time spent, with the reading after each answer but the last, and without pauses.

    sure: how many answers the learner was certain of; sure_and_right: how many of these were right.
    """

    answered: int = 0
    right: int = 0
    new: int = 0
    seconds: float = 0.0
    sure: int = 0
    sure_and_right: int = 0


def tally_of(answers: Sequence[Event]) -> Tally:
    """The totals of some answers, the oldest first; of a wrong guess before the card was
    shown, only the time counts."""
    seconds = _seconds_spent(answers)
    answers = [event for event in answers if not event.is_wrong_guess]
    sure = [event for event in answers if event.confidence == CERTAIN]
    return Tally(
        answered=len(answers),
        right=sum(event.is_right for event in answers),
        new=sum(event.starts_question for event in answers),
        seconds=seconds,
        sure=len(sure),
        sure_and_right=sum(event.is_right for event in sure),
    )


def _seconds_spent(answers: Sequence[Event]) -> float:
    """The seconds from answer to answer; where that was a pause, those of the answer alone."""
    spent, before = 0.0, None
    for event in answers:
        wait = 0 if before is None else event.at - before
        spent += max(event.seconds or 0.0, wait / 1000 if wait < PAUSE else 0.0)
        before = event.at
    return spent


def missed_in(answers: Sequence[Event]) -> tuple[QuestionId, ...]:
    """The questions that were answered wrongly at least once, in the order of their first mistakes."""
    missed = {event.question: None for event in answers if not event.is_right and not event.is_wrong_guess}
    return tuple(question for question in missed if question)


def rights_in(answers: Sequence[Event]) -> list[bool]:
    """Whether each answer was right, without wrong guesses."""
    return [event.is_right for event in answers if not event.is_wrong_guess]


_MANY = 10_000  # questions; no glossary has as many


def left_to_ask(queue: Queue, plan: Plan, progress: SittingProgress, now: Now) -> str:
    """What is left of a sitting, such as `3 due, 5 new, 4 to see again`, `practice, 3 of 8` or `contrast, 3
    left`; where it has no natural end, which question this is: `question 3`."""
    if plan.limit is not None:
        return f"{min(progress.asked + 1, plan.limit)} of {plan.limit}"  # after an undo there is one more
    terms = plan.terms or None
    if plan.contrast or plan.questions:
        left = len({*progress.line_up} - progress.seen - progress.excluded)
        words = f"{'contrast' if plan.contrast else 'practice'}, {left} left"
        return f"{words}, {len(progress.missed)} to see again" if progress.missed else words
    if plan.mode == "cram":
        every = {each.question for each in queue.every(now, _MANY, terms)}  # one may come from an undo
        return f"practice, {progress.asked + 1} of {len((every - progress.excluded) | progress.seen)}"
    if plan.mode != "scheduled":
        return f"question {progress.asked + 1}"
    counts = _without_skipped(queue.counts(now, terms), queue, plan, progress, now)
    parts = (
        (counts.put_right, "to put right"),
        (counts.due, "due"),
        (counts.new, "new"),
        (counts.learning, "to see again"),
    )
    return ", ".join(f"{count} {name}" for count, name in parts if count)


def _without_skipped(counts: Counts, queue: Queue, plan: Plan, progress: SittingProgress, now: Now) -> Counts:
    """What is left of `counts` in a sitting: without the questions that it does not ask any more, and with
    the new ones that its plan leaves."""
    terms, today = plan.terms or None, queue.learner.today(now)
    new = counts.new if plan.new is None else plan.new - progress.new
    if plan.new is not None or progress.excluded:
        new = len(queue.new_today(now, new, terms, (progress.skipped, progress.broken)))
    if not progress.skipped:
        return counts._replace(new=new)
    states = [queue.learner.state(question) for question in progress.skipped]
    in_steps = sum(state.due_at is not None for state in states)
    early = sum(state.is_ahead_of_time(today) for state in states)
    reviews = sum(state.due_at is None and state.phase is not Phase.NEW for state in states) - early
    if terms is None:  # where terms are named, their new questions are counted as such
        early += sum(each.is_new and each.question in progress.skipped for each in queue.follow_ups(today))
    return counts._replace(
        due=max(0, counts.due - reviews),
        learning=max(0, counts.learning - in_steps),
        new=new,
        put_right=max(0, counts.put_right - early),
    )
