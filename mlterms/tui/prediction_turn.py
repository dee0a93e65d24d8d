"""The learner's turn at a prediction: asks the question, takes the answer, and goes on after the verdict."""

from __future__ import annotations

from mlterms.base.errors import MltermsError
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.demo_host import DemoHost
from mlterms.tui.key_pause import AFTER_ANSWER, KeyPause

_SHARE_OF_TIME = 0.7  # that runs take on their way to the end: the rest is for the picture, and for keys


class PredictionTurn:
    """What keys and mouse do to the prediction of the demo that a host shows."""

    def __init__(self, host: DemoHost) -> None:
        self._host = host
        self._pause = KeyPause()

    @property
    def _session(self) -> DemoSession:
        return self._host.session

    @property
    def trouble(self) -> str:
        """Why the prediction could not be decided; "" where nothing was wrong."""
        return "" if self._session.predicting is None else self._session.predicting.reason

    def ask_first(self) -> None:
        """Ask the question, or play if there is none. One that was answered elsewhere is decided at once."""
        trouble = ""
        try:
            is_asked = self._session.find_prediction()
        except MltermsError as error:
            is_asked, trouble = False, str(error)
        predicting, asking = self._session.predicting, self._session.asking
        if not is_asked or predicting is None or asking is None:
            self.go_on()
            if trouble:
                self._host.say(trouble, is_bad=True)
            return
        self._host.rearranged()
        if asking.picked is not None:
            predicting.choose(asking.picked)
            self.commit()
        elif asking.unknown:
            self._session.give_up()
            self._host.rearranged()

    def ask_next(self) -> None:
        """Ask the next question about the demo."""
        try:
            is_asked = self._session.find_next_prediction()
        except MltermsError as error:
            self._host.say(str(error), is_bad=True)
            return
        self._host.rearranged()
        if not is_asked:
            self._host.say("No card has a question about this demo.")

    def pick(self, position: int) -> None:
        """Commit to an option by its place, from 0, as in the quiz. A place without one changes nothing."""
        predicting = self._session.predicting
        if predicting is None:
            return
        options = len(predicting.asked.options)
        if 0 <= position < options:
            predicting.choose(position)
            self.commit()
            self._pause.start(AFTER_ANSWER)  # in which Enter does not leave out how sure the learner is
        else:
            self._host.say(f"{position + 1} does nothing here: press a number from 1 to {options}.")

    def pick_next(self, by: int) -> None:
        """Choose the option `by` places further on."""
        if self._session.predicting is not None:
            self._session.predicting.choose_next(by)
            self._host.changed()

    def commit(self) -> None:
        """Commit to the option, go on without saying how sure, or go on after the verdict."""
        if self._pause.stops_key(self._host.say):
            return
        if self._session.stage in ("decided", "failed"):
            asking = self._session.asking
            if asking is not None and asking.returns:
                self._host.leave()
            elif self._session.has_next_prediction:
                self.ask_next()
            else:
                self.go_on()
            return
        self._session.commit()
        self._host.rearranged()

    def say_how_sure(self, sure: int) -> None:
        """Note how sure the learner is: from 1 (a guess) to 3 (certain)."""
        self._session.say_how_sure(sure)
        self._host.rearranged()

    def hurry(self, seconds: float) -> None:
        """Run on towards the end of all runs, for a part of the seconds between two pictures."""
        self._session.hurry(_SHARE_OF_TIME * seconds)
        self._host.rearranged()

    def go_on(self) -> None:
        """End the prediction, and let the learner play with the demo."""
        self._session.end_prediction(self._host.moves_unasked)
        self._host.rearranged()
