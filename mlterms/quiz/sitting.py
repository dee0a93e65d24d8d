"""One run of the quiz as a state machine: ask, give, rate, and round again.

What else can be done with the open question is in `marks.py`, and taking a step back in `undo.py`. It changes
the learner's database through `Learner`, in one transaction for each answer. After each step the open sitting
is on disk, so a crash brings back the same question with the same numbers. An answer counts as soon as its
solution is shown: see `shown_answer.py`.

    sitting = Sitting(learner, index, queue, clock, Plan())
    while asked := sitting.ask():
        verdict = grade...(asked, …)
        sitting.give(verdict)
        sitting.rate(verdict.suggested)
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlterms.base.clock import Clock
from mlterms.base.config import GUESS_FIRST
from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import Day, QuestionId
from mlterms.glossary.types import Predict, Question
from mlterms.memory.state import CardState, Rating
from mlterms.quiz.choose import Plan, SittingProgress
from mlterms.quiz.contrast import line_up
from mlterms.quiz.instance import Instance, fresh_seed, make, unpack
from mlterms.quiz.next_question import next_question
from mlterms.quiz.open_question import OpenQuestion
from mlterms.quiz.open_sitting import OpenSitting, resume
from mlterms.quiz.retire import retire
from mlterms.quiz.shown_answer import ShownAnswer, may_be_right_after_all
from mlterms.quiz.skips import Skips
from mlterms.quiz.tally import Tally, left_to_ask, tally_of
from mlterms.quiz.tell_apart import tell_apart
from mlterms.store.index.reader import Index, Row
from mlterms.store.log.learner import Event, Learner
from mlterms.store.queue import Queue

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict
    from mlterms.store.workspace import Workspace


class Sitting:
    """See the module. asked, verdict, state, tally: what a screen shows; only the methods change them.

    guess_first: the setting of that name. retired: what the last answer suspended, because it was always
    right. answers: those that count, oldest first. introduced: terms whose introduction a screen has shown.
    """

    def __init__(
        self,
        learner: Learner,
        index: Index,
        queue: Queue,
        clock: Clock,
        plan: Plan,
        *,
        guess_first: str = GUESS_FIRST[0],
    ) -> None:
        self.guess_first = guess_first
        self.learner, self.index, self.queue, self.clock, self.plan = learner, index, queue, clock, plan
        self.current: OpenQuestion | None = None
        self.answers: list[Event] = []
        self._broken: frozenset[QuestionId] = frozenset()
        self._passed_over: list[str] = []
        self._asked_before: dict[QuestionId, Instance] = {}  # how each question was asked last
        self._put_away: dict[QuestionId, Mapping[str, Any] | None] = {}  # what was started of an answer
        self._lined_up: tuple[QuestionId, ...] | None = None
        self.retired: Instance | None = None
        self._upcoming: Instance | None = None  # chosen and saved together with the last answer
        self._to_come: tuple[object, str] | None = None  # what is left to ask, and as of what
        kept = resume(learner, plan, self._today())
        self._since = kept.since if kept is not None else learner.last_sequence()
        self.skips = Skips(kept.skipped if kept is not None else ())
        self.introduced: frozenset[str] = kept.introduced if kept is not None else frozenset()
        if kept is not None:
            self._reopen(kept)
            self.recount()

    # -- the open question ---------------------------------------------------------------------------------

    @property
    def asked(self) -> Instance | None:
        """The open question, None if there is none."""
        return self.current.instance if self.current is not None else None

    @property
    def verdict(self) -> Verdict | None:
        """What the grader said of the open question's answer; None as long as it is not answered."""
        return self.current.verdict if self.current is not None else None

    @property
    def state(self) -> CardState:
        """The memory of the open question."""
        return self.current.state if self.current is not None else CardState()

    @property
    def draft(self) -> Mapping[str, Any] | None:
        """What was typed or picked so far, as JSON of the screen; it comes back with its question."""
        return self.current.draft if self.current is not None else None

    @draft.setter
    def draft(self, draft: Mapping[str, Any] | None) -> None:
        if self.current is not None:
            self.current.keep_draft(draft)

    # -- asking --------------------------------------------------------------------------------------------

    def ask(self) -> Instance | None:
        """The question to answer now: the open one if there is one, else the next; None when all is done."""
        if self.current is not None:
            return self.asked
        if self._upcoming is not None:
            self._open(self._upcoming)
            return self.asked
        if (chosen := self._choose()) is None:
            self.learner.sitting.save(None)
            return None
        self._open(chosen)
        self.learner.sitting.save(self._pack(), durable=False)
        return self.asked

    def _choose(self) -> Instance | None:
        """The next question with fresh numbers, or None if there is none."""
        now, progress = self.clock.now(), self._progress()
        chosen, passed_over = next_question(
            self.learner, self.queue, now, self.plan, progress, fresh_seed, self.answers
        )
        self._broken |= passed_over.keys()
        self._passed_over += filter(None, passed_over.values())
        return chosen

    def take(self, workspace: Workspace) -> Instance | None:
        """After cards were edited, go on with those of `workspace`. The open question; see `refresh`."""
        self.index, self.queue = workspace.index, workspace.queue
        return self.refresh() if self.asked is not None else None

    def refresh(self) -> Instance | None:
        """After the card file was edited: the open question as it reads now, or the next if it is gone.

        A question whose solution was shown stays as it was asked, until it is rated.
        """
        if self.verdict is not None:
            return self.asked
        if self.asked is not None:
            found = self.index.question(self.asked.id)
            if found is None:
                self.current = None
                return self.ask()
            draft = self.draft
            if self._open_again(self.asked.id, *found):
                self.draft = draft
            self.learner.sitting.save(self._pack())
        return self.ask()

    def _open_again(self, question_id: QuestionId, term: Row, question: Question) -> bool:
        """Open a question as this sitting asked it last, or with fresh numbers; whether as it was."""
        before = self._asked_before.get(question_id)
        again = unpack(question_id, term.title, question, before.pack()) if before else None
        self.current = None
        try:
            self._open(again or make(question_id, term.title, question, fresh_seed()))
        except MltermsError as error:
            self._broken |= {question_id}
            self._passed_over.append(f"{question_id} cannot be asked: {error}")
        return again is not None

    def passed_over(self) -> list[str]:
        """Why questions could not be asked since this was last called."""
        reasons, self._passed_over = self._passed_over, []
        return reasons

    def _open(self, instance: Instance) -> None:
        self._upcoming = None
        self._asked_before[instance.id] = instance
        self.current = OpenQuestion.of(
            instance, self.learner, self.queue, self.plan, self.clock.now(), self.guess_first
        )

    @property
    def demo(self) -> str:
        """The demo of the open question's term, "" if it has none."""
        row = self.index.row(self.asked.term) if self.asked is not None else None
        return row.demo if row is not None else ""

    @property
    def is_guess(self) -> bool:
        """Whether the open question is to be guessed, before the card of its term is shown."""
        return self.current is not None and self.current.is_guess

    def is_first_of_term(self) -> bool:
        """Whether the open question's term is to be introduced: nothing of it is known, nor guessed today."""
        current = self.current
        return (
            current is not None
            and current.instance.term not in self.introduced
            and current.begins_with_card(self._today())
        )

    def note_introduced(self) -> None:
        """The learner has seen the introduction of the open question's term, if it has one: before the
        question, or with the verdict on a guess."""
        if self.asked and (self.is_first_of_term() or (self.is_guess and self.verdict is not None)):
            self.introduced |= {self.asked.term}

    # -- answering -----------------------------------------------------------------------------------------

    def give(self, verdict: Verdict, confidence: int | None = None) -> None:
        """The answer has been given and graded, and its solution is shown: from now on it counts.

        For a recall, call this again whenever other ideas are ticked. confidence: 1 a guess, 2 fairly sure,
        3 certain, None where it was not asked.
        """
        if self.current is None:
            raise MltermsError("there is no question open")
        self.current.show_solution(verdict, confidence, self.learner, self.queue, self.clock.now())
        with suppress(MltermsError):  # if the disk is full, rating it will say so
            self.learner.sitting.save(self._pack(), durable=False)

    @property
    def may_be_right_after_all(self) -> bool:
        """Whether the learner may say that a refused answer was only a slip of the keyboard."""
        return self.verdict is not None and may_be_right_after_all(self.verdict)

    def right_after_all(self) -> Verdict:
        """The learner overrules the grader. The new verdict; the event says that it was overruled."""
        assert self.current is not None
        verdict, confidence = self.current.overruled()
        self.give(verdict, confidence)
        return self.current.verdict or verdict

    def buttons(self) -> dict[Rating, str]:
        """The ratings that can be given, and the interval that each gives, as text.

        A wrong answer can only be rated Again. Practice moves nothing: each of its intervals reads "—".
        """
        assert self.current is not None
        return self.current.buttons(self.learner, self.queue, self.clock.now())

    def rate(self, rating: Rating) -> CardState:
        """Record the answer; it is on disk when this returns. The state that the card is in now.

        Raises Overtaken if another window has answered this question meanwhile: it is then asked no more.
        Raises MltermsError where it could not be recorded, and can be rated again: the disk is full, or
        another window changed the settings, and with them the intervals on the buttons.
        """
        if self.current is None or self.current.answer is None:
            raise MltermsError("there is no answer to rate")
        if self.current.is_wrong and rating is not Rating.AGAIN:
            raise MltermsError("a wrong answer is rated Again")
        return self._record(self.current, self.current.answer, rating).after

    def _record(self, answered: OpenQuestion, answer: ShownAnswer, rating: Rating) -> Event:
        before, now = self.answers, self.clock.now()
        self.current = None
        try:
            event = answer.record(self.learner, rating, now, self._packed_with_next)
        except BaseException as error:
            self.current, self.answers, self._upcoming = answered, before, None
            if isinstance(error, Overtaken):
                known = self.learner.log.find(answer.uuid) is not None  # recorded, and undone since
                if not known and self.learner.state(answered.instance.id) == answer.state:
                    answered.days = ()
                    raise MltermsError(str(error)) from error  # only the settings have changed
                answered.ask_again()
            raise
        self.answers = [*before, event]
        asked = answered.instance
        retires = self.plan.mode != "cram" and isinstance(asked.question, Predict)
        self.retired = asked if retires and retire(self.learner, asked.id, now) else None
        return event

    def _packed_with_next(self, event: Event) -> dict[str, Any]:
        """The sitting after an answer and the question that comes next.

        It is chosen inside the answer's transaction, so that both are on disk together.
        """
        self.answers = [*self.answers, event]
        try:
            self._upcoming = self._choose()
        except Exception:  # the answer is recorded in any case, and `ask` meets the same error
            self._upcoming = None
        return self._pack(self._upcoming)

    def settle(self, rating: Rating | None = None) -> None:
        """Record an answer that was shown, before something else is done; as suggested without a `rating`."""
        if self.current is not None and self.current.answer is not None:
            current, answer = self.current, self.current.answer
            rating = rating or answer.suggested
            try:
                self._record(current, answer, rating)
            except Overtaken:
                self.current = None
            except MltermsError:
                self._record(current, answer, rating)  # the settings had changed; they are ours now

    def skip(self, *, cannot_be_asked: bool = False) -> None:
        """Leave the open question for another session. One that cannot be asked, since its demo does not run,
        makes way for the next one of its term."""
        self.settle()
        if self.asked is not None:
            if cannot_be_asked:
                self._broken |= {self.asked.id}
            else:
                self.skips.add(self.asked.id, self.learner.last_sequence())
            self.leave_open()

    # -- ending ---------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """End here. An answer that was shown is recorded; a question without one comes first next time."""
        self.settle()
        self._upcoming, self.plan = None, self.plan.after(self.tally.new)
        self._since, self.skips = self.learner.last_sequence(), Skips()
        self.learner.sitting.save(self._pack() if self.asked else None)

    def close(self) -> None:
        """End when the window closes: as `leave`, but this sitting can be taken up again, drafts included."""
        self.settle()
        if self.asked is not None and (self.draft or self.introduced):
            self.learner.sitting.save(self._pack())

    # -- counting ------------------------------------------------------------------------------------------

    @property
    def tally(self) -> Tally:
        """The totals of the sitting. Answers that were undone do not count."""
        return tally_of(self.answers)

    def to_come(self) -> str:
        """What is left to ask: `3 due, 5 new, 4 to see again`, or how far a sitting of another kind is."""
        progress = self._progress()
        as_of = self.queue, self._today(), self.learner.changes, progress
        if self._to_come is None or self._to_come[0] != as_of:
            self._to_come = as_of, left_to_ask(self.queue, self.plan, progress, self.clock.now())
        return self._to_come[1]

    def _progress(self) -> SittingProgress:
        progress = SittingProgress.of(self.answers, self.skips.questions, self._broken)
        if not self.answers:  # a new sitting does not begin with what ended the one before
            progress = replace(progress, last=self.learner.last_answered() or "")
        return replace(progress, line_up=self._line_up())

    def _line_up(self) -> tuple[QuestionId, ...]:
        """All questions of a sitting that asks certain ones, chosen once."""
        if self._lined_up is None:
            contrast, now = self.plan.contrast, self.clock.now()
            self._lined_up = line_up(self.queue, now, self.plan.terms) if contrast else self.plan.questions
        return self._lined_up

    def tell_apart(self) -> list[str]:
        """After a wrong answer: what tells the term from the one that it was taken for, as Markdown."""
        others = self._line_up() if self.plan.contrast else ()
        return tell_apart(self.index, self.current, others) if self.current is not None else []

    def recount(self) -> None:
        """Count the answers again, after one was undone or redone."""
        self.answers = self.learner.answers_since(self._since)

    def ask_again(self, question: QuestionId | None) -> None:
        """Open a question as it was; one that was skipped is skipped no more."""
        self.skips.remove(question)
        found = self.index.question(question) if question else None
        if question and found is not None:
            self._open_again(question, *found)
            self.draft = self._put_away.pop(question, None)
        self.learner.sitting.save(self._pack())

    def leave_open(self) -> None:
        """Put the open question away without an answer."""
        if self.asked is not None and self.verdict is None:
            self._put_away[self.asked.id] = self.draft
        self.current = self._upcoming = None
        self.learner.sitting.save(self._pack())

    # -- the open sitting, on disk -------------------------------------------------------------------------

    def _pack(self, upcoming: Instance | None = None) -> dict[str, Any]:
        instance = upcoming or self.asked
        question = {"id": instance.id, **instance.pack(), "draft": self.draft} if instance else None
        answer = self.current.answer if self.current is not None else None
        kept = self.plan, self._since, self.skips.questions, question, answer, self._today()
        return OpenSitting(*kept, self.introduced).pack()

    def _today(self) -> Day:
        return self.learner.today(self.clock.now())

    def _reopen(self, kept: OpenSitting) -> None:
        """Open the question that was open, unless it is damaged, or of another term than the plan's, where
        an undo opened it: then the next one comes."""
        asked = kept.asked(self.index)
        if asked is not None and (not self.plan.terms or asked.term in self.plan.terms):
            with suppress(MltermsError):
                self._open(asked)
                self.draft = kept.draft
