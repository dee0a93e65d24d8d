"""Why a demo does not go on although it was asked to play, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.limits import MOST_UPDATES

if TYPE_CHECKING:
    from mlterms.demo.playback import Playback


def why_at_rest(playback: Playback, reset: str) -> str:
    """Why playing would change nothing; "" where it would. reset: the key that restarts the run."""
    if playback.waits_for_knob and playback.goal is None:
        return "With these knobs nothing moves by itself. Turn one of them."
    if playback.settled:
        return f"The run is finished: nothing moves any more. {reset} restarts it."
    return ""


def why_at_end(playback: Playback, reset: str) -> str:
    """Why a run that was just asked to play cannot go further; "" where it can."""
    if playback.at_update_limit:
        return f"A run has at most {MOST_UPDATES:,} updates. {reset} restarts it."
    if playback.at_last_update:
        return f"This is the last {playback.player.demo.constants.step_name}. {reset} restarts the run."
    return ""
