"""What to ask next. It decides, and changes nothing.

A sitting of certain questions (a contrast, or what was wrong before) goes through its line-up until each is
right. Practice goes through all cards. Any other sitting asks, in this order:

1. learning steps that are due, but for the two questions that were answered last;
2. follow-ups of an earlier day: what showed a mistaken belief, or was certain and wrong;
3. reviews, with new questions among them;
4. new questions that rested after a wrong guess;
5. learning steps that fall due soon;
6. learning steps of those two;
7. what was answered wrongly here and has no step left today.

Reviews of a term that was asked today come after all others, so that questions of one term are a day apart
wherever something else can be asked. Which new question comes is the policy of `store/new_questions.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from mlterms.base.clock import Now
from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.memory.days import day_of
from mlterms.memory.state import Phase
from mlterms.quiz.beginning import resting
from mlterms.store.log.learner import Event, Learner
from mlterms.store.queue import Due, Queue

SOON = 20 * 60 * 1000
"""How many milliseconds early a learning step may be asked when nothing else is left: Anki's default."""

ANSWERS_PER_NEW = 3
"""A new question has its turn after this many answers, so that new terms do not all come at the end."""

_MOST_ROWS = 50
"""How many due reviews are read, to find one of a term that was not asked today."""

_FIRST_ROWS = 8  # of them; mostly one of these will do


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sitting asks.

    terms: only these (global ids), or () for all. limit: the maximum number of questions. new: the maximum
    number of new ones, instead of what the day's limit leaves. mode: `scheduled`, `ahead` (reviews before
    their day) or `cram` (practice that leaves the schedule alone).
    contrast: terms that are confused with each other, in turn; with the mode `cram`, since only what is due
    moves its schedule. questions: only these, each until it is right; with the mode `cram`.
    """

    terms: tuple[str, ...] = ()
    limit: int | None = None
    new: int | None = None
    mode: str = "scheduled"
    contrast: bool = False
    questions: tuple[QuestionId, ...] = ()

    def after(self, new: int) -> Plan:
        """What is left of it once that many new questions were asked."""
        return self if self.new is None else replace(self, new=max(0, self.new - new))


@dataclass(frozen=True, slots=True)
class Progress:
    """What a sitting has done so far.

    asked: how many questions were answered; new: how many of them were new; seen: which. skipped: questions
    that the learner does not want in this sitting. broken: those that cannot be asked. last: the one answered
    last, here or in the sitting before. recent: the two answered last here. resting: those that were just
    guessed at, and wrongly. missed: those whose last answer was wrong, the one that waits longest first.
    line_up: of a sitting that asks certain questions, all of them.
    """

    asked: int = 0
    new: int = 0
    seen: frozenset[QuestionId] = frozenset()
    skipped: frozenset[QuestionId] = frozenset()
    broken: frozenset[QuestionId] = frozenset()
    last: str = ""
    recent: frozenset[QuestionId] = frozenset()
    resting: frozenset[str] = frozenset()
    missed: tuple[QuestionId, ...] = ()
    line_up: tuple[QuestionId, ...] = ()

    @classmethod
    def of(
        cls, answers: Sequence[Event], skipped: frozenset[QuestionId], broken: frozenset[QuestionId]
    ) -> Progress:
        """The progress of a sitting with these answers, oldest first."""
        return cls(
            asked=len(answers),
            new=sum(event.before.phase is Phase.NEW and not event.is_wrong_guess for event in answers),
            seen=frozenset(event.question for event in answers if event.question),
            skipped=skipped,
            broken=broken,
            last=(answers[-1].question or "") if answers else "",
            recent=frozenset(event.question for event in answers[-2:] if event.question),
            resting=resting(answers),
            missed=_missed(answers),
        )

    @property
    def gone(self) -> frozenset[QuestionId]:
        """The questions that are not asked in this sitting any more."""
        return self.skipped | self.broken


def choose(learner: Learner, queue: Queue, now: Now, plan: Plan, progress: Progress) -> Due | None:
    """The question to ask next, or None when there is nothing left to ask."""
    if plan.limit is not None and progress.asked >= plan.limit:
        return None
    if plan.contrast or plan.questions:
        return _next_in_line(progress)
    if plan.mode == "cram":
        done = progress.seen | progress.gone
        rows = queue.every(now, _MOST_ROWS + len(done), plan.terms or None)
        return next(iter(_without(rows, done)), None)
    enough = len(progress.gone) + 3  # one that is not skipped, nor one of the two that were just answered
    learning = _without(queue.learning_due(now, plan.terms or None, enough), progress.gone)
    if waited := _without(learning, progress.recent):
        return waited[0]
    today = _Today(learner, queue, day_of(now, learner.policy.rollover_hour), plan, progress)
    follow_up = today.follow_up()
    if follow_up is not None:
        return follow_up
    review, asked_today = today.review(), today.asked
    is_turn_of_new = progress.asked % (ANSWERS_PER_NEW + 1) == ANSWERS_PER_NEW
    if review is not None and not is_turn_of_new and not asked_today[review.term]:
        return review
    fresh = _least_asked(today.new(progress.resting), asked_today)
    if fresh is not None and not plan.terms and _jumps_ahead(queue, fresh, progress):
        fresh = None
    if review is not None and fresh is not None:
        return fresh if is_turn_of_new or asked_today[review.term] > asked_today[fresh.term] else review
    if review is not None or fresh is not None:
        return review or fresh
    if progress.resting and (rested := today.new(frozenset())):
        return rested[0]
    soon = queue.learning_due(now.later(SOON), plan.terms or None, enough)
    others = _without(soon, progress.gone | {progress.last})
    steps = _without(others, progress.recent) or others or learning
    return steps[0] if steps else today.missed_again()


class _Today:
    """What a sitting could ask today, within the day's limits. asked: how often each term was asked today, in
    this sitting, or once if it was before."""

    def __init__(self, learner: Learner, queue: Queue, day: Day, plan: Plan, progress: Progress) -> None:
        self._learner, self._queue, self._plan, self._progress = learner, queue, plan, progress
        here = Counter[str](term_of(question) for question in progress.seen)
        self.asked = here | Counter(queue.terms_answered(day))
        self._so_far = learner.day_so_far(day)
        self._reviews_left = learner.settings.reviews_per_day - self._so_far.reviews
        if plan.new is not None:
            self._new_left = plan.new - progress.new
        else:
            self._new_left = learner.settings.new_per_day - self._so_far.new

    def follow_up(self) -> Due | None:
        """A question that is asked ahead of its turn, because of an earlier wrong answer."""
        if self._plan.mode != "scheduled":
            return None
        gone, terms = self._progress.gone | self._progress.seen, self._plan.terms
        for question, is_new, _ in self._queue.follow_ups(self._so_far.day):
            left = self._new_left if is_new else self._reviews_left
            if left > 0 and question not in gone and (not terms or term_of(question) in terms):
                return Due(question, term_of(question))
        return None

    def review(self) -> Due | None:
        """The review whose term was asked least today, of those that come next."""
        review = None
        for most_rows in (_FIRST_ROWS, _MOST_ROWS):
            rows = self._next_reviews(most_rows)
            review = _least_asked(rows, self.asked)
            if review is None or not self.asked[review.term] or len(rows) < most_rows:
                break
        return review

    def _next_reviews(self, most_rows: int) -> list[Due]:
        terms, today, gone = self._plan.terms or None, self._so_far.day, self._progress.gone
        if self._plan.mode == "ahead":
            gone |= self._progress.seen
            waiting = self._queue.reviews_due(today, most_rows, terms, gone, all_overdue=True)
            return waiting or _without(self._queue.ahead(today, most_rows + len(gone), terms), gone)
        return self._queue.reviews_due(today, most_rows, terms, gone) if self._reviews_left > 0 else []

    def new(self, resting: frozenset[str]) -> list[Due]:
        """The new question that comes next; of certain terms, all of theirs. resting: those that wait."""
        if self._plan.mode == "ahead" or self._new_left <= 0:
            return []
        day, skipped, broken = self._so_far.day, self._progress.skipped, self._progress.broken
        if self._plan.terms:
            gone = skipped | broken | resting
            return _without(self._queue.new(day, _MOST_ROWS + len(gone), self._plan.terms), gone)
        row = self._queue.next_new(day, skipped | resting, broken, self._so_far.new)
        return [] if row is None else [row]

    def missed_again(self) -> Due | None:
        """A question that was answered wrongly in this sitting and has no step left today: where the learner
        has set no steps, or steps of a day, it comes back all the same until it is right once."""
        if self._plan.mode != "scheduled" or self._reviews_left <= 0:
            return None
        for question in self._progress.missed:
            is_in_steps = self._learner.state(question).due_at is not None
            if question not in self._progress.gone | {self._progress.last} and not is_in_steps:
                return Due(question, term_of(question))
        return None


def _next_in_line(progress: Progress) -> Due | None:
    """The next question of the line-up; at the end those that were wrong, until each is right."""
    left = [question for question in progress.line_up if question not in progress.seen]
    waiting = [question for question in (*left, *progress.missed) if question not in progress.gone]
    others = [question for question in waiting if question != progress.last]
    return next((Due(question, term_of(question)) for question in others or waiting), None)


def _missed(answers: Sequence[Event]) -> tuple[QuestionId, ...]:
    last = {event.question: event for event in answers if event.question and not event.is_wrong_guess}
    wrong = (event for event in last.values() if not event.is_right)
    return tuple(event.question for event in sorted(wrong, key=lambda each: each.sequence) if event.question)


def _jumps_ahead(queue: Queue, fresh: Due, progress: Progress) -> bool:
    """Whether a new term would be opened out of its turn, because those before it need one that was just
    guessed at wrongly. The guess is then put right first."""
    if not progress.resting or queue.is_started(fresh.term):
        return False
    return (
        queue.knowledge.first_unstarted({term_of(QuestionId(each)) for each in progress.resting})
        != fresh.term
    )


def _least_asked(rows: list[Due], asked_today: Counter[str]) -> Due | None:
    """The first of those whose term was asked least today."""
    return min(rows, key=lambda row: asked_today[row.term], default=None)


def _without(rows: list[Due], gone: Collection[str]) -> list[Due]:
    return [row for row in rows if row.question not in gone]
