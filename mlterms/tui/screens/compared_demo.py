"""What a demo is compared with and looked into by: ghost, settings side by side, sweeps, formula, code."""

from __future__ import annotations

from mlterms.demo.knob_choice import KnobChoice
from mlterms.demo.playback import Playback
from mlterms.quiz.demo_request import PredictionResult
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.widgets.demo_view import DemoView


class ComparedDemo(AppScreen[PredictionResult | None]):
    """These actions of the demo screen."""

    view: DemoView
    session: DemoSession

    def changed(self) -> None:
        """Something was asked for: show it, and let move what moves now."""
        raise NotImplementedError

    def leave(self) -> None:
        """Leave the demo, with what was decided."""
        raise NotImplementedError

    def rearranged(self) -> None:
        """Something came or went that takes room."""
        raise NotImplementedError

    @property
    def _playback(self) -> Playback:
        """There is one wherever an action is run: see `can`."""
        assert self.session.playback is not None
        return self.session.playback

    @property
    def _knobs(self) -> KnobChoice:
        assert self.session.knobs is not None
        return self.session.knobs

    def action_ghost(self) -> None:
        has_ghost = self._playback.player.ghost_recording is not None
        if has_ghost:
            self.session.ghost_shown = not self.session.ghost_shown
        self.changed()
        if not has_ghost:
            self.view.say(
                "Turn a knob: the run with the previous setting stays behind the new one, as a ghost."
            )

    def action_formula(self) -> None:
        self.view.formula_wanted = not self.view.shows_formula
        self.rearranged()

    def action_beside(self) -> None:
        """Compare two settings side by side, or no longer."""
        self.session.compare_beside()
        self.rearranged()
        if self._playback.player.is_held:
            self.view.say("A stays as it is. Turn a knob: that is B, from the same seed.")

    def action_sweep(self) -> None:
        switch = self.session.survey_switch
        assert switch is not None
        if switch.go_on_to_next(self._knobs.name):
            self.rearranged()
            self.view.say(switch.why_not_over_knob)
        else:
            self.view.say("There is no measure by which many runs could be compared.")

    def action_back(self) -> None:
        switch = self.session.survey_switch
        if switch is not None and self.session.sweep_is_open:
            switch.stop()
            self.rearranged()
        else:
            self.leave()

    def label_of(self, action: str) -> str | None:
        """What the line of keys calls an action now, "" for its usual name, None to leave it out."""
        switch = self.session.survey_switch
        if action == "demo.back":
            return "" if self.session.sweep_is_open else None
        if action == "demo.sweep" and switch is not None:
            return {"knob": "20 seeds", "seeds": "end sweep"}.get(switch.over, "")
        return ""

    def action_code(self) -> None:
        self.view.code_wanted = not self.view.shows_code
        self.rearranged()

    def action_page(self, pages: int) -> None:
        self.view.code.scroll_pages(pages)

    def action_copy(self) -> None:
        command, of_ghost = self.session.commands()
        self.app.copy_to_clipboard(command)
        self.changed()
        self.view.say(f"Copied: {command}" + (f"\nThe ghost: {of_ghost}" if of_ghost else ""))
