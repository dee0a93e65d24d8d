"""Which survey is shown beside the run that is played: over the chosen knob, over seeds, or none; and when it
is made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mlterms.demo.playback import TICK_BUDGET

if TYPE_CHECKING:
    from mlterms.demo.playback import Playback
    from mlterms.demo.survey import Survey

_ORDER = ("", "knob", "seeds")
_ALONE = 3 * TICK_BUDGET  # seconds between two pictures for the survey, while the run that is played waits
_BESIDE = TICK_BUDGET  # while it plays


class SurveySwitch:
    """Switches from no survey to one over the chosen knob, to one over seeds, and back to none.

    over: "knob", "seeds", or "" where no survey is shown. survey: the one that is shown. why_not_over_knob:
    why the first one is over seeds, where the chosen knob cannot be swept. The run that is
    played waits until it is done. When that run has gone far beyond the survey, or a knob was turned, the
    next survey is made while the run plays, and is shown once it is done.
    """

    def __init__(self, playback: Playback) -> None:
        self.playback = playback
        self.over = self.why_not_over_knob = ""
        self.survey: Survey | None = None
        self._next: Survey | None = None  # shown once it is done
        self._knob = ""  # that is swept, "" over seeds

    @property
    def holds_run(self) -> bool:
        """Whether the run that is played waits."""
        return self.playback.playing and self.survey is not None and not self.survey.done

    @property
    def done(self) -> bool:
        return self.survey is None or (self.survey.done and self._next is None)

    def go_on_to_next(self, chosen: str) -> bool:
        """Go on to the next kind of survey. False where the demo has no measure to compare runs by."""
        if not self.playback.player.measures:
            return False
        was_closed, place = not self.over, _ORDER.index(self.over) + 1
        if place == 1 and not self._can_sweep(chosen):
            place = 2
        self.over = _ORDER[place % len(_ORDER)]
        self.why_not_over_knob = self._why_not(chosen) if was_closed and self.over == "seeds" else ""
        self._knob = chosen if self.over == "knob" else ""
        self.survey = self._new_survey() if self.over else None
        self._next = None
        return True

    def stop(self) -> None:
        """Show no survey, and forget the one that was shown."""
        self.over, self.survey, self._next = "", None, None

    def work(self, chosen: str, clock: Callable[[], float]) -> bool:
        """Make some of the runs. Returns whether there is more to show. chosen: the knob now chosen."""
        playback = self.playback
        if self.survey is None or playback.goal is not None:
            return False
        if self.over == "knob" and chosen != self._knob and self._can_sweep(chosen):
            self._knob = chosen
            self._next, self.survey = None, self._new_survey()
        elif not playback.busy and not self.survey.is_of(playback.player, self._knob):
            self._next, self.survey = None, self._new_survey()
        if not self.survey.done:
            return self.survey.work(clock() + _ALONE, clock)
        if self._is_outdated(self._next or self.survey):
            self._next = self._new_survey()
        coming = self._next
        if coming is None:
            return False
        coming.work(clock() + _BESIDE, clock)
        if coming.done:
            self._next, self.survey = None, coming
        return coming.done

    def _can_sweep(self, knob: str) -> bool:
        knobs = self.playback.player.knobs
        return bool(knob) and not knobs.knob(knob).view and knobs.counts(knob)

    def _why_not(self, knob: str) -> str:
        """Why this knob cannot be swept."""
        if not knob:
            return ""
        found = self.playback.player.knobs.knob(knob)
        if found.view:
            return f"“{found.title}” only changes what is shown, so the sweep is over 20 seeds instead."
        return f"“{found.title}” has no effect now, so the sweep is over 20 seeds instead."

    def _is_outdated(self, survey: Survey) -> bool:
        """Whether it shows other runs than those of what is played, or much shorter ones."""
        player = self.playback.player
        return not survey.is_of(player, self._knob) and (
            player.recording != survey.recording or player.update >= 2 * survey.played
        )

    def _new_survey(self) -> Survey:
        from mlterms.demo.survey import Survey

        return Survey(self.playback.player, self._knob)
