"""The question that a sitting has open, from the moment it is asked until it is rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.base.record import record
from mlterms.memory.days import day_of
from mlterms.memory.intervals import interval_text
from mlterms.memory.schedule import days_given, preview
from mlterms.memory.state import A_GUESS, NEW_CARD, CardState, Phase, Rating
from mlterms.quiz.beginning import last_tried, way_of_beginning
from mlterms.quiz.choose import Plan
from mlterms.quiz.contrast import is_due
from mlterms.quiz.instance import Instance
from mlterms.quiz.shown_answer import ShownAnswer, overruled
from mlterms.quiz.words import SOON, UNSCHEDULED
from mlterms.store.log.event import GUESS, new_uuid
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict


_LOOKED_UP = "saw_card"  # in a draft: the learner has looked at the card or the demo before answering


@record(frozen=False)
class OpenQuestion:
    """A question from the moment it is asked until it is rated.

    state: its memory before the answer. draft: what was typed or picked so far, as JSON of the screen.

    uuid: of this asking, so that it is refused if it is answered twice. answer: once the solution is shown.
    flagged: the events with which it was flagged, or its flag removed, since then. is_flagged: whether it is.
    days: the whole days that the buttons say, once they are decided. opens_term: whether nothing of its term
    was ever answered, guesses left out. began: how its term begins with it, "" unless it opens its term.
    tried: the day on which it was guessed at, if its term is still new.
    """

    instance: Instance
    state: CardState
    mode: str
    asked_at: Now
    uuid: str
    draft: Mapping[str, Any] | None = None
    verdict: Verdict | None = None
    answer: ShownAnswer | None = None
    flagged: frozenset[str] = frozenset()
    is_flagged: bool = False
    days: tuple[int, ...] = ()
    opens_term: bool = False
    began: str = ""
    tried: Day | None = None

    @classmethod
    def of(
        cls, instance: Instance, learner: Learner, queue: Queue, plan: Plan, now: Now, guess_first: str
    ) -> OpenQuestion:
        """A question that is asked `now` in a sitting of that plan. guess_first: the setting of that name."""
        card, today = learner.card(instance.id), learner.today(now)
        state = card.state if card is not None else NEW_CARD
        opened = cls(instance, state, plan.mode, now, new_uuid(now))
        opened.is_flagged = card is not None and card.flagged
        opened.opens_term = state.phase is Phase.NEW and not queue.is_started(instance.term)
        if plan.mode == "scheduled" and state.is_ahead_of_time(today):
            opened.mode = "ahead"  # it is asked because of an earlier wrong answer
        if plan.contrast and is_due(state, now, today):
            opened.mode = "scheduled"
        if plan.mode == "scheduled" and opened.opens_term:
            opened.tried = last_tried(learner, instance.id) if card is not None else None
            if opened.tried is None:
                device, question = learner.log.device, instance.question
                opened.began = way_of_beginning(guess_first, device, instance.term, question)
        return opened

    @property
    def is_guess(self) -> bool:
        """Whether it is to be guessed, before the card of its term is shown."""
        return self.began == GUESS

    def begins_with_card(self, today: Day) -> bool:
        """Whether its term is new, and neither to be guessed nor guessed at today with this question."""
        return self.opens_term and not self.is_guess and self.tried != today

    @property
    def looked_up(self) -> bool:
        """Whether the learner looked at card or demo before answering: then at most Hard is suggested."""
        return bool((self.draft or {}).get(_LOOKED_UP))

    def look_up(self) -> None:
        """Note that the learner looks at the card or the demo; once the solution is shown, everybody may."""
        if self.verdict is None:
            self.draft = {**(self.draft or {}), _LOOKED_UP: True}

    def keep_draft(self, draft: Mapping[str, Any] | None) -> None:
        """Keep what a screen has of the answer so far."""
        self.draft = {**(draft or {}), _LOOKED_UP: True} if self.looked_up else draft

    @property
    def called_a_guess(self) -> bool:
        """Whether it was answered rightly, and the learner had called the answer a guess."""
        is_right = self.verdict is not None and self.verdict.correct is True
        return is_right and self.answer is not None and self.answer.confidence == A_GUESS

    @property
    def is_wrong(self) -> bool:
        """Whether it was answered wrongly: it can then only be rated Again."""
        return self.verdict is not None and self.verdict.correct is False

    @property
    def is_wrong_guess(self) -> bool:
        """Whether the term began with a guess, which was wrong."""
        return self.is_wrong and self.is_guess

    def show_solution(
        self, verdict: Verdict, confidence: int | None, learner: Learner, queue: Queue, now: Now
    ) -> None:
        """Take the answer as graded. The time and the days of the first call stay if it is graded again."""
        if self.answer is None:
            answer = ShownAnswer.of(self.instance, self.state, self.asked_at, now, self.mode, self.uuid)
            asked = {**answer.asked, "began": self.began} if self.began else answer.asked
            self.answer = replace(answer, asked=asked, days=self._decide_days(learner, queue, now))
        if self.looked_up:
            verdict = replace(verdict, suggested=min(verdict.suggested, Rating.HARD))
        if verdict.correct and confidence == A_GUESS and self.mode != "cram":
            verdict = replace(verdict, suggested=Rating.AGAIN)
        self.answer = self.answer.judged(verdict, confidence)
        self.verdict = verdict
        self.draft = {_LOOKED_UP: True} if self.looked_up else None
        if self.is_wrong_guess:  # nothing is lost by it: it is recorded as practice
            self.answer = replace(self.answer, mode="cram", days=())

    def overruled(self) -> tuple[Verdict, int | None]:
        """The verdict once the learner has said "I was right after all", and the confidence as it was."""
        assert self.verdict is not None
        assert self.answer is not None
        return overruled(self.verdict), self.answer.confidence

    def refresh_flag(self, learner: Learner) -> None:
        """Note whether it is flagged now."""
        card = learner.card(self.instance.id)
        self.is_flagged = card is not None and card.flagged

    def ask_again(self) -> None:
        """Forget the answer: another window has recorded one meanwhile."""
        self.verdict = self.answer = None

    def buttons(self, learner: Learner, queue: Queue, now: Now) -> dict[Rating, str]:
        """The ratings that can be given, and the interval that each gives, as text."""
        ratings = [Rating.AGAIN] if self.is_wrong else list(Rating)
        if self.is_wrong_guess:
            return dict.fromkeys(ratings, SOON)
        if self.mode == "cram":
            return dict.fromkeys(ratings, UNSCHEDULED)
        decided, policy = self._decide_days(learner, queue, now), learner.policy
        after = preview(policy, self.state, now, self.instance.id, decided=decided)
        return {rating: interval_text(after[rating], now, policy) for rating in ratings}

    def _decide_days(self, learner: Learner, queue: Queue, now: Now) -> tuple[int, ...]:
        """The whole days that each rating gives, chosen once by what is due on the days ahead."""
        if not self.days and self.mode != "cram":
            question, policy = self.instance.id, learner.policy
            after = preview(policy, self.state, now, question, queue.load_of(question, now))
            self.days = days_given(after, day_of(now, policy.rollover_hour))
            if self.answer is not None:
                self.answer = replace(self.answer, days=self.days)
        return self.days
