"""What the demo screen does with a prediction: it asks one, takes the answer and goes on."""

from __future__ import annotations

from mlterms.base.errors import MltermsError
from mlterms.quiz.demo_request import PredictionResult
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.widgets.demo_view import DemoView


class PredictingScreen(AppScreen[PredictionResult | None]):
    """A screen with a demo about which questions are asked."""

    session: DemoSession

    def __init__(self) -> None:
        super().__init__()
        self.view = DemoView()

    def changed(self) -> None:
        """Show what was asked for."""
        raise NotImplementedError

    def rearranged(self) -> None:
        """Show that something came or went that takes room."""
        raise NotImplementedError

    def action_leave(self) -> None:
        raise NotImplementedError

    @property
    def trouble(self) -> str:
        """Why the demo could not be opened, or its prediction not be decided; "" where nothing was wrong."""
        if self.session.predicting is not None:
            return self.session.predicting.reason
        return self.view.news.text if self.session.playback is None else ""

    def ask_prediction(self) -> None:
        """Put the question, or play if there is none."""
        trouble = ""
        try:
            is_asked = self.session.find_prediction()
        except MltermsError as error:
            is_asked, trouble = False, str(error)
        predicting, asking = self.session.predicting, self.session.asking
        if not is_asked or predicting is None or asking is None:
            self.action_go_on()
            if trouble:
                self.view.say(trouble, is_bad=True)
            return
        self.view.panel.returns = asking.returns
        self.rearranged()
        if asking.picked is not None:
            predicting.choose(asking.picked)
            self.action_commit()
        elif asking.unknown:
            self.session.give_up()
            self.rearranged()

    def action_pick(self, position: int) -> None:
        predicting = self.session.predicting
        if predicting is not None and 0 <= position < len(predicting.asked.options):
            predicting.choose(position)
            self.changed()

    def action_pick_next(self, by: int) -> None:
        if self.session.predicting is not None:
            self.session.predicting.choose(self.session.predicting.picked + by)
            self.changed()

    def action_commit(self) -> None:
        """Enter: commit to the option, be unsure how sure, or go on after what was decided."""
        if self.session.stage in ("decided", "failed"):
            asking = self.session.asking
            if asking is not None and asking.returns:
                self.action_leave()
            elif self.session.has_next_prediction:
                self.action_ask()
            else:
                self.action_go_on()
            return
        self.session.commit()
        self.rearranged()

    def action_sure(self, sure: int) -> None:
        self.session.say_how_sure(sure)
        self.rearranged()

    def action_ask(self) -> None:
        """Put the next question about the demo."""
        try:
            is_asked = self.session.find_next_prediction()
        except MltermsError as error:
            self.view.say(str(error), is_bad=True)
            return
        self.rearranged()
        if not is_asked:
            self.view.say("No card has a question about this demo.")

    def action_skip(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """No question any more: the demo is the learner's."""
        self.session.end_prediction(self.app.terminal.motion)
        self.rearranged()
