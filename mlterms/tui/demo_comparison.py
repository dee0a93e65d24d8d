"""Comparing runs of the demo on the screen: with the ghost, with a second setting, and in a sweep."""

from __future__ import annotations

from mlterms.demo.player import Player
from mlterms.demo.survey_switch import SurveySwitch
from mlterms.tui.demo_host import DemoHost


class DemoComparison:
    """What keys and mouse do to the comparisons of the demo that a host shows, once it is loaded."""

    def __init__(self, host: DemoHost) -> None:
        self._host = host

    @property
    def _player(self) -> Player:
        assert self._host.session.playback is not None
        return self._host.session.playback.player

    @property
    def _switch(self) -> SurveySwitch:
        assert self._host.session.survey_switch is not None
        return self._host.session.survey_switch

    def toggle_ghost(self) -> None:
        """Show the previous run behind this one, or hide it."""
        has_ghost = self._player.ghost_recording is not None
        if has_ghost:
            self._host.session.ghost_shown = not self._host.session.ghost_shown
        self._host.changed()
        if not has_ghost:
            self._host.say(
                "Turn a knob: the run with the previous setting stays behind the new one, as a ghost."
            )

    def toggle_beside(self) -> None:
        """Compare two settings side by side, or no longer."""
        self._host.session.compare_beside()
        self._host.rearranged()
        if self._player.is_held:
            self._host.say("A stays as it is. Turn a knob: that is B, from the same seed.")

    def next_sweep(self) -> None:
        """Sweep the chosen knob, then compare seeds, then neither."""
        assert self._host.session.knobs is not None
        if self._switch.go_on_to_next(self._host.session.knobs.name):
            self._host.rearranged()
            self._host.say(self._switch.why_not_over_knob)
        else:
            self._host.say("There is no measure by which many runs could be compared.")

    def go_back(self) -> None:
        """Close the sweep, or go from "How sure are you?" back to the options; else leave the demo."""
        if self._host.session.sweep_is_open:
            self._switch.stop()
            self._host.rearranged()
        elif self._host.session.take_back():
            self._host.rearranged()
        else:
            self._host.leave()

    def label_of(self, action: str) -> str | None:
        """What the line of keys calls an action now, "" for its usual name, None to leave it out."""
        if action == "demo.back":
            return "" if self._host.session.sweep_is_open else None
        if action == "demo.sweep" and self._host.session.survey_switch is not None:
            return {"knob": "20 seeds", "seeds": "end sweep"}.get(self._switch.over, "")
        return ""
