"""What is to be seen of a demo that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlterms.demo.playback import Playback

if TYPE_CHECKING:
    from mlterms.demo.survey import Survey
    from mlterms.demo.tries import ShownTry
    from mlterms.quiz.live_prediction import LivePrediction
    from mlterms.tui.demo_session import DemoSession


@dataclass(frozen=True, slots=True)
class Scene:
    """chosen, typed: the knob that keys turn, and what is being typed for it. tries: what there is to try.
    has_next: there is another question to ask.
    """

    playback: Playback
    chosen: str = ""
    typed: str | None = None
    ghost: bool = True
    survey: Survey | None = None
    predicting: LivePrediction | None = None
    tries: Sequence[ShownTry] = ()
    has_next: bool = False


def scene_of(session: DemoSession) -> Scene | None:
    """None before the demo is loaded."""
    if session.playback is None:
        return None
    return Scene(
        session.playback,
        session.chosen,
        session.typed,
        session.ghost_shown,
        session.survey,
        session.predicting,
        () if session.checklist is None or session.hides_tries else session.checklist.shown(),
        session.has_next_prediction,
    )
