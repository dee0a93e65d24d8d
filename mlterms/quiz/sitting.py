"""One run of the quiz as a state machine: ask, give, rate, and round again; undo at any moment.

It knows no terminal and no Textual. What it does to the learner's database it does through `Learner`, one
transaction an answer; after each step the open sitting is on disk, so that a crash brings back the same
question with the same numbers.

    sitting = Sitting(learner, index, queue, clock, Plan())
    while asked := sitting.ask():
        verdict = grade...(asked, …)
        sitting.give(verdict)
        sitting.rate(verdict.suggested)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mlterms.base.clock import Clock, Now
from mlterms.base.errors import MltermsError
from mlterms.base.ids import Day, QuestionId
from mlterms.glossary.types import Question
from mlterms.memory.days import day_of
from mlterms.memory.intervals import interval_text
from mlterms.memory.schedule import preview
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.quiz.choose import Plan, Progress, choose
from mlterms.quiz.instance import Instance, make, unpack
from mlterms.store.index.reader import Index, Row
from mlterms.store.log.event import new_uuid
from mlterms.store.log.learner import Answer, Event, Learner
from mlterms.store.queue import Queue

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict


_FORMAT = 1
"""Of the sitting on disk; one of another format is not taken up."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sitting came to. answered: ratings given. right: of those, not Again. seconds: spent
    answering."""

    answered: int = 0
    right: int = 0
    new: int = 0
    seconds: float = 0.0
    sure: int = 0
    sure_and_right: int = 0


def fresh_seed() -> int:
    """A seed for a question that is put anew: by chance, 31 bits. (`secrets` takes 3 ms to import.)"""
    return int.from_bytes(os.urandom(4), "big") >> 1


class Sitting:
    """See the module. `asked`, `verdict` and `tally` are what a screen shows; only the methods change
    them.

    draft: what was begun of an answer to the open question, as a screen has it, to be put back there: JSON.
    """

    def __init__(self, learner: Learner, index: Index, queue: Queue, clock: Clock, plan: Plan) -> None:
        self.learner, self.index, self.queue, self.clock, self.plan = learner, index, queue, clock, plan
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.state = CardState()
        self.confidence: int | None = None
        self.draft: Mapping[str, Any] | None = None
        self._since = learner.last_sequence()
        self._answers: list[Event] = []
        self._skipped: frozenset[str] = frozenset()
        self._broken: frozenset[str] = frozenset()
        self._shown: Now = clock.now()
        self._uuid = ""
        self._passed_over: list[str] = []
        self._given: Now = self._shown
        self._resume()

    # -- asking --------------------------------------------------------------------------------------------

    def ask(self) -> Instance | None:
        """The question to answer now: the open one if there is one, else the next; None when all is done."""
        if self.asked is not None:
            return self.asked
        while row := choose(self.learner, self.queue, self.clock.now(), self.plan, self._progress()):
            found = self.index.question(row.question)
            if found is None:  # its file went since the queue was read; it is set aside, not asked
                self._broken |= {row.question}
                continue
            if self._open_fresh(row.question, *found):
                self.learner.save_sitting(self._packed())
                return self.asked
        self.learner.save_sitting(None)
        return None

    def refresh(self) -> Instance | None:
        """After the card file was edited: the open question as it reads now, or the next if it is gone."""
        if self.asked is not None:
            found = self.index.question(self.asked.id)
            if found is None:
                self.asked = None
                return self.ask()
            again = unpack(self.asked.id, found[0].title, found[1], self.asked.pack())
            if again:
                draft = self.draft
                self._open(again)
                self.draft = draft
            else:
                self._open_fresh(self.asked.id, *found)
            self.learner.save_sitting(self._packed())
        return self.ask()

    def _open_fresh(self, question_id: QuestionId, term: Row, question: Question) -> bool:
        """Put a question anew. One that cannot be put, as a check of its card would tell, is passed over."""
        try:
            self._open(make(question_id, term.title, question, fresh_seed()))
        except MltermsError as error:
            self.asked = None
            self._broken |= {question_id}
            self._passed_over.append(f"{question_id} cannot be asked: {error}")
            return False
        return True

    def passed_over(self) -> list[str]:
        """Which questions could not be put since this was last called, and why."""
        told, self._passed_over = self._passed_over, []
        return told

    def _open(self, instance: Instance) -> None:
        self.asked, self.verdict, self.confidence, self.draft = instance, None, None, None
        self.state = self.learner.state(instance.id)
        self._shown = self.clock.now()
        self._uuid = new_uuid(self._shown)  # of this asking: answered twice, it is refused the second time

    def is_first_of_term(self) -> bool:
        """Whether nothing of the open question's term was ever answered: the term is to be introduced."""
        return (
            self.asked is not None
            and self.state.phase is Phase.NEW
            and not self.queue.mastery(self.clock.now(), {self.asked.term})
        )

    # -- answering -----------------------------------------------------------------------------------------

    def give(self, verdict: Verdict, confidence: int | None = None) -> None:
        """The answer has been given and graded; nothing is recorded before it is rated.

        confidence: 1 a guess, 2 fairly sure, 3 certain, None where it was not asked.
        """
        if self.asked is None:
            raise MltermsError("there is no question open")
        self.verdict, self.confidence, self._given = verdict, confidence, self.clock.now()
        self.draft = None

    def buttons(self) -> dict[Rating, str]:
        """The interval that each rating would give, as text. It is the interval that it will give.

        Practice moves nothing: each of its intervals reads "—".
        """
        assert self.asked is not None
        if self.plan.mode == "cram":
            return dict.fromkeys(Rating, "—")
        now, policy = self.clock.now(), self.learner.policy
        after = preview(policy, self.state, now, self.asked.id)
        return {rating: interval_text(state, now, policy) for rating, state in after.items()}

    def rate(self, rating: Rating) -> CardState:
        """Record the answer; it is on disk when this returns. The state that the card is in now.

        Raises Overtaken if another window has answered this question meanwhile: it is then asked no more.
        """
        asked, verdict = self.asked, self.verdict
        if asked is None or verdict is None:
            raise MltermsError("there is no answer to rate")
        now = self.clock.now()
        seconds = max(0.0, (self._given.at - self._shown.at) / 1000)
        answer = Answer(
            question=asked.id,
            rating=rating,
            mode=self.plan.mode,
            asked=asked.pack(),
            given=verdict.given,
            correct=verdict.correct,
            confidence=self.confidence,
            seconds=seconds,
            uuid=self._uuid,
        )
        self.asked = None
        try:
            event = self.learner.answer(answer, self.state, now, sitting=self._packed())
        except BaseException:
            self.asked = asked
            raise
        self.verdict = None
        self._answers.append(event)
        return event.after

    def skip(self, *, cannot_be_asked: bool = False) -> None:
        """Leave the open question for another session.

        One that cannot be asked, because its demo does not run, makes way for the next one of its term.
        """
        if self.asked is not None:
            if cannot_be_asked:
                self._broken |= {self.asked.id}
            else:
                self._skipped |= {self.asked.id}
            self._leave_open()

    # -- second thoughts -----------------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Take back the last thing done and ask that question again. Its id, or None if nothing is left."""
        event = self.learner.undoable()
        if event is None:
            return None
        self.learner.undo(event.uuid, self.clock.now())
        self._recount()
        self._ask_again(event.question)
        return event.question

    def redo(self) -> str | None:
        """Put back what was undone last. The question's id, or None if there is nothing to redo."""
        event = self.learner.redoable()
        if event is None:
            return None
        self.learner.undo(event.uuid, self.clock.now())
        self._recount()
        self._leave_open()
        return event.question

    def suspend(self) -> None:
        """Ask the open question no more, until it is unsuspended."""
        assert self.asked is not None
        self.learner.suspend(self.asked.id, self.clock.now())
        self._leave_open()

    def bury(self) -> None:
        """Ask the open question again tomorrow at the earliest."""
        assert self.asked is not None
        now = self.clock.now()
        self.learner.bury(self.asked.id, Day(day_of(now, self.learner.policy.rollover_hour) + 1), now)
        self._leave_open()

    def leave(self) -> None:
        """End here. The open question stays on disk and is the first to be asked next time."""
        self._since, self._skipped = self.learner.last_sequence(), frozenset()
        self.learner.save_sitting(self._packed() if self.asked else None)

    def keep_draft(self) -> None:
        """Where the answer is broken off: what was begun of it is there when the question comes back."""
        if self.asked is not None and self.draft:
            self.learner.save_sitting(self._packed())

    # -- counting ------------------------------------------------------------------------------------------

    @property
    def answers(self) -> list[Event]:
        """The answers of this sitting that count, oldest first."""
        return self._answers

    @property
    def tally(self) -> Tally:
        """What the sitting came to, undone answers not counted."""
        rights = [event for event in self._answers if event.rating != Rating.AGAIN]
        sure = [event for event in self._answers if event.confidence == 3]
        return Tally(
            answered=len(self._answers),
            right=len(rights),
            new=sum(event.before.phase is Phase.NEW for event in self._answers),
            seconds=sum(event.seconds or 0.0 for event in self._answers),
            sure=len(sure),
            sure_and_right=sum(event.rating != Rating.AGAIN for event in sure),
        )

    def to_come(self) -> str:
        """What is left to ask: `3 due, 5 new, 4 to see again`, or how far a sitting of another kind is."""
        plan, number = self.plan, len(self._answers) + 1
        if plan.limit is not None:
            return f"{number} of {plan.limit}"
        if plan.mode != "scheduled":
            return f"question {number}"
        now, terms = self.clock.now(), plan.terms or None
        counts = self.queue.counts(now, terms)
        new = counts.new
        if plan.new is not None:
            new = len(self.queue.new_today(now, plan.new - self._progress().new, terms))
        parts = ((counts.due, "due"), (new, "new"), (counts.learning, "to see again"))
        return ", ".join(f"{count} {name}" for count, name in parts if count)

    def _progress(self) -> Progress:
        return Progress(
            asked=len(self._answers),
            new=sum(event.before.phase is Phase.NEW for event in self._answers),
            seen=frozenset(event.question or "" for event in self._answers),
            skipped=self._skipped,
            broken=self._broken,
            last=(self._answers[-1].question or "") if self._answers else "",
        )

    def _recount(self) -> None:
        self._answers = self.learner.answers_since(self._since)

    def _ask_again(self, question: QuestionId | None) -> None:
        found = self.index.question(question) if question else None
        if question and found is not None:
            self._open_fresh(question, *found)
        self.learner.save_sitting(self._packed())

    def _leave_open(self) -> None:
        self.asked = self.verdict = None
        self.learner.save_sitting(self._packed())

    # -- the open sitting, on disk -------------------------------------------------------------------------

    def _packed(self) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "plan": {**asdict(self.plan), "terms": list(self.plan.terms)},
            "since": self._since,
            "skipped": sorted(self._skipped),
            "open": {"id": self.asked.id, **self.asked.pack(), "draft": self.draft} if self.asked else None,
            "day": day_of(self.clock.now(), self.learner.policy.rollover_hour),
        }

    def _resume(self) -> None:
        """Take up the sitting that was left open, if it is the same plan on the same day."""
        kept = self.learner.sitting()
        if kept is None or not self._is_ours(kept):
            return
        try:
            self._take_up(kept)
        except (
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
        ):  # a row that no mlterms of today has written
            self.asked, self._skipped, self._since = None, frozenset(), self.learner.last_sequence()
            self._recount()

    def _take_up(self, kept: Mapping[str, Any]) -> None:
        self._since, self._skipped = kept["since"], frozenset(kept["skipped"])
        self._recount()
        opened = kept["open"]
        found = self.index.question(QuestionId(str(opened["id"]))) if opened else None
        if opened and found is not None:
            instance = unpack(opened["id"], found[0].title, found[1], opened)
            if instance is not None:
                self._open(instance)
                self.draft = opened.get("draft")

    def _is_ours(self, kept: Mapping[str, Any]) -> bool:
        plan = {**asdict(self.plan), "terms": list(self.plan.terms)}
        today = day_of(self.clock.now(), self.learner.policy.rollover_hour)
        return bool(kept.get("format") == _FORMAT and kept.get("plan") == plan and kept.get("day") == today)
