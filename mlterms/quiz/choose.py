"""What to ask next. It decides, and changes nothing.

A sitting of named questions (a contrast, or what was wrong before) goes through its line-up until each is
right. Practice goes through all cards. Any other sitting asks, in this order:

1. learning steps that are due, except those of the two questions that were answered last;
2. follow-ups of an earlier day: what showed a mistaken belief, or was answered surely and wrongly;
3. reviews (with the mode `ahead` also those of a later day), with new questions among them;
4. new questions that were guessed wrongly a moment ago;
5. learning steps that fall due soon;
6. learning steps of those two;
7. what was answered wrongly here and has no step left today.

Reviews of a term that was asked today come after all others, so that questions of one term are a day apart
wherever something else can be asked. Which new question comes is the policy of `store/new_questions.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from mlterms.base.clock import Now
from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.base.record import record
from mlterms.quiz.beginning import guesses_to_repeat, wrongly_guessed
from mlterms.store.log.learner import Event, Learner
from mlterms.store.queue import Due, Queue

SOON = 20 * 60 * 1000
"""How many milliseconds early a learning step may be asked when nothing else is left: Anki's default."""

ANSWERS_PER_NEW = 3
"""A new question has its turn after this many answers, so that new terms do not all come at the end."""

_MAX_ROWS = 50
"""The maximum number of questions read from the queue, to find one whose term was not asked today."""

_FIRST_ROWS = 8  # read before the others are, since one of these is usually such a question


@record
class Plan:
    """What a sitting asks.

    terms: only these (global ids), or () for all. limit: the maximum number of questions. new: the maximum
    number of new ones, instead of what the day's limit leaves. mode: `scheduled`, `ahead` (reviews before
    their day) or `cram` (practice that leaves the schedule alone).
    contrast: terms that are confused with each other, in turn; with the mode `cram`, since only what is due
    moves its schedule. questions: only these, each until it is right; with the mode `cram`. preview: they are
    tried in a database that is thrown away.
    """

    terms: tuple[str, ...] = ()
    limit: int | None = None
    new: int | None = None
    mode: str = "scheduled"
    contrast: bool = False
    questions: tuple[QuestionId, ...] = ()
    preview: bool = False

    def after(self, new: int) -> Plan:
        """What is left of it once that many new questions were asked."""
        return self if self.new is None else replace(self, new=max(0, self.new - new))


@record
class SittingProgress:
    """What a sitting has done so far.

    asked: how many questions were answered.
    new: how many new questions they started.
    seen: which questions were answered.
    skipped: those that the learner does not want in this sitting.
    broken: those that cannot be asked.
    last: the one answered last, here or in the sitting before.
    recent: the two answered last here.
    wrongly_guessed: new questions whose wrong guess was a moment ago, so that they wait for a few others.
    guesses_to_repeat: all whose wrong guess was not followed by an answer yet, oldest first.
    missed: those whose last answer was wrong, the one that waits longest first.
    line_up: of a sitting of named questions, all of them.
    """

    asked: int = 0
    new: int = 0
    seen: frozenset[QuestionId] = frozenset()
    skipped: frozenset[QuestionId] = frozenset()
    broken: frozenset[QuestionId] = frozenset()
    last: str = ""
    recent: frozenset[QuestionId] = frozenset()
    wrongly_guessed: frozenset[QuestionId] = frozenset()
    guesses_to_repeat: tuple[QuestionId, ...] = ()
    missed: tuple[QuestionId, ...] = ()
    line_up: tuple[QuestionId, ...] = ()

    @classmethod
    def of(
        cls, answers: Sequence[Event], skipped: frozenset[QuestionId], broken: frozenset[QuestionId]
    ) -> SittingProgress:
        """The progress of a sitting with these answers, oldest first."""
        return cls(
            asked=len(answers),
            new=sum(event.starts_question for event in answers),
            seen=frozenset(event.question for event in answers if event.question),
            skipped=skipped,
            broken=broken,
            last=(answers[-1].question or "") if answers else "",
            recent=frozenset(event.question for event in answers[-2:] if event.question),
            wrongly_guessed=wrongly_guessed(answers),
            guesses_to_repeat=guesses_to_repeat(answers),
            missed=_missed(answers),
        )

    @property
    def excluded(self) -> frozenset[QuestionId]:
        """The questions that are not asked in this sitting any more."""
        return self.skipped | self.broken


def choose(learner: Learner, queue: Queue, now: Now, plan: Plan, progress: SittingProgress) -> Due | None:
    """The question to ask next, or None when there is nothing left to ask."""
    with queue.at_one_moment():
        return _choose(learner, queue, now, plan, progress)


def _choose(learner: Learner, queue: Queue, now: Now, plan: Plan, progress: SittingProgress) -> Due | None:
    if plan.limit is not None and progress.asked >= plan.limit:
        return None
    if plan.contrast or plan.questions:
        return _next_in_line(progress)
    if plan.mode == "cram":
        done = progress.seen | progress.excluded
        rows = queue.every(now, _MAX_ROWS + len(done), plan.terms or None)
        return next(iter(_without(rows, done)), None)
    enough = len(progress.excluded) + 3  # one that is not excluded, nor one of the two just answered
    learning = _without(queue.learning_due(now, plan.terms or None, enough), progress.excluded)
    if waited := _without(learning, progress.recent):
        return waited[0]
    today = _Today(learner, queue, learner.today(now), plan, progress)
    question = today.follow_up() or today.review_or_new() or today.wrongly_guessed()
    if question is not None:
        return question
    soon = queue.learning_due(now.later(SOON), plan.terms or None, enough)
    others = _without(soon, progress.excluded | {progress.last})
    steps = _without(others, progress.recent) or others or learning
    return steps[0] if steps else today.missed_again()


