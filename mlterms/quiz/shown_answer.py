"""An answer whose solution has been shown: it counts, whether or not the learner still rates it.

It is kept with the open sitting until it is rated. Whoever leaves before that gets the suggested rating, and
after a crash the next sitting records it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import QuestionId
from mlterms.base.record import record
from mlterms.memory.state import CardState, Rating
from mlterms.store.log.event import new_uuid
from mlterms.store.log.learner import Answer, Event, Learner

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict
    from mlterms.quiz.instance import Instance


@record
class ShownAnswer:
    """What is recorded of an answer, except its rating.

    asked, given: JSON for the log. suggested: the rating that it gets without another one. state: the memory
    of the question before it. at: when the solution was shown. uuid: of the event that it becomes. days: what
    the buttons say, in whole days.
    """

    question: QuestionId
    asked: Mapping[str, Any]
    given: Any
    correct: bool | None
    suggested: Rating
    confidence: int | None
    seconds: float
    mode: str
    state: CardState
    at: Now
    uuid: str
    days: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, asked: Instance, state: CardState, asked_at: Now, now: Now, mode: str, uuid: str
    ) -> ShownAnswer:
        """The answer to a question that was asked at `asked_at` and whose solution is shown `now`."""
        seconds = max(0.0, (now.at - asked_at.at) / 1000)
        return cls(asked.id, asked.pack(), None, None, Rating.AGAIN, None, seconds, mode, state, now, uuid)

    def judged(self, verdict: Verdict, confidence: int | None) -> ShownAnswer:
        """The same answer with this verdict; the time that it took stays."""
        return replace(
            self,
            given=verdict.given,
            correct=verdict.correct,
            suggested=verdict.suggested,
            confidence=confidence,
        )

    def rated(self, rating: Rating) -> Answer:
        """The answer as the log records it."""
        return Answer(
            question=self.question,
            rating=rating,
            mode=self.mode,
            asked=self.asked,
            given=self.given,
            correct=self.correct,
            confidence=self.confidence,
            seconds=self.seconds,
            days=self.days,
            uuid=self.uuid,
        )

    def record_late(self, learner: Learner, sitting: Mapping[str, Any]) -> None:
        """Record it with the suggested rating, where its sitting ended in a crash; not if it was answered
        since. sitting: what is left of the sitting, which is saved in any case."""
        for _ in range(2):  # the settings may have changed meanwhile, and are read by the first attempt
            with suppress(Overtaken):
                learner.answer(self.rated(self.suggested), self.state, self.at, sitting)
                return
        learner.sitting.save(sitting)

    def record(
        self, learner: Learner, rating: Rating, now: Now, sitting: Callable[[Event], Mapping[str, Any]]
    ) -> Event:
        """Record the answer, or return its event if a sitting in another window has recorded it meanwhile.

        sitting: what to save with it, of its event. Raises Overtaken as `Learner.answer` does.
        """
        try:
            return learner.answer(self.rated(rating), self.state, now, sitting)
        except Overtaken:
            event = learner.log.find(self.uuid)
            if event is None or event.uuid in learner.log.undone(event.question):
                raise
        if event.rating == rating:
            learner.log.claim(event)
            return event
        learner.undo(event.uuid, now)
        again = replace(self, uuid=new_uuid(now)).rated(rating)
        return learner.answer(again, self.state, now, sitting)

    def pack(self) -> dict[str, Any]:
        """JSON that `unpack` reads."""
        return {
            "question": self.question,
            "asked": dict(self.asked),
            "given": self.given,
            "correct": self.correct,
            "suggested": int(self.suggested),
            "confidence": self.confidence,
            "seconds": self.seconds,
            "mode": self.mode,
            "state": self.state.to_list(),
            "at": list(self.at),
            "uuid": self.uuid,
            "days": list(self.days),
        }

    @classmethod
    def unpack(cls, packed: object) -> ShownAnswer | None:
        """The inverse of `pack`; None for anything else, since the file may have been damaged."""
        try:
            values = dict(packed)  # type: ignore[call-overload]  # anything that JSON can hold
            values |= {
                "suggested": Rating(values["suggested"]),
                "state": CardState.from_list(values["state"]),
                "at": Now(*map(int, values["at"])),
                "days": tuple(map(int, values.get("days", ()))),
            }
            shown = cls(**values)
            shown.rated(shown.suggested)
        except (TypeError, ValueError, KeyError, MltermsError):
            return None
        return shown


def may_be_right_after_all(verdict: Verdict) -> bool:
    """Whether the learner may overrule a verdict: a typed answer was refused, perhaps for a slip."""
    typed = isinstance(verdict.given, dict) and not {"words", "text"}.isdisjoint(verdict.given)
    return verdict.correct is False and typed


def overruled(verdict: Verdict) -> Verdict:
    """The verdict once the learner has said "I was right after all", which the log remembers."""
    given = {name: value for name, value in verdict.given.items() if name != "misconception"}
    given["right_after_all"] = True
    return replace(verdict, correct=True, suggested=Rating.GOOD, given=given)
