"""Which runs are made beside the one that is played, and when: over the chosen knob, over seeds, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mlterms.demo.playback import BUDGET

if TYPE_CHECKING:
    from mlterms.demo.playback import Playback
    from mlterms.demo.survey import Survey

_ORDER = ("", "knob", "seeds")
_ALONE = 3 * BUDGET  # seconds of a picture's time for these runs while the one that is played waits
_BESIDE = BUDGET  # while it plays


class Sweep:
    """Sees that the runs beside belong to the one that is played.

    over: "knob", "seeds", or "" where there are none. survey: those that are shown. The run that is played
    waits while they are made. When it has gone far beyond them, or a knob was turned, others are made while
    it plays, and are shown once they are done.
    """

    def __init__(self, playback: Playback) -> None:
        self.playback = playback
        self.over = ""
        self.survey: Survey | None = None
        self._following: Survey | None = None  # is shown once it is done
        self._knob = ""  # that is swept, "" over seeds

    @property
    def holds_run(self) -> bool:
        """Whether the run that is played waits."""
        return self.playback.playing and self.survey is not None and not self.survey.done

    @property
    def done(self) -> bool:
        return self.survey is None or (self.survey.done and self._following is None)

    def go_on_to_next(self, chosen: str) -> bool:
        """Go from none to those over the chosen knob, over seeds, and back to none.

        False where there is no measure to compare them by.
        """
        if not self.playback.player.measures:
            return False
        place = _ORDER.index(self.over) + 1
        if place == 1 and not self._can_sweep(chosen):
            place = 2
        self.over = _ORDER[place % len(_ORDER)]
        self._knob = chosen if self.over == "knob" else ""
        self.survey = self._new_survey() if self.over else None
        self._following = None
        return True

    def stop(self) -> None:
        """Make no runs beside, and forget those that were made."""
        self.over, self.survey, self._following = "", None, None

    def work(self, chosen: str, clock: Callable[[], float]) -> bool:
        """Make some of the runs. Whether there is more to see. chosen: the knob that is chosen now."""
        playback = self.playback
        if self.survey is None or playback.goal is not None:
            return False
        if self.over == "knob" and chosen != self._knob and self._can_sweep(chosen):
            self._knob = chosen
            self._following, self.survey = None, self._new_survey()
        elif not playback.busy and not self.survey.is_of(playback.player, self._knob):
            self._following, self.survey = None, self._new_survey()
        if not self.survey.done:
            return self.survey.work(clock() + _ALONE, clock)
        if self._is_outdated(self._following or self.survey):
            self._following = self._new_survey()
        following = self._following
        if following is None:
            return False
        following.work(clock() + _BESIDE, clock)
        if following.done:
            self._following, self.survey = None, following
        return following.done

    def _can_sweep(self, knob: str) -> bool:
        knobs = self.playback.player.knobs
        return bool(knob) and not knobs.knob(knob).view and knobs.counts(knob)

    def _is_outdated(self, survey: Survey) -> bool:
        """Whether it shows other runs than those of what is played, or much shorter ones."""
        player = self.playback.player
        return not survey.is_of(player, self._knob) and (
            player.recording != survey.recording or player.update >= 2 * survey.played
        )

    def _new_survey(self) -> Survey:
        from mlterms.demo.survey import Survey

        return Survey(self.playback.player, self._knob)