class _Today:
    """What a sitting could ask today, within the day's limits. asked: how often each term was asked today, in
    this sitting, or once if it was before."""

    def __init__(
        self, learner: Learner, queue: Queue, day: Day, plan: Plan, progress: SittingProgress
    ) -> None:
        self._learner, self._queue, self._plan, self._progress = learner, queue, plan, progress
        self.asked: Counter[str] = Counter(map(term_of, progress.seen))
        self.asked.update(queue.terms_answered(day) - self.asked.keys())
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
        done, terms = self._progress.excluded | self._progress.seen, self._plan.terms
        for question, is_new, _ in self._queue.follow_ups(self._so_far.day):
            left = self._new_left if is_new else self._reviews_left
            if left > 0 and question not in done and (not terms or term_of(question) in terms):
                return Due(question, term_of(question))
        return None

    def review_or_new(self) -> Due | None:
        """A review, or a new question where it is its turn or its term was asked less today."""
        review = self._review()
        is_turn_of_new = self._progress.asked % (ANSWERS_PER_NEW + 1) == ANSWERS_PER_NEW
        if review is not None and not is_turn_of_new and not self.asked[review.term]:
            return review
        new = self._new_in_turn()
        if review is None or new is None:
            return review or new
        return new if is_turn_of_new or self.asked[review.term] > self.asked[new.term] else review

    def wrongly_guessed(self) -> Due | None:
        """A new question whose wrong guess was a moment ago, now that nothing else is left."""
        return next(iter(self._new(frozenset())), None) if self._progress.wrongly_guessed else None

    def _new_in_turn(self) -> Due | None:
        """The new question that comes next, unless it has to wait for one that was guessed wrongly."""
        new = _least_asked(self._new(self._progress.wrongly_guessed), self.asked)
        if new is not None and not self._plan.terms and _jumps_ahead(self._queue, new, self._progress):
            return None
        return new

    def _review(self) -> Due | None:
        """The review whose term was asked least today, of those that come next."""
        review = None
        for max_rows in (_FIRST_ROWS, _MAX_ROWS):
            rows = self._next_reviews(max_rows)
            review = _least_asked(rows, self.asked)
            if review is None or not self.asked[review.term] or len(rows) < max_rows:
                break
        return review

    def _next_reviews(self, max_rows: int) -> list[Due]:
        terms, today, without = self._plan.terms or None, self._so_far.day, self._progress.excluded
        if self._plan.mode == "ahead":
            without |= self._progress.seen
            waiting = self._queue.reviews_due(today, max_rows, terms, without, all_overdue=True)
            return waiting or _without(self._queue.ahead(today, max_rows + len(without), terms), without)
        return self._queue.reviews_due(today, max_rows, terms, without) if self._reviews_left > 0 else []

    def _new(self, waiting: frozenset[QuestionId]) -> list[Due]:
        """The new question that comes next; where the plan names terms, all of theirs. waiting: those that
        are not asked yet. For each that was guessed wrongly one of the day's new questions is kept."""
        if self._plan.mode == "ahead" or self._new_left <= 0:
            return []
        day, skipped, broken = self._so_far.day, self._progress.skipped, self._progress.broken
        to_repeat = [
            question
            for question in self._progress.guesses_to_repeat
            if question not in self._progress.excluded and self._queue.can_be_learned(question, day)
        ]
        if self._new_left <= len(to_repeat):
            return [Due(question, term_of(question)) for question in to_repeat if question not in waiting]
        if self._plan.terms:
            without = skipped | broken | waiting
            return _without(self._queue.new(day, _MAX_ROWS + len(without), self._plan.terms), without)
        row = self._queue.next_new(day, skipped | waiting, broken, self._so_far.new)
        return [] if row is None else [row]

    def missed_again(self) -> Due | None:
        """A question that was answered wrongly in this sitting and has no step left today: where the learner
        has set no steps, or steps of a day, it comes back all the same until it is right once."""
        if self._plan.mode != "scheduled" or self._reviews_left <= 0:
            return None
        for question in self._progress.missed:
            is_in_steps = self._learner.state(question).due_at is not None
            if question not in self._progress.excluded | {self._progress.last} and not is_in_steps:
                return Due(question, term_of(question))
        return None


def _next_in_line(progress: SittingProgress) -> Due | None:
    """The next question of the line-up; at the end those that were wrong, until each is right."""
    left = [question for question in progress.line_up if question not in progress.seen]
    waiting = [question for question in (*left, *progress.missed) if question not in progress.excluded]
    others = [question for question in waiting if question != progress.last]
    return next((Due(question, term_of(question)) for question in others or waiting), None)


def _missed(answers: Sequence[Event]) -> tuple[QuestionId, ...]:
    last = {event.question: event for event in answers if event.question and not event.is_wrong_guess}
    wrong = (event for event in last.values() if not event.is_right)
    return tuple(event.question for event in sorted(wrong, key=lambda each: each.sequence) if event.question)


def _jumps_ahead(queue: Queue, new: Due, progress: SittingProgress) -> bool:
    """Whether a new question is of a term whose turn has not come: the terms before it have to wait for one
    that was guessed wrongly a moment ago. Then that one is asked again first."""
    if not progress.wrongly_guessed or queue.is_started(new.term):
        return False
    guessed = {term_of(question) for question in progress.wrongly_guessed}
    return queue.knowledge.first_unstarted(guessed) != new.term


def _least_asked(rows: list[Due], asked_today: Counter[str]) -> Due | None:
    """The first of those whose term was asked least today."""
    return min(rows, key=lambda row: asked_today[row.term], default=None)


def _without(rows: list[Due], excluded: Collection[str]) -> list[Due]:
    return [row for row in rows if row.question not in excluded]
