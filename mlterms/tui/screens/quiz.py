"""The quiz: one question after another, each answered, explained, rated; and at the end a summary.

What is asked and what is recorded is `quiz/`'s: this screen shows a `Sitting`, and does what else can be done
with a question: its card, its demo, its file, second thoughts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import deck_of
from mlterms.glossary.types import Predict, Spot
from mlterms.quiz import marks
from mlterms.quiz import question_heading as heading
from mlterms.quiz.apply_mark import apply_mark, why_unchanged
from mlterms.quiz.choose import Plan
from mlterms.quiz.contrast import can_contrast
from mlterms.quiz.instance import Instance
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.tally import missed_in, rights_in
from mlterms.quiz.undo import can_redo, label_of_redo, label_of_undo, redo, undo
from mlterms.quiz.words import RETIRED, tally_in_words
from mlterms.tui.actions import bindings
from mlterms.tui.confidence_switch import switch_confidence
from mlterms.tui.quiz_actions import is_possible
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.screens.ask_first import ask_first, key_here
from mlterms.tui.screens.quiz_prediction import obstacle_to, show_result, show_runs
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.card_beside import CardBeside
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.question_pane import QuestionPane
from mlterms.tui.widgets.quiz_head import QuizHead
from mlterms.tui.widgets.quiz_summary import QuizSummary

if TYPE_CHECKING:
    from mlterms.quiz.demo_request import PredictionResult

_WITH_CARD = 140  # columns of the screen from which the card is shown beside an answer


class QuizScreen(AppScreen[None]):
    """Asks the questions of one sitting, and shows its summary.

    is_over: nothing is left to ask, and the summary is shown. can_contrast: it offers a contrast sitting.
    """

    BINDINGS = bindings("quiz")
    CSS_PATH = "quiz.tcss"
    AUTO_FOCUS = ""
    NAME = "quiz"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-middle"), (120, "-wide"), (_WITH_CARD, "-widest")]

    head = getters.query_one(QuizHead)
    pane = getters.query_one(QuestionPane)
    summary = getters.query_one(QuizSummary)
    beside = getters.query_one(CardBeside)

    app: WorkspaceShell
    sitting: Sitting
    is_over = can_contrast = _has_begun = False  # a key may come before there is a sitting

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self._cannot_load: Instance | None = None  # the question whose demo is missing or not trusted

    def compose(self) -> ComposeResult:
        yield QuizHead()
        with Horizontal(id="columns"):
            with Vertical(id="middle"):
                yield QuestionPane()
                yield QuizSummary()
            yield CardBeside()
        yield NewsLine()
        yield KeyLine()

    async def on_mount(self) -> None:
        self.sitting = self._sit()
        self._has_begun = True
        self.summary.display = False
        self._look_beside(self.app.size.width)
        await self.next()

    def _sit(self) -> Sitting:
        workspace = self.app.workspace
        return Sitting(
            *(workspace.learner, workspace.index, workspace.queue, workspace.clock, self.plan),
            guess_first=workspace.config.guess_first,
        )

    @property
    def stage(self) -> str:
        """The stage of the open question, or "over"."""
        return "over" if self.is_over else self.pane.stage

    # -- from question to question -------------------------------------------------------------------------

    async def next(self) -> None:
        """Put the open question, or the next one; at the end show the summary."""
        try:
            asked = self.sitting.ask()
        except MltermsError as error:
            self.app.warn(str(error))
            asked = None
        for reason in self.sitting.passed_over():
            self.app.warn(reason)
        self.is_over = asked is None
        self.pane.display, self.summary.display = not self.is_over, self.is_over
        await self.beside.clear()
        if asked is None:
            self._finish()
        elif self.sitting.is_first_of_term():
            await self.pane.introduce(self.sitting.index.term(asked.term), asked, self.sitting.draft)
        else:
            guessed = self.sitting.index.term(asked.term) if self.sitting.is_guess else None
            await self.pane.ask(asked, self.sitting.draft, guessed, heading.reason_to_ask(self.sitting))

    def _finish(self) -> None:
        now = self.app.workspace.clock.now()
        self.can_contrast = not self.plan.contrast and can_contrast(self.sitting.queue, now)
        self.head.show("Done", "", "", rights_in(self.sitting.answers))
        self.summary.show(self.sitting, now)
        self.summary.focus()
        self.refresh_bindings()

    def on_question_pane_staged(self) -> None:
        if (asked := self.sitting.asked) is None:
            return
        self.show_head()
        if self.pane.stage == "asking":
            self.sitting.note_introduced()
        if self.pane.stage == "asking" and isinstance(asked.question, Predict):
            self.call_after_refresh(self._look_for_obstacle, asked)

    def show_head(self) -> None:
        if self.sitting.asked is not None:
            kind, left = ", ".join(heading.kind_and_turn(self.sitting)), self.sitting.to_come()
            self.head.show(heading.title_of_open(self.sitting), kind, left, rights_in(self.sitting.answers))
            self.refresh_bindings()

    def _look_for_obstacle(self, asked: Instance) -> None:
        """Whether the demo that decides can be run at all is said before anybody thinks about it."""
        why = obstacle_to(asked, self.sitting.index)
        if why and self.sitting.asked is asked:
            self._cannot_load = asked
            self.pane.hinder(why)

    # -- the answer and its rating -------------------------------------------------------------------------

    def on_question_pane_drafted(self) -> None:
        self.sitting.draft = self.pane.draft
        self.refresh_bindings()

    def on_question_pane_answered(self, event: QuestionPane.Answered) -> None:
        self._give(event)
        if apart := self.sitting.tell_apart():
            self.pane.feedback.show_apart(apart)
        if (asked := self.sitting.asked) is not None and isinstance(asked.question, Spot):
            self.pane.feedback.run_code(self.sitting.index.term(asked.term).path)

    def on_question_pane_revealed(self, event: QuestionPane.Revealed) -> None:
        self._give(event)

    def _give(self, event: QuestionPane.Answered | QuestionPane.Revealed) -> None:
        self.query_one(NewsLine).clear()  # what it says can be undone is no longer the last thing done
        self.sitting.give(event.verdict, event.confidence)
        self.sitting.note_introduced()
        self._offer_ratings()

    def _offer_ratings(self) -> None:
        from mlterms.quiz.answer_advice import advice_on_answer

        self.head.show_term(heading.title_of_open(self.sitting))
        if self.sitting.verdict is None:
            return
        self.pane.rate(self.sitting.buttons(), self.sitting.verdict.suggested)
        self.pane.advice.say(advice_on_answer(self.sitting, self.pane.rating_bar.is_marked, self.app.key))
        self.refresh_bindings()
        self._look_beside(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        if self._has_begun:
            self._look_beside(event.size.width)

    def _look_beside(self, width: int) -> None:
        """Where there is room, an answer has the card of its term beside it, which says what the term is."""
        has_room = width >= _WITH_CARD
        self.pane.feedback.describe_term(not has_room)
        if has_room and not self.beside.term:
            self.call_after_refresh(self._show_card_beside)

    async def _show_card_beside(self) -> None:
        """Show the card of the term beside the answer, once that is painted."""
        asked = self.sitting.asked
        if asked is not None and self.stage in ("revealed", "rating") and not self.beside.term:
            await self.beside.show(asked.term)

    def action_follow(self, term: str) -> None:
        self.app.open_card(term)

    def action_right(self) -> None:
        """The answer was right after all, and is rated as a right one."""
        self.pane.overrule(self.sitting.right_after_all())
        self._offer_ratings()

    def on_question_pane_predicted(self, event: QuestionPane.Predicted) -> None:
        """The prediction is committed to: the demo runs in front of the learner, and decides."""
        if self.sitting.asked is not None:
            show_runs(self.app, self.sitting, self.sitting.asked, event.position, self._return_from_demo)

    def _return_from_demo(self, result: PredictionResult | None, trouble: str) -> None:
        """Back from the demo: with a verdict, or with none where it was left or could not run."""
        if result is not None:
            self.pane.decide(result.verdict, result.confidence)
        elif trouble and self.pane.stage == "asking":
            self.pane.hinder(trouble)

    async def on_question_pane_rated(self, event: QuestionPane.Rated) -> None:
        try:
            self.sitting.rate(event.rating)
        except Overtaken as error:
            self.app.warn(str(error))
            self.sitting.skip()
        except MltermsError as error:  # it was not recorded; the answer is kept, to be rated again
            self.app.warn(str(error))
            self._offer_ratings()
            return
        if (retired := self.sitting.retired) is not None:
            self.app.tell(f"{retired.title}: {RETIRED}")
        await self.next()
        self.pane.pause_until_read()

    # -- what else can be done -----------------------------------------------------------------------------

    def can(self, action: str) -> bool:
        return self._has_begun and is_possible(action, self.sitting, self.stage, self.can_contrast)

    def label_of(self, action: str) -> str:
        return "back" if action == "quiz.leave" and self.stage == "sure" else ""

    def has_effect(self, action: str) -> bool:
        return can_redo(self.sitting) if action == "redo" else not why_unchanged(self.sitting, action)

    @ask_first
    async def action_skip(self) -> None:
        if self.pane.view.obstacle:
            self.sitting.skip(cannot_be_asked=True)
            await self.next()
        else:
            await self._mark("skip")

    @ask_first
    async def action_suspend(self) -> None:
        await self._mark("suspend")

    @ask_first
    async def action_bury(self) -> None:
        await self._mark("bury")

    @ask_first
    async def action_know(self) -> None:
        await self._mark("known")

    @ask_first
    async def action_reset(self) -> None:
        await self._mark("reset")

    async def _mark(self, mark: str) -> None:
        """Do that with the open question and go on to the next; or say why it would change nothing."""
        if why := why_unchanged(self.sitting, mark):
            self.app.tell_of_key(why)
            return
        done = apply_mark(self.sitting, mark)
        await self.next()
        if done:
            self.call_after_refresh(self._tell_undoable, done)

    def action_flag(self) -> None:
        self._tell_undoable(apply_mark(self.sitting, "flag"))
        self.show_head()

    def _tell_undoable(self, done: str) -> None:
        """Say what was done, and the key that undoes it here: in a field `u` is only typed."""
        self.app.tell(f"{done}. Press {key_here(self, 'quiz.undo')} to undo.")

    async def action_contrast(self) -> None:
        await self._go_on_with(Plan(mode="cram", contrast=True))

    async def action_again(self) -> None:
        if missed := missed_in(self.sitting.answers):
            await self._go_on_with(Plan(mode="cram", questions=missed))

    async def _go_on_with(self, plan: Plan) -> None:
        self.sitting.leave()
        self.plan = plan
        introduced, self.sitting = self.sitting.introduced, self._sit()
        self.sitting.introduced |= introduced
        await self.next()

    def action_card(self) -> None:
        if self.sitting.asked is not None:
            if self.stage != "introducing":
                marks.look_up(self.sitting)
            self.app.open_card(self.sitting.asked.term)

    def action_demo(self) -> None:
        if (asked := self.sitting.asked) and isinstance(asked.question, Predict) and self.sitting.verdict:
            show_result(self.app, self.sitting, asked)
        elif asked is not None and (name := self.sitting.demo):
            marks.look_up(self.sitting)
            self.app.open_demo(name, deck_of(asked.term))

    def action_edit(self) -> None:
        """Open the learner's copy of the card at the question, which is then asked as it reads."""
        from mlterms.tui.editor import edit_own_copy

        if (asked := self.sitting.asked) is not None:
            edit_own_copy(self.app, asked.term, asked.question.line)

    async def action_undo(self) -> None:
        if await self.pane.take_back():
            return
        mark, question = label_of_undo(self.sitting), undo(self.sitting)
        await self._say_step(question, "There is nothing to undo.", f"Undone{mark}")

    async def action_redo(self) -> None:
        mark, question = label_of_redo(self.sitting), redo(self.sitting)
        await self._say_step(question, "There is nothing to redo.", f"Redone{mark}")

    async def _say_step(self, question: str | None, nothing: str, done: str) -> None:
        if question is None:
            self.app.tell_of_key(nothing)
            return
        self.app.tell(f"{done}: {heading.name_in_message(self.sitting, question)}.")
        if self.sitting.verdict is None:
            await self.next()
        else:  # a solution is still shown: only its flag was changed
            self.show_head()

    def action_sure(self) -> None:
        switch_confidence(self.app, key_here(self, "quiz.sure"), is_guess=self.sitting.is_guess)

    def action_turn(self, pages: int) -> None:
        self.summary.action_page(pages) if self.is_over else self.pane.scroll_pages(pages)

    def action_go_to_edge(self, by: int) -> None:
        """Scroll to the start (−1) or to the end (1)."""
        self.pane.scroll_to_edge(by)

    async def on_screen_resume(self) -> None:
        """A demo that could not be loaded may have been trusted or fixed in the meantime."""
        asked = self._cannot_load
        if asked is not None and asked is self.sitting.asked and not obstacle_to(asked, self.sitting.index):
            self._cannot_load = None
            await self.pane.ask(asked, self.sitting.draft, reason=heading.reason_to_ask(self.sitting))

    def on_unmount(self) -> None:
        self.app.end_with(self.sitting.close)

    def parting_words(self) -> str:
        self.app.end_with(self.sitting.close)
        return tally_in_words(self.sitting.tally)

    async def action_leave(self) -> None:
        """Go back, or to the shell, with a summary of the sitting; from "How sure?", back to the answer."""
        if await self.pane.take_back():
            return
        self.app.end_with(self.sitting.leave)
        self.app.back(tally_in_words(self.sitting.tally))

    # -- what others did meanwhile -------------------------------------------------------------------------

    async def on_learner_changed(self) -> None:
        """Another window has written: if it answered the open question, that one is no longer open here."""
        self.show_head()
        if message := heading.changed_elsewhere(self.sitting):
            self.app.warn(message)
            self.sitting.skip()
            await self.next()
            self.pane.pause_after_exchange()

    async def on_cards_changed(self) -> None:
        """Cards were edited: go on with them, and put the open question again if it reads differently now."""
        before = self.sitting.asked
        now = self.sitting.take(self.app.workspace)
        if before is None or now == before:
            return
        if now is not None and now.id == before.id:
            self.app.tell("The card has changed; the question as it reads now.")
        else:
            why = self.sitting.index.why_aside(before.id)
            self.app.warn(f"This question has an error and will be skipped until it is fixed. {why}")
        await self.next()
