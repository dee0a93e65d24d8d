"""The quiz: one question after the other, each answered, explained, rated; and at the end what it came to.

What is asked and what is recorded is `quiz/`'s: this screen puts a `Sitting` before somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from mlterms.base.errors import MltermsError, Overtaken
from mlterms.glossary.types import Choice, Cloze, Numeric, Order, Predict, Recall, Spot
from mlterms.memory.state import Phase, Rating
from mlterms.quiz import grade
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.quiz.numbers import NotANumber
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.words import tally_in_words
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.answer_fields import AnswerFields
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.outcome_page import OutcomePage
from mlterms.tui.widgets.page import Page
from mlterms.tui.widgets.question_page import QuestionPage
from mlterms.tui.widgets.quiz_head import QuizHead
from mlterms.tui.widgets.quiz_summary import QuizSummary
from mlterms.tui.widgets.rating_bar import RatingBar

if TYPE_CHECKING:
    from textual.events import Key

    from mlterms.tui.app import MltermsApp
    from mlterms.tui.opening import Predicted

_WRITTEN = (Recall, Cloze, Numeric)  # kinds that are answered in words


class QuizScreen(Screen[None]):
    """See the module. stage: introducing a term, asking, sure (how sure one is), revealed (a recall's ideas
    are ticked), rating, or over."""

    BINDINGS = bindings("quiz")
    CSS_PATH = "quiz.tcss"
    AUTO_FOCUS = ""

    app: MltermsApp

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.stage = "asking"
        self._confidence: int | None = None
        self._waiting: Verdict | None = None

    def compose(self) -> ComposeResult:
        look = self.app.look
        yield QuizHead(look=look)
        with VerticalScroll(id="body", can_focus=False):
            yield QuestionPage(look=look)
            yield AnswerFields()
            yield OutcomePage(look=look)
            yield Static("", id="says", markup=False)
            yield QuizSummary(look=look)
        yield RatingBar(look=look)
        yield KeyLine(look=look)

    async def on_mount(self) -> None:
        desk = self.app.desk
        self.sitting = Sitting(desk.learner, desk.index, desk.queue, desk.clock, self.plan)
        self.query_one(RatingBar).display = False
        self.query_one(QuizSummary).display = False
        await self.next()

    # -- from question to question -------------------------------------------------------------------------

    async def next(self) -> None:
        """Put the open question, or the next one; at the end the summary."""
        try:
            asked = self.sitting.ask()
        except MltermsError as error:
            self.app.warn(str(error))
            asked = None
        if asked is None:
            self._finish()
        elif self.sitting.is_first_of_term():
            await self._introduce(asked)
        else:
            await self._put(asked)

    async def _introduce(self, asked: Instance) -> None:
        self._turn("introducing", asked)
        term = self.sitting.index.term(asked.term)
        await self.query_one(AnswerFields).ask(0)
        text = term.sections[0].text.strip().partition("\n\n")[0] if term.sections else ""
        page = self.query_one(QuestionPage)
        page.introduce(term.title, term.definition, text)
        page.focus()

    async def _put(self, asked: Instance) -> None:
        self._turn("asking", asked)
        question = asked.question
        page = self.query_one(QuestionPage)
        page.ask(asked)
        count = len(question.gaps) if isinstance(question, Cloze) else int(isinstance(question, _WRITTEN))
        hint = "in your own words; Enter shows the answer" if isinstance(question, Recall) else ""
        await self.query_one(AnswerFields).ask(count, numeric=isinstance(question, Numeric), hint=hint)
        if not count:
            page.focus()

    def _turn(self, stage: str, asked: Instance | None) -> None:
        """Go to another stage: what is shown and which keys hold follow from it."""
        self.stage = stage
        self.query_one(RatingBar).display = stage == "rating"
        self.query_one(QuizSummary).display = stage == "over"
        self.query_one(QuestionPage).display = stage != "over"
        if stage in ("introducing", "asking", "over"):
            self.query_one(OutcomePage).clear()
        self._say("")
        if asked is not None:
            past = [event.rating != Rating.AGAIN for event in self.sitting.answers]
            state = {Phase.NEW: "new", Phase.REVIEW: "review"}.get(self.sitting.state.phase, "again today")
            self.query_one(QuizHead).show(asked.title, f"{asked.question.kind}, {state}", self._left(), past)
        self.query_one("#body").scroll_home(animate=False)
        self.refresh_bindings()

    def _left(self) -> str:
        done = len(self.sitting.answers)
        if self.plan.limit is not None:
            return f"{done + 1} of {self.plan.limit}"
        if self.plan.mode != "scheduled" or self.plan.terms:
            return f"question {done + 1}"
        counts = self.sitting.queue.counts(self.app.desk.clock.now())
        return f"{counts.due + counts.learning + counts.new} to go"

    def _say(self, text: str) -> None:
        self.query_one("#says", Static).update(self.app.look.text(text))

    def _finish(self) -> None:
        self._turn("over", None)
        self.query_one(QuizHead).show(
            "", "", "", [event.rating != Rating.AGAIN for event in self.sitting.answers]
        )
        summary = self.query_one(QuizSummary)
        summary.show(self.sitting, self.app.desk.clock.now())
        summary.focus()

    # -- answering -----------------------------------------------------------------------------------------

    async def on_page_chosen(self, event: Page.Chosen) -> None:
        event.stop()
        what, *rest = event.zone
        page = self.query_one(QuestionPage)
        asked = self.sitting.asked
        if what == "go" and asked is not None:
            await self._put(asked)
        elif what == "pick" and self.stage == "asking":
            page.pick(rest[0])
            if page.one_is_enough:
                await self._take()
        elif what == "tick" and self.stage == "revealed":
            self._tick(rest[0])
        elif what == "take":
            await self._take()
        elif what == "leave":
            self.action_leave()

    async def on_answer_fields_written(self, event: AnswerFields.Written) -> None:
        asked = self.sitting.asked
        if asked is None or self.stage != "asking":
            return
        if isinstance(asked.question, Recall):
            self._reveal(asked.question)
        else:
            await self._take()

    def on_input_changed(self, event: Input.Changed) -> None:
        if self.stage == "asking":
            self._say(self.query_one(AnswerFields).problem())

    def _reveal(self, question: Recall) -> None:
        """Of a recall: show the answer, have its ideas ticked, and offer the rating that follows from
        them."""
        self._turn("revealed", self.sitting.asked)
        self.query_one(AnswerFields).freeze()
        self.query_one(OutcomePage).reveal(question)
        self._offer(self._graded())
        self.query_one(RatingBar).focus()
        self.call_after_refresh(lambda: self.query_one("#body").scroll_end(animate=False))

    def _tick(self, position: int) -> None:
        self.query_one(OutcomePage).tick(position)
        self._offer(self._graded())

    async def _take(self) -> None:
        """Take what is picked or written for the answer."""
        page, asked = self.query_one(QuestionPage), self.sitting.asked
        if asked is None or self.stage != "asking":
            return
        if not isinstance(asked.question, _WRITTEN) and not page.is_complete:
            self._say("Pick something first.")
            return
        if isinstance(asked.question, Predict):
            self._predict(asked)
            return
        try:
            verdict = self._graded()
        except NotANumber as error:
            self._say(str(error))
            return
        if self.app.desk.config.confidence:
            self._waiting = verdict
            self._turn("sure", asked)
            self._say("How sure are you?  1 a guess   2 fairly   3 certain   Enter: rather not say")
            self.set_focus(None)
        else:
            self._settle(verdict, None)

    def _graded(self) -> Verdict:
        """The verdict on what is picked or written. Raises NotANumber."""
        page, asked = self.query_one(QuestionPage), self.sitting.asked
        words = self.query_one(AnswerFields).words
        assert asked is not None
        match asked.question:
            case Recall():
                return grade.grade_recall(
                    asked, words[0] if words else "", self.query_one(OutcomePage).picked
                )
            case Choice():
                return grade.grade_choice(asked, page.picked)
            case Cloze():
                return grade.grade_cloze(asked, words)
            case Numeric():
                return grade.grade_numeric(asked, words[0])
            case Order():
                return grade.grade_order(asked, page.picked)
            case Spot():
                return grade.grade_spot(asked, page.picked[0] + 1)
        raise AssertionError(f"{asked.question.kind} is graded by its runs")

    def _predict(self, asked: Instance) -> None:
        """The prediction is committed to: the demo runs before one's eyes, and decides."""
        from mlterms.quiz.predict import open_demo
        from mlterms.tui.opening import Asking, Opening
        from mlterms.tui.screens.demo import DemoScreen

        assert isinstance(asked.question, Predict)
        name, deck = asked.question.demo, asked.id.partition(":")[0]
        opening = Opening(name, lambda: open_demo(self.sitting.index, name, deck), seed=asked.seed)
        picked = self.query_one(QuestionPage).picked[0]
        asking = Asking(lambda demo: asked, self.app.desk.config.confidence, returns=True, picked=picked)
        self.app.push_screen(DemoScreen(opening, asking, self.app.look), self._predicted)

    def _predicted(self, result: Predicted | None) -> None:
        """Back from the demo: with a verdict, or with none where it could not run or was left."""
        if result is not None and self.stage == "asking":
            self.query_one(QuestionPage).picked = list(self._position_of(result.verdict))
            self._settle(result.verdict, result.confidence)

    def _position_of(self, verdict: Verdict) -> list[int]:
        asked = self.sitting.asked
        return [asked.order.index(verdict.given["option"])] if asked else []

    def _settle(self, verdict: Verdict, confidence: int | None) -> None:
        """The answer is given: say what came of it, and offer the ratings."""
        asked = self.sitting.asked
        assert asked is not None
        self.sitting.give(verdict, confidence)
        self.query_one(AnswerFields).freeze()
        page = self.query_one(QuestionPage)
        page.settle(verdict)
        self.query_one(OutcomePage).settle(asked, verdict)
        self._turn("rating", asked)
        self._offer(verdict)
        self.query_one(RatingBar).focus()
        self.call_after_refresh(lambda: self.query_one("#body").scroll_end(animate=False))

    def _offer(self, verdict: Verdict) -> None:
        bar = self.query_one(RatingBar)
        bar.display = True
        self._waiting = verdict
        bar.offer(self.sitting.buttons(), verdict.suggested)

    # -- rating --------------------------------------------------------------------------------------------

    async def on_rating_bar_rated(self, event: RatingBar.Rated) -> None:
        await self._rate(event.rating)

    async def _rate(self, rating: Rating) -> None:
        if self.stage == "revealed" and self._waiting is not None:
            self.sitting.give(self._graded(), None)
        elif self.stage != "rating":
            return
        try:
            self.sitting.rate(rating)
        except Overtaken as error:
            self.app.warn(str(error))
            self.sitting.skip()
        except MltermsError as error:  # it was not recorded; the answer stands, to be rated again
            self.app.warn(str(error))
            return
        await self.next()

    async def on_key(self, event: Key) -> None:
        """Digits mean an option, an idea, a rating or how sure one is, by the stage."""
        if isinstance(self.focused, Input):
            return
        page, digit = (
            self.query_one(QuestionPage),
            event.character if (event.character or "").isdigit() else "",
        )
        if self.stage == "sure" and (event.key == "enter" or digit in ("1", "2", "3")):
            event.stop()
            assert self._waiting is not None
            self._settle(self._waiting, int(digit) if digit else None)
        elif self.stage == "rating" and digit in ("1", "2", "3", "4"):
            event.stop()
            await self._rate(Rating(int(digit)))
        elif self.stage == "asking" and digit and 0 < int(digit) <= page.choices:
            event.stop()
            page.post_message(Page.Chosen(page, ("pick", int(digit) - 1)))
        elif self.stage == "revealed" and digit and 0 < int(digit) <= self._ideas():
            event.stop()
            self._tick(int(digit) - 1)

    def _ideas(self) -> int:
        question = self.sitting.asked.question if self.sitting.asked else None
        return len(question.ideas) if isinstance(question, Recall) else 0

    # -- what else can be done -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asking = self.stage in ("introducing", "asking", "sure", "revealed", "rating")
        if action in ("card", "edit", "skip", "suspend", "bury"):
            return asking
        if action == "demo":
            return asking and self.sitting.asked is not None and bool(self._term_demo())
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go back, or to the shell, with what the sitting came to."""
        self.sitting.leave()
        self.app.back(tally_in_words(self.sitting.tally))

    def action_card(self) -> None:
        if self.sitting.asked is not None:
            self.app.open_card(self.sitting.asked.term)

    def action_demo(self) -> None:
        if name := self._term_demo():
            self.app.open_demo(name)

    def _term_demo(self) -> str:
        asked = self.sitting.asked
        return self.sitting.index.term(asked.term).demo if asked is not None else ""

    async def action_undo(self) -> None:
        if self.sitting.undo() is None:
            self.app.tell("There is nothing to take back.")
            return
        self.app.tell("Taken back; here it is again.")
        await self.next()

    async def action_redo(self) -> None:
        if self.sitting.redo() is None:
            self.app.tell("There is nothing to put back.")
            return
        self.app.tell("Put back.")
        await self.next()

    async def action_skip(self) -> None:
        self.sitting.skip()
        await self.next()

    async def action_suspend(self) -> None:
        self.sitting.suspend()
        self.app.tell("It will not be asked again. Undo takes that back.")
        await self.next()

    async def action_bury(self) -> None:
        self.sitting.bury()
        self.app.tell("Until tomorrow, then.")
        await self.next()

    def action_edit(self) -> None:
        """Open the learner's copy of the card at the question; what is changed is asked as it then reads."""
        from mlterms.store.overlay import own_copy
        from mlterms.tui.editor import edit

        asked = self.sitting.asked
        if asked is not None:
            edit(self.app, own_copy(self.sitting.index, asked.term), asked.question.line)

    # -- what others did meanwhile -------------------------------------------------------------------------

    async def on_learner_changed(self) -> None:
        """Another window has written: if it answered the open question, that one is no longer open here."""
        asked = self.sitting.asked
        if asked is not None and self.app.desk.learner.state(asked.id) != self.sitting.state:
            self.app.warn("This question was answered in another window.")
            self.sitting.skip()
            await self.next()

    async def on_cards_changed(self) -> None:
        """Cards were edited: go on with them, and put the open question again if it reads otherwise now."""
        before = self.sitting.asked
        self.sitting.index, self.sitting.queue = self.app.desk.index, self.app.desk.queue
        if before is not None and self.sitting.refresh() != before:
            self.app.tell("The card has changed; the question as it reads now.")
            await self.next()
