"""All that a view needs to show an open demo, as one object: its run, knobs, prediction, things to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.record import record
from mlterms.demo.playback import Playback

if TYPE_CHECKING:
    from mlterms.demo.survey import Survey
    from mlterms.demo.tries import ShownTry
    from mlterms.quiz.demo_session import DemoSession
    from mlterms.quiz.live_prediction import LivePrediction


@record
class Scene:
    """What a view shows of an open demo at one moment.

    chosen, typed: the knob that keys turn, and what is being typed for it. is_waiting: the run waits until
    the survey is done. tries: what there is to try. returns: there is a question to go back to. has_next:
    there is another question to ask.
    """

    playback: Playback
    chosen: str = ""
    typed: str | None = None
    ghost: bool = True
    survey: Survey | None = None
    is_waiting: bool = False
    predicting: LivePrediction | None = None
    tries: Sequence[ShownTry] = ()
    returns: bool = False
    has_next: bool = False

    @property
    def is_asking(self) -> bool:
        """Whether a question is open, and nobody has committed to an answer yet."""
        return self.predicting is not None and self.predicting.stage in ("asking", "sure")


def scene_of(session: DemoSession) -> Scene | None:
    """None before the demo is loaded."""
    playback, knobs, sweep = session.playback, session.knobs, session.survey_switch
    if playback is None or knobs is None or sweep is None:
        return None
    return Scene(
        playback,
        knobs.name,
        knobs.typed,
        session.ghost_shown,
        sweep.survey,
        sweep.holds_run,
        session.predicting,
        () if session.checklist is None or session.hides_tries else session.checklist.shown(),
        session.asking is not None and session.asking.returns,
        session.has_next_prediction,
    )
