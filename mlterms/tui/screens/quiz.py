"""The quiz: one question after the other, each answered, explained, rated; and at the end what it came to.

What is asked and what is recorded is `quiz/`'s: this screen puts a `Sitting` before somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import deck_of
from mlterms.glossary.types import Predict, Recall
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.answering import WRITTEN, graded, not_known
from mlterms.quiz.choose import Plan
from mlterms.quiz.instance import Instance
from mlterms.quiz.numbers import NotANumber
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.words import tally_in_words
from mlterms.tui.actions import bindings
from mlterms.tui.screens.quiz_beside import BesideQuestion
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

    from mlterms.quiz.demo_request import PredictionResult
    from mlterms.quiz.grade import Verdict
    from mlterms.tui.app import MltermsApp


class QuizScreen(BesideQuestion):
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
        self._introduced: set[str] = set()
        self._gives_up = False  # Enter once more on an empty line says that one does not know
        self._verdict: Verdict | None = None

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
        workspace = self.app.workspace
        self.sitting = Sitting(
            workspace.learner, workspace.index, workspace.queue, workspace.clock, self.plan
        )
        await self.next()

    # -- from question to question -------------------------------------------------------------------------

    async def next(self) -> None:
        """Put the open question, or the next one; at the end the summary."""
        try:
            asked = self.sitting.ask()
        except MltermsError as error:
            self.app.warn(str(error))
            asked = None
        for told in self.sitting.passed_over():
            self.app.warn(told)
        if asked is None:
            self._finish()
        elif self.sitting.is_first_of_term() and asked.term not in self._introduced:
            await self._introduce(asked)
        else:
            await self._put(asked)

    async def _introduce(self, asked: Instance) -> None:
        self._introduced.add(asked.term)
        term = self.sitting.index.term(asked.term)
        await self.query_one(AnswerFields).ask(None)
        page = self.query_one(QuestionPage)
        page.introduce(term)
        page.focus()
        self._turn("introducing", asked)

    async def _put(self, asked: Instance) -> None:
        """Put the question; what was begun of its answer when it was left is there again."""
        page, begun = self.query_one(QuestionPage), self.sitting.draft or {}
        page.ask(asked, begun.get("picked", ()))
        await self.query_one(AnswerFields).ask(asked.question, begun.get("words", ()))
        if not isinstance(asked.question, WRITTEN):
            page.focus()
        self._turn("asking", asked)
        if isinstance(asked.question, Predict):
            self.call_after_refresh(self._look_for_obstacle, asked, asked.question)

    def _look_for_obstacle(self, asked: Instance, question: Predict) -> None:
        """Whether the demo that decides can be run at all is said before anybody thinks about it."""
        from mlterms.quiz.predict import obstacle

        why = obstacle(self.sitting.index, question.demo, deck_of(asked.id))
        if why and self.sitting.asked is asked:
            self._hinder(why)

    def _hinder(self, why: str) -> None:
        self.query_one(QuestionPage).hinder(why)
        self._note_draft()
        self.refresh_bindings()

    def _note_draft(self) -> None:
        """Keep in mind what is begun of an answer, for when it is broken off."""
        words, picked = self.query_one(AnswerFields).words, self.query_one(QuestionPage).picked
        self.sitting.draft = {"words": words, "picked": picked} if any(words) or picked else None

    def _turn(self, stage: str, asked: Instance | None) -> None:
        """Go to another stage: what is shown and which keys hold follow from it."""
        self.stage = stage
        self._gives_up = False
        self.query_one(RatingBar).display = stage in ("sure", "revealed", "rating")
        self.query_one(QuizSummary).display = stage == "over"
        self.query_one(QuestionPage).display = stage != "over"
        self._say("")
        if stage in ("introducing", "asking", "over"):
            self.query_one(OutcomePage).clear()
            self.query_one("#body").scroll_home(animate=False)
        if asked is not None:
            state = {Phase.NEW: "new", Phase.REVIEW: "review"}.get(self.sitting.state.phase, "again today")
            left = self.sitting.to_come()
            self.query_one(QuizHead).show(asked.title, f"{asked.question.kind}, {state}", left, self._past())
        self.refresh_bindings()

    def _past(self) -> list[bool]:
        return [event.rating != Rating.AGAIN for event in self.sitting.answers]

    def _say(self, text: str) -> None:
        says = self.query_one("#says", Static)
        says.update(self.app.look.text(text))
        says.display = bool(text)

    def _show_outcome(self) -> None:
        """Bring what came of the answer into sight, from its beginning."""
        body, outcome = self.query_one("#body"), self.query_one(OutcomePage)
        self.refresh(layout=True)
        self.call_after_refresh(lambda: body.scroll_to(y=outcome.virtual_region.y, animate=False))

    def _finish(self) -> None:
        self._turn("over", None)
        self.query_one(AnswerFields).display = False
        self.query_one(QuizHead).show("Done", "", "", self._past())
        summary = self.query_one(QuizSummary)
        summary.show(self.sitting, self.app.workspace.clock.now())
        summary.focus()

    # -- answering -----------------------------------------------------------------------------------------

    async def on_page_chosen(self, event: Page.Chosen) -> None:
        event.stop()
        what, *rest = event.zone
        page, asked = self.query_one(QuestionPage), self.sitting.asked
        if what == "leave":
            self.action_leave()
        elif asked is None:
            return
        elif what == "go":
            await self._put(asked)
        elif what == "skip":
            await self.action_skip()
        elif what == "tick" and self.stage == "revealed":
            self.query_one(OutcomePage).tick(rest[0])
            self._offer(self._graded(), digits=False)
        elif self.stage == "asking" and what == "unknown":
            self._settle(not_known(asked), None)
        elif self.stage == "asking":
            if what == "pick":
                page.pick(rest[0])
                self._note_draft()
                self._say("")
            if what == "take" or page.one_is_enough:
                self._take()

    def on_answer_fields_written(self) -> None:
        asked, is_empty = self.sitting.asked, not any(self.query_one(AnswerFields).words)
        if asked is None or self.stage != "asking":
            return
        if isinstance(asked.question, Recall):
            self._reveal(asked.question)
        elif not is_empty:
            self._take()
        elif self._gives_up:
            self._settle(not_known(asked), None)
        else:
            self._gives_up = True
            self._say("If you do not know, Enter once more shows the answer.")

    def on_input_changed(self) -> None:
        if self.stage == "asking":
            self._gives_up = False
            self._note_draft()
            self._say(self.query_one(AnswerFields).problem())

    def _reveal(self, question: Recall) -> None:
        """Of a recall: show the answer, have its ideas ticked, and offer the rating that follows from
        them."""
        self._turn("revealed", self.sitting.asked)
        self.query_one(AnswerFields).freeze()
        self.query_one(OutcomePage).reveal(question)
        self._offer(self._graded(), digits=not question.ideas)
        self.query_one(RatingBar).focus()
        self._show_outcome()

    def _take(self) -> None:
        """Take what is picked or written for the answer."""
        page, asked = self.query_one(QuestionPage), self.sitting.asked
        assert asked is not None
        if not isinstance(asked.question, WRITTEN) and page.missing:
            self._say(page.missing)
        elif isinstance(asked.question, Predict):
            self._predict(asked)
        else:
            try:
                verdict = self._graded()
            except NotANumber as error:
                self._say(str(error))
                return
            if self.app.workspace.config.confidence:
                self._ask_how_sure(verdict)
            else:
                self._settle(verdict, None)

    def _ask_how_sure(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self._turn("sure", self.sitting.asked)
        self.query_one(AnswerFields).freeze()
        bar = self.query_one(RatingBar)
        bar.ask_how_sure()
        bar.focus()

    def _graded(self) -> Verdict:
        """The verdict on what is picked or written. Raises NotANumber."""
        assert self.sitting.asked is not None
        words, ideas = self.query_one(AnswerFields).words, self.query_one(OutcomePage).picked
        return graded(self.sitting.asked, words, self.query_one(QuestionPage).picked, ideas)

    def _predict(self, asked: Instance) -> None:
        """The prediction is committed to: the demo runs before one's eyes, and decides."""
        from mlterms.quiz.demo_request import PredictionRequest
        from mlterms.tui.demos import show_demo

        assert isinstance(asked.question, Predict)
        name, deck = asked.question.demo, deck_of(asked.id)
        picked = self.query_one(QuestionPage).picked[0]
        asking = PredictionRequest(
            lambda demo: asked, self.app.workspace.config.confidence, returns=True, picked=picked
        )
        show_demo(
            *(self.app, self.app.look, self.sitting.index, name, deck),
            seed=asked.seed,
            asking=asking,
            left=self._predicted,
        )

    def _predicted(self, result: PredictionResult | None, trouble: str) -> None:
        """Back from the demo: with a verdict, or with none where it was left or could not run."""
        if self.stage != "asking":
            return
        if result is not None:
            self.query_one(QuestionPage).picked = list(self._position_of(result.verdict))
            self._settle(result.verdict, result.confidence)
        elif trouble:
            self._hinder(trouble)

    def _position_of(self, verdict: Verdict) -> list[int]:
        asked = self.sitting.asked
        return [asked.order.index(verdict.given["option"])] if asked else []

    def _settle(self, verdict: Verdict, confidence: int | None) -> None:
        """The answer is given: say what came of it, and offer the ratings."""
        asked = self.sitting.asked
        assert asked is not None
        self.sitting.give(verdict, confidence)
        self.query_one(AnswerFields).freeze()
        self.query_one(QuestionPage).settle(verdict)
        self.query_one(OutcomePage).settle(asked, verdict)
        self._turn("rating", asked)
        self._offer(verdict)
        self.query_one(RatingBar).focus()
        self._show_outcome()

    def _offer(self, verdict: Verdict, *, digits: bool = True) -> None:
        self._verdict = verdict
        self.query_one(RatingBar).offer(self.sitting.buttons(), verdict.suggested, digits=digits)

    # -- rating --------------------------------------------------------------------------------------------

    async def on_rating_bar_taken(self, event: RatingBar.Taken) -> None:
        if self.stage == "sure":
            assert self._verdict is not None
            self._settle(self._verdict, event.value)
        elif self.stage in ("revealed", "rating"):
            await self._rate(event.value)

    async def _rate(self, rating: Rating) -> None:
        if self.stage == "revealed":
            self.sitting.give(self._graded(), None)
        try:
            self.sitting.rate(rating)
        except Overtaken as error:
            self.app.warn(str(error))
            self.sitting.skip()
        except MltermsError as error:  # it was not recorded; the answer stands, to be rated again
            self.app.warn(str(error))
            return
        await self.next()

    def on_key(self, event: Key) -> None:
        """Digits mean an option, an idea, a rating or how sure one is, by the stage."""
        digit = event.character or ""
        if isinstance(self.focused, Input) or digit not in "0123456789" or not digit:
            return
        number, page, outcome = int(digit), self.query_one(QuestionPage), self.query_one(OutcomePage)
        if self.stage in ("sure", "rating"):
            self.query_one(RatingBar).take(number)
        elif self.stage == "revealed":
            if 0 < number <= outcome.ideas:
                outcome.post_message(Page.Chosen(outcome, ("tick", number - 1)))
            elif not outcome.ideas:
                self.query_one(RatingBar).take(number)
        elif self.stage == "asking" and number <= page.choices:
            zone = ("pick", number - 1) if number else ("unknown",)
            if zone in (place.zone for place in page.places()):
                page.post_message(Page.Chosen(page, zone))

    # -- what else can be done -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asking = self.stage in ("introducing", "asking", "sure", "revealed", "rating")
        if action in ("card", "skip"):
            return asking
        if action in ("edit", "suspend", "bury"):
            return asking and self.stage != "introducing"
        if action == "demo":
            return asking and self.sitting.asked is not None and bool(self.term_demo())
        if action == "undo":
            return self.sitting.learner.undoable() is not None
        return super().check_action(action, parameters)

    def action_up(self) -> None:
        self.query_one("#body").scroll_page_up(animate=False)

    def action_down(self) -> None:
        self.query_one("#body").scroll_page_down(animate=False)

    def on_unmount(self) -> None:
        self.sitting.keep_draft()

    def action_leave(self) -> None:
        """Go back, or to the shell, with what the sitting came to."""
        self.sitting.leave()
        self.app.back(tally_in_words(self.sitting.tally))
