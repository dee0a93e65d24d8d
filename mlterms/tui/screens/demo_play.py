"""What keys and mouse do to a demo that is played. When and how it is shown is said in `screens/demo.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, on

from mlterms.base.errors import CallError
from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.playback import Playback
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult
from mlterms.tui.screens.fast_start import FastStartScreen
from mlterms.tui.widgets.knob_bar import KnobBar
from mlterms.tui.widgets.lines import Asked
from mlterms.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from mlterms.demo.player import Player
    from mlterms.demo.survey import Survey
    from mlterms.quiz.live_prediction import LivePrediction
    from mlterms.tui.widgets.demo_view import DemoView

_TYPED = "0123456789.e-+"  # what a number is made of
_LONGEST = 12  # characters of a typed number
_SWEEPS = ("", "knob", "seeds")


class PlayedScreen(FastStartScreen[PredictionResult | None]):
    """The state of a demo that is open, and an action for each key."""

    view: DemoView

    def open(self, opening: DemoRequest, asking: PredictionRequest | None = None) -> None:
        """Play this demo from the next time on that the screen is pushed."""
        self.opening, self.asking = opening, asking
        self.playback: Playback | None = None
        self.predicting: LivePrediction | None = None
        self.survey: Survey | None = None
        self.sweeping = ""  # one of _SWEEPS
        self.chosen = ""  # the knob that keys turn
        self.typed: str | None = None  # the number that is being typed for it
        self.ghost_shown = True
        self.result: PredictionResult | None = None
        self.loaded = False

    def changed(self) -> None:
        """Something was asked for: show it, and let move what moves now."""
        raise NotImplementedError

    def rearranged(self) -> None:
        """Something came or went that takes room."""
        raise NotImplementedError

    @property
    def player(self) -> Player | None:
        return None if self.playback is None else self.playback.player

    @property
    def trouble(self) -> str:
        """Why the demo could not be opened, or the runs of its prediction not decide; "" where they could."""
        if self.predicting is not None:
            return self.predicting.reason
        return self.view.news.text if self.playback is None else ""

    # going through time

    def action_play(self) -> None:
        if self.playback is None:
            return
        if self.predicting is None:
            self.playback.toggle()
        elif self.predicting.stage == "running":
            self.playback.hurry()
        self.changed()
        if self.predicting is None and self.playback.at_limit:
            reset = self.view.keys_by_id.get("demo.reset", "")
            self.view.news.say(f"A run has at most {MOST_UPDATES:,} updates; {reset} begins it anew.")

    def action_step(self) -> None:
        self._step(1)

    def action_step_back(self) -> None:
        self._step(-1)

    def action_ten_on(self) -> None:
        self._step(10)

    def action_ten_back(self) -> None:
        self._step(-10)

    def action_start(self) -> None:
        self._seek(0)

    def action_end(self) -> None:
        if self.player is not None:
            self._seek(self.player.furthest)

    def action_epoch(self) -> None:
        if self.playback is not None:
            self.playback.next_epoch()
            self.changed()

    def action_faster(self) -> None:
        self._faster(1)

    def action_slower(self) -> None:
        self._faster(-1)

    def action_reset(self) -> None:
        if self.playback is not None:
            self.playback.reset()
            self.changed()

    def action_new_seed(self) -> None:
        if self.playback is not None:
            self.playback.new_seed()
            self.changed()

    def _step(self, updates: int) -> None:
        if self.playback is not None:
            self.playback.step(updates)
            self.changed()

    def _seek(self, update: int) -> None:
        if self.playback is not None:
            self.playback.seek(update)
            self.changed()

    def _faster(self, by: int) -> None:
        if self.playback is not None:
            self.playback.faster(by)
            self.changed()

    @on(Timeline.Sought)
    def _sought(self, message: Timeline.Sought) -> None:
        self._seek(message.update)

    # turning knobs

    def action_next_knob(self) -> None:
        self._choose(1)

    def action_previous_knob(self) -> None:
        self._choose(-1)

    def action_more(self) -> None:
        self._nudge(self.chosen, 1)

    def action_less(self) -> None:
        self._nudge(self.chosen, -1)

    def _choose(self, by: int) -> None:
        if self.player is not None and self.chosen:
            knobs = self.player.knobs
            names = [name for name in knobs.KNOBS if name == self.chosen or knobs.counts(name)]
            self.chosen = names[(names.index(self.chosen) + by) % len(names)]
            self.changed()

    def _nudge(self, name: str, steps: int) -> None:
        if self.player is not None and name and self._check_that_it_counts(name):
            knob = self.player.knobs.knob(name)
            self._turn(name, knob.nudged(getattr(self.player.knobs, name), steps))

    def _turn(self, name: str, value: Any) -> None:
        if self.playback is not None and self._check_that_it_counts(name):
            self.playback.turn(name, value)
            self.changed()

    def _check_that_it_counts(self, name: str) -> bool:
        """Whether a knob has any effect as the others are set; if not, say when it has."""
        assert self.player is not None
        knob = self.player.knobs.knob(name)
        if knob.when is None or self.player.knobs.counts(name):
            return True
        self.view.news.say(f"{knob.title} only counts when {knob.when.in_words()}.")
        return False

    @on(KnobBar.Chosen)
    def _knob_chosen(self, message: KnobBar.Chosen) -> None:
        self.changed()
        if self._check_that_it_counts(message.name):
            self.chosen = message.name
            self.changed()

    @on(KnobBar.Turned)
    def _knob_turned(self, message: KnobBar.Turned) -> None:
        self._turn(message.name, message.value)

    @on(KnobBar.Nudged)
    def _knob_nudged(self, message: KnobBar.Nudged) -> None:
        self._nudge(message.name, message.steps)

    # typing a number

    async def on_key(self, event: events.Key) -> None:
        """Digits: an option, how sure, or the beginning of a number for the chosen knob."""
        character = event.character or ""
        if self.typed is None and not (character.isdecimal() and character.isascii()):
            return
        event.stop()
        event.prevent_default()
        stage = "" if self.predicting is None else self.predicting.stage
        if self.typed is not None:
            self._type(self.typed, event.key, character)
        elif stage == "asking":
            self.action_pick(int(character) - 1)
        elif stage == "sure":
            self.action_sure(int(character))
        elif not stage and self._slides():
            self.typed = character
            self.changed()

    def _type(self, typed: str, key: str, character: str) -> None:
        if key == "enter":
            self._take(typed)
            return
        if key == "escape":
            self.typed = None
        elif key == "backspace":
            self.typed = typed[:-1]
        elif character and character in _TYPED and len(typed) < _LONGEST:
            self.typed = typed + character
        self.changed()

    def _take(self, typed: str) -> None:
        """Set the chosen knob to what was typed, or say why not."""
        self.typed = None
        self.changed()
        if self.player is not None and typed:
            try:
                self._turn(self.chosen, self.player.knobs.parse(self.chosen, typed))
            except CallError as error:
                self.view.news.say(str(error), bad=True)

    def _slides(self) -> bool:
        """Whether the chosen knob is one of numbers."""
        return bool(self.player and self.chosen and self.player.knobs.knob(self.chosen).kind in (int, float))

    # looking closer

    def action_ghost(self) -> None:
        if self.player is None:
            return
        if self.player.ghost_recording is None:
            self.changed()
            self.view.news.say(
                "Turn a knob: the run with the setting before stays behind the new one, as a ghost."
            )
            return
        self.ghost_shown = not self.ghost_shown
        self.changed()

    def action_sweep(self) -> None:
        if self.player is None:
            return
        if not self.player.measures:
            self.view.news.say("There is no measure that many runs could be compared by.")
            return
        place = _SWEEPS.index(self.sweeping) + 1
        knobs = self.player.knobs
        if place == 1 and (not self.chosen or knobs.knob(self.chosen).view or not knobs.counts(self.chosen)):
            place = 2
        self.sweeping = _SWEEPS[place % len(_SWEEPS)]
        self.renew_survey()
        self.rearranged()

    def renew_survey(self) -> None:
        """See that the runs beside the one that is played are of what is played."""
        player = self.player
        if player is None or not self.sweeping:
            self.survey = None
            return
        from mlterms.demo.survey import Survey

        knob = self.chosen if self.sweeping == "knob" else ""
        if self.survey is None or not self.survey.is_of(player, knob):
            self.survey = Survey(player, knob)

    def action_code(self) -> None:
        self.view.code_wanted = not self.view.shows_code
        self.rearranged()

    def action_page(self, pages: int) -> None:
        self.view.code.scroll(pages * max(1, self.view.code.size.height - 2))

    def action_copy(self) -> None:
        if self.player is None:
            return
        command = self.player.command()
        self.app.copy_to_clipboard(command)
        words = f"Copied: {command}"
        ghost = self.player.ghost_recording
        if ghost is not None and self.ghost_shown:
            words += f"\nThe ghost: {ghost.command(self.player.demo.name, self.player.update)}"
        self.changed()
        self.view.news.say(words)

    def action_help(self) -> None:
        from mlterms.tui.screens.demo_help import DemoHelp

        demo = None if self.player is None else self.player.demo
        tries = self.predicting is None
        self.app.push_screen(
            DemoHelp(self.view.look, demo, self.view.keys_by_id, tries), self._clicked_in_help
        )

    def _clicked_in_help(self, action: str | None) -> None:
        if action is not None:
            self.call_later(self.run_action, action)

    def action_leave(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss(self.result)
        else:
            self.app.exit()

    @on(Asked)
    async def _asked(self, message: Asked) -> None:
        await self.run_action(message.action)

    # answering a prediction

    def action_pick(self, position: int) -> None:
        if self.predicting is not None and 0 <= position < len(self.predicting.asked.options):
            self.predicting.choose(position)
            self.changed()

    def action_pick_next(self) -> None:
        if self.predicting is not None:
            self.predicting.choose(self.predicting.picked + 1)
            self.changed()

    def action_pick_previous(self) -> None:
        if self.predicting is not None:
            self.predicting.choose(self.predicting.picked - 1)
            self.changed()

    def action_commit(self) -> None:
        """Enter: commit to the option, be unsure how sure, or go on after what was decided."""
        predicting = self.predicting
        if predicting is None:
            return
        if predicting.stage == "asking":
            predicting.commit()
        elif predicting.stage == "sure":
            predicting.say_how_sure(None)
        elif predicting.stage in ("decided", "failed"):
            if self.asking is not None and self.asking.returns:
                self.action_leave()
            else:
                self.action_go_on()
            return
        self.begin_runs()

    def action_sure(self, sure: int) -> None:
        if self.predicting is not None and 1 <= sure <= 3:
            self.predicting.say_how_sure(sure)
            self.begin_runs()

    def action_skip(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """No question any more: the demo is the learner's."""
        self.predicting = None
        if self.playback is not None and self.result is None and self.view.look.motion:
            self.playback.play()
        self.rearranged()

    def begin_runs(self) -> None:
        """Start the first run of the prediction, once it is committed to."""
        if self.playback is not None and self.predicting is not None and self.predicting.stage == "running":
            self.playback.aim(self.predicting.begin_run())
        self.rearranged()
