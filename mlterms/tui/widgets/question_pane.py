"""One question from its first sight to its rating: introduced, asked, answered, explained, rated.

It knows nothing of the sitting: what was answered and rated goes up as messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from mlterms.glossary.types import WRITTEN, Predict, Recall, Term
from mlterms.quiz.instance import Instance
from mlterms.quiz.words import DRAFT_KEPT, ENTER_ONCE_MORE, UNSCHEDULED
from mlterms.tui.key_pause import AFTER_ANSWER, AFTER_EXCHANGE, KeyPause
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.answer_fields import AnswerFields
from mlterms.tui.widgets.feedback import Feedback
from mlterms.tui.widgets.question_keys import press_unbound
from mlterms.tui.widgets.question_view import QuestionView
from mlterms.tui.widgets.rating_bar import RatingBar
from mlterms.tui.widgets.remark import Remark

if TYPE_CHECKING:
    from mlterms.memory.state import Rating
    from mlterms.quiz.grade import Verdict

_VERDICT = 6  # rows of the feedback to a guess that come into sight in any case

Stage = Literal["introducing", "asking", "sure", "revealed", "rating"]


class QuestionPane(Vertical):
    """One question from its first sight to its rating.

    stage: introducing a term, asking, sure (how sure the learner is), revealed (the ideas of a recall are
    ticked), or rating. verdict: on the answer as it is now, None before there is one. says: what is said of
    the question as it is answered. advice: above the ratings, what may help.
    """

    body = getters.query_one("#body", VerticalScroll)
    view = getters.query_one(QuestionView)
    fields = getters.query_one(AnswerFields)
    feedback = getters.query_one(Feedback)
    rating_bar = getters.query_one(RatingBar)
    says = getters.query_one("#says", Remark)
    advice = getters.query_one("#advice", Remark)

    app: WorkspaceShell

    class Staged(Message):
        """The pane is at another stage."""

    class Drafted(Message):
        """Something was written or picked of an answer."""

    class Answered(Message):
        """The answer is given. The screen calls `rate` to have it rated."""

        def __init__(self, verdict: Verdict, confidence: int | None) -> None:
            super().__init__()
            self.verdict, self.confidence = verdict, confidence

    class Revealed(Message):
        """The model answer of a recall is shown, or other ideas of it are ticked: `rate` it as `verdict`."""

        def __init__(self, verdict: Verdict, confidence: int | None) -> None:
            super().__init__()
            self.verdict, self.confidence = verdict, confidence

    class Predicted(Message):
        """An option of a prediction was picked, or None, "I do not know"; its runs decide."""

        def __init__(self, position: int | None) -> None:
            super().__init__()
            self.position = position

    class Rated(Message):
        """The answer was rated."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self) -> None:
        super().__init__(id="pane")
        self.stage: Stage = "asking"
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self._draft: Mapping[str, Any] = {}
        self._confidence: int | None = None  # in the answer to a recall, until it is rated
        self._guessed: Term | None = None
        self.pause = KeyPause()  # in which nothing is answered or rated
        self._gives_up = False  # Enter once more on an empty line says that the learner does not know

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="body", can_focus=False):
            yield QuestionView()
            yield AnswerFields(self.pause)
            yield Feedback(can_take=lambda: self.rating_bar.is_marked)
            yield Remark("says")
        yield Remark("advice")
        yield RatingBar()

    def on_mount(self) -> None:
        self.watch(self.body, "scroll_y", self._look_below, init=False)
        self.watch(self.body, "virtual_size", self.on_resize, init=False)  # what code prints comes later

    def on_resize(self) -> None:
        self.call_after_refresh(self._look_below)

    # -- asking --------------------------------------------------------------------------------------------

    async def introduce(self, term: Term, asked: Instance, draft: Mapping[str, Any] | None) -> None:
        """Say what a term is, then put its question."""
        self.asked, self._draft = asked, draft or {}
        await self.fields.ask(None)
        self.view.introduce(term)
        self.screen.set_focus(self.view)
        self._enter("introducing")
        self.post_message(self.Drafted())

    async def ask(
        self,
        asked: Instance,
        draft: Mapping[str, Any] | None,
        guessed: Term | None = None,
        reason: str = "",
    ) -> None:
        """Put a question. draft: what was written and picked when it was left. guessed: the term that begins
        with a guess at this question; what it is, is said after the verdict. reason: why it comes now."""
        self.asked, self.verdict, self._draft = asked, None, draft or {}
        self._guessed = guessed
        self.view.ask(asked, self._draft.get("picked", ()), guessed, reason)
        await self.fields.ask(asked.question, self._draft.get("words", ()))
        if not isinstance(asked.question, WRITTEN):
            self.screen.set_focus(self.view)
        self._enter("asking")
        self.says.say(self._kept())

    def hinder(self, obstacle: str) -> None:
        """Say why the question cannot be answered now."""
        self.view.hinder(obstacle)
        self.post_message(self.Drafted())

    @property
    def draft(self) -> dict[str, Any] | None:
        """What is written and picked of an answer, for when it is left; None if nothing is."""
        if self.stage == "introducing":
            return {**self._draft} or None
        words, picked = self.fields.words, self.view.picked
        return {"words": words, "picked": picked} if any(words) or picked else None

    def _enter(self, stage: Stage) -> None:
        """Go to another stage: what is shown and which keys hold follow from it."""
        self.stage = stage
        self._gives_up = False
        self.rating_bar.clear()
        self.rating_bar.display = self.rating_bar.can_focus = stage in ("sure", "revealed", "rating")
        self.rating_bar.has_more_above = False
        self.call_after_refresh(self._look_below)
        self.says.say("")
        self.feedback.can_focus = stage not in ("introducing", "asking")  # else Tab would go where nothing is
        if stage in ("introducing", "asking"):
            self.feedback.clear()
            self.advice.say("")
            self.body.scroll_home(animate=False)
        else:
            self.pause.start(AFTER_ANSWER)
        self.post_message(self.Staged())

    async def action_begin(self) -> None:
        """From the introduction of a term to its question."""
        if self.asked is not None and self.stage == "introducing":
            await self.ask(self.asked, self._draft)

    # -- answering -----------------------------------------------------------------------------------------

    def pause_until_read(self) -> None:
        """Take no answer and no mark for a moment: the key that led to this question may be pressed twice."""
        self.pause.start(AFTER_ANSWER)

    def pause_after_exchange(self) -> None:
        """Take no answer for a moment: another question is shown, and the learner has pressed nothing."""
        self.pause.start(AFTER_EXCHANGE)

    def action_choose(self, position: int) -> None:
        """Pick an option or a line; where one is enough, that is the answer."""
        if self.stage != "asking" or self.pause.stops_key(self.app.tell_of_key):
            return
        self.view.pick(position)
        self.post_message(self.Drafted())
        self.says.say("")
        if self.view.one_is_enough:
            self.action_take()

    def action_give_up(self) -> None:
        if self.stage != "asking" or self.asked is None or self.pause.stops_key(self.app.tell_of_key):
            return
        if isinstance(self.asked.question, Predict):
            self.view.picked = []
            self.post_message(self.Predicted(None))
        else:
            self._answer(self._unknown(), None)

    def action_take(self) -> None:
        """Take what is picked or written for the answer."""
        from mlterms.quiz.numbers import NotANumber

        asked = self.asked
        if self.stage != "asking" or asked is None or self.pause.stops_key(self.app.tell_of_key):
            return
        if not isinstance(asked.question, WRITTEN) and self.view.missing:
            self.app.tell_of_key(self.view.missing)
        elif isinstance(asked.question, Predict):
            self.post_message(self.Predicted(self.view.picked[0]))
        else:
            try:
                self.verdict = self._grade()
            except NotANumber as error:
                self.says.say(str(error))
                return
            if self.app.workspace.config.confidence and self._guessed is None:
                self._ask_how_sure()
            else:
                self._answer(self.verdict, None)

    def on_answer_fields_written(self) -> None:
        asked = self.asked
        if asked is None or self.stage != "asking" or self.pause.stops_key(self.app.tell_of_key):
            return
        if isinstance(asked.question, Recall):
            if self.app.workspace.config.confidence and any(self.fields.words):
                self._ask_how_sure()
            else:
                self._reveal(asked.question, None)
        elif any(self.fields.words):
            self.action_take()
        elif self._gives_up:
            self._answer(self._unknown(), None)
        else:
            self._gives_up = True
            self.says.say(ENTER_ONCE_MORE)

    def on_text_area_changed(self) -> None:
        self.on_input_changed()

    def on_input_changed(self) -> None:
        if self.stage == "asking":
            self._gives_up = False
            self.post_message(self.Drafted())
            self.says.say(self.fields.problem() or self._kept())

    def _kept(self) -> str:
        """That what is written or picked was kept from before, as long as it is unchanged."""
        now = self.fields.words, self.view.picked
        kept = self._draft.get("words", []), self._draft.get("picked", [])
        return DRAFT_KEPT if now == kept and (any(now[0]) or now[1]) else ""

    def _grade(self) -> Verdict:
        """The verdict on what is picked or written. Raises NotANumber."""
        from mlterms.quiz.grade import grade  # not before there is an answer: the quiz is painted sooner

        assert self.asked is not None
        return grade(self.asked, self.fields.words, self.view.picked, self.feedback.picked)

    def _unknown(self) -> Verdict:
        """The verdict where the learner does not know."""
        from mlterms.quiz.grade import grade_unknown

        assert self.asked is not None
        return grade_unknown(self.asked)

    def _reveal(self, question: Recall, confidence: int | None) -> None:
        """Of a recall: show the answer and have its ideas ticked; the rating follows from them."""
        self._confidence = confidence
        self._enter("revealed")
        self.fields.freeze()
        self.feedback.reveal(question, self.fields.words[0])
        self.verdict = self._grade()
        self.post_message(self.Revealed(self.verdict, confidence))
        self._show_feedback()

    def action_tick(self, position: int) -> None:
        if self.stage == "revealed":
            self.feedback.tick(position)
            self.verdict = self._grade()
            self.post_message(self.Revealed(self.verdict, self._confidence))

    def _ask_how_sure(self) -> None:
        self._enter("sure")
        self.fields.freeze(until_shown=True)
        self.rating_bar.ask_how_sure()
        self.rating_bar.focus()

    async def take_back(self) -> bool:
        """From "How sure?" go back to what was picked or written, to change it. Whether it was asked."""
        if self.stage != "sure" or self.asked is None:
            return False
        await self.ask(self.asked, self.draft, reason=self.view.reason)
        self.says.say("")
        return True

    def decide(self, verdict: Verdict, confidence: int | None) -> None:
        """The runs of a prediction have decided."""
        if self.asked is not None and self.stage == "asking":
            if not verdict.is_unknown:
                self.view.picked = [self.asked.order.index(verdict.given["option"])]
            self._answer(verdict, confidence)

    def _answer(self, verdict: Verdict, confidence: int | None) -> None:
        """The answer is given: show what is right."""
        assert self.asked is not None
        self.verdict = verdict
        self.fields.freeze()
        self.view.settle(verdict)
        self.feedback.settle(self.asked, verdict, self._guessed)
        self._enter("rating")
        self.post_message(self.Answered(verdict, confidence))
        self._show_feedback()

    def overrule(self, verdict: Verdict) -> None:
        """The learner was right after all."""
        assert self.asked is not None
        self.verdict = verdict
        self.view.settle(verdict)
        self.feedback.settle(self.asked, verdict, self._guessed)

    def _show_feedback(self) -> None:
        """Bring the feedback into sight, from its beginning; after a guess, which the description of the term
        follows, as much of it as finds room below the question."""
        self.refresh(layout=True)
        self.call_after_refresh(self._scroll_to_feedback)

    def _scroll_to_feedback(self) -> None:
        feedback = self.feedback.virtual_region
        verdict_ends = feedback.y + min(feedback.height, _VERDICT) - self.body.size.height
        self.body.scroll_to(y=verdict_ends if self._guessed is not None else feedback.y, animate=False)
        self._look_below()

    def _look_below(self) -> None:
        """Say where there is more of an introduction, a question or the feedback than finds room."""
        end = self.body.scroll_y + self.body.size.height
        if self.stage in ("introducing", "asking") and self.body.max_scroll_y > 0:
            self.rating_bar.display = (
                True  # until the next stage: what has no room without it has none with it
            )
        last = {"introducing": self.view, "asking": self.view, "rating": self.feedback}.get(self.stage)
        self.rating_bar.has_more_above = last is not None and last.virtual_region.bottom > end

    # -- rating --------------------------------------------------------------------------------------------

    def rate(self, intervals: Mapping[Rating, str], suggested: Rating) -> None:
        """Offer the ratings, each with the interval that it gives. In practice what was graded needs none.

        As long as no idea of a recall is ticked, none is suggested: perhaps the learner ticks none.
        """
        is_graded = self.verdict is not None and self.verdict.correct is not None
        if is_graded and set(intervals.values()) == {UNSCHEDULED}:
            intervals = {suggested: UNSCHEDULED}
        is_unticked = self.feedback.ideas and not self.feedback.picked
        self.rating_bar.offer(intervals, None if is_unticked else suggested)
        (self.feedback if self.feedback.ideas else self.rating_bar).focus()

    def action_take_rating(self) -> None:
        self.rating_bar.action_take()

    def action_mark_rating(self, by: int) -> None:
        self.rating_bar.mark_next(by)

    def on_rating_bar_taken(self, event: RatingBar.Taken) -> None:
        event.stop()
        if self.pause.stops_key(self.app.tell_of_key):
            return
        if self.stage == "sure" and self.asked is not None and isinstance(self.asked.question, Recall):
            self._reveal(self.asked.question, event.value)
        elif self.stage == "sure" and self.verdict is not None:
            self._answer(self.verdict, event.value)
        elif self.stage in ("revealed", "rating"):
            self.post_message(self.Rated(event.value))

    def on_key(self, event: events.Key) -> None:
        press_unbound(self, event)

    # -- scrolling -----------------------------------------------------------------------------------------

    def scroll_pages(self, pages: int) -> None:
        """Scroll question and feedback."""
        scroll = self.body.scroll_page_down if pages > 0 else self.body.scroll_page_up
        scroll(animate=False)

    def scroll_to_edge(self, by: int) -> None:
        """Scroll to the start (−1) or to the end (1)."""
        scroll = self.body.scroll_end if by > 0 else self.body.scroll_home
        scroll(animate=False)
