"""The screen on which a demo is played: lets time pass, acts on keys and mouse, and shows the run.

The same screen serves `mlterms demo NAME` and the app. In the app it paints its frame before it loads
anything, and can be opened again and again: call `open` and push it again, rather than create another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer

from mlterms.base.errors import CallError, MltermsError
from mlterms.demo.knob_choice import KnobChoice
from mlterms.demo.playback import CALM_PICTURES_PER_SECOND, PICTURES_PER_SECOND, Playback
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult
from mlterms.quiz.demo_scene import scene_of
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.actions import bindings
from mlterms.tui.demo_actions import AT_ONCE, OF_PREDICTION, is_possible, why_not_now
from mlterms.tui.demo_comparison import DemoComparison
from mlterms.tui.demo_rest import why_at_end, why_at_rest
from mlterms.tui.prediction_turn import PredictionTurn
from mlterms.tui.screens.app_screen import AppScreen, HelpText
from mlterms.tui.screens.demo_help import demo_help
from mlterms.tui.terminal_driver import is_behind
from mlterms.tui.widgets.demo_view import DemoView


class DemoScreen(AppScreen[PredictionResult | None]):
    """Plays one demo. Dismissed with the result of the prediction, or None."""

    CSS_PATH = "demo.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    BINDINGS = [*bindings("demo"), *bindings("predict")]
    NAME = "demo"

    def __init__(self, request: DemoRequest, asking: PredictionRequest | None = None) -> None:
        super().__init__()
        self.view = DemoView()
        self._turn = PredictionTurn(self)
        self._comparison = DemoComparison(self)
        self._ticking: Sequence[Timer] = ()
        self._sweep_ticks = 0
        self._arranged_for: Size | None = None
        self.open(request, asking)

    def open(self, request: DemoRequest, asking: PredictionRequest | None = None) -> None:
        """Play this demo the next time the screen is pushed."""
        self.session = DemoSession(request, asking)
        self._is_loading = False

    def compose(self) -> ComposeResult:
        yield self.view

    @property
    def trouble(self) -> str:
        """Why the demo could not be opened, or its prediction not be decided; "" where nothing was wrong."""
        return self._turn.trouble or (self.view.news.text if self.session.playback is None else "")

    @property
    def plain_command(self) -> str:
        return f"mlterms demo {self.session.request.name} --plain"

    @property
    def _is_alone(self) -> bool:
        """Whether there is no screen below."""
        return len(self.app.screen_stack) == 1

    @property
    def moves_unasked(self) -> bool:
        """Whether a demo may play without being asked to."""
        return self.app.terminal.motion

    # -- coming and going ----------------------------------------------------------------------------------

    @property
    def _pictures(self) -> int:
        """How many pictures are drawn a second."""
        return PICTURES_PER_SECOND if self.moves_unasked else CALM_PICTURES_PER_SECOND

    def on_mount(self) -> None:
        self._ticking = (
            self.set_interval(1 / self._pictures, self.tick, pause=True),
            self.set_interval(1 / PICTURES_PER_SECOND, self.tick_sweep, pause=True),
        )

    def on_screen_resume(self) -> None:
        self._arrange()
        self.begin()
        self._wake()

    def begin(self) -> None:
        """Load what is to be played, unless that is done. The frame of the view is painted first where it
        covers another screen; where there is none, the picture comes sooner without."""
        if self._is_loading:
            return
        self._is_loading = True
        self.view.begin(self.session.request.name)
        if self._is_alone:
            self._load()
        else:
            self.call_after_refresh(self._load)

    def on_screen_suspend(self) -> None:
        self._sleep()

    on_hide = on_screen_suspend

    def on_show(self) -> None:
        self._wake()

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self._arranged_for:  # a first layout sends the same size several times
            self._arranged_for = event.size
            self._arrange()

    def _load(self) -> None:
        """Load the demo and show its beginning; a question, if there is one to ask, comes after that.
        One that was answered on another screen is decided at once."""
        try:
            self.session.load(self._pictures, self.moves_unasked)
        except MltermsError as error:
            self.view.fail(str(error))
            return
        if self.session.is_answered:
            self._turn.ask_first()
            return
        self.refresh_bindings()
        self.rearranged()
        if self.session.asks:
            self.refresh()  # or the screen would not know yet that there is something to be painted first
            self.call_after_refresh(self._turn.ask_first)

    # -- time ----------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Let one picture's share of time pass, unless the one before is still on its way to the terminal."""
        session = self.session
        if session.playback is None or is_behind(self.app):
            return
        if session.hurries:
            self._turn.hurry(1 / self._pictures)
            return
        moved = session.tick()
        if moved:
            session.note_tries()
        if session.end_run_if_done():
            self.rearranged()
        elif moved:
            self._draw()
        if session.is_still:
            self._sleep()

    def tick_sweep(self) -> None:
        """Make some runs of the survey. With reduced motion they take as long, but are shown less often."""
        sweep = self.session.survey_switch
        self._sweep_ticks += 1
        if sweep is None or not self.session.work_on_sweep() or sweep.survey is None:
            return
        if sweep.survey.done or self._sweep_ticks % (PICTURES_PER_SECOND // self._pictures) == 0:
            self.view.show_survey(sweep.survey)
        if sweep.survey.done:
            self._draw()

    def _wake(self) -> None:
        if self.session.playback is not None and self.is_active:
            for timer in self._ticking:
                timer.resume()

    def _sleep(self) -> None:
        for timer in self._ticking:
            timer.pause()

    # -- what is seen --------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Something was asked for: show it, and let move what moves now."""
        self.view.say("")
        self.session.note_tries()
        self._draw()
        self._wake()

    def rearranged(self) -> None:
        """Something came or went that takes room."""
        self.view.arrange_for(scene_of(self.session))
        self.refresh_bindings()
        self.changed()

    def _arrange(self) -> None:
        self.view.arrange_for(scene_of(self.session))
        self._draw()

    def _draw(self) -> None:
        if (scene := scene_of(self.session)) is None:
            return
        self.view.show(scene)
        if (fault := scene.playback.player.fault) is not None:
            self.view.say(str(fault), is_bad=True)

    def help_text(self) -> HelpText:
        return demo_help(self.session) or super().help_text()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.session.playback is None:  # not yet
            return True if action in AT_ONCE else False if action in OF_PREDICTION else None
        return super().check_action(action, parameters)

    def can(self, action: str) -> bool:
        return is_possible(action, self.session)

    # -- going through time --------------------------------------------------------------------------------

    @property
    def _playback(self) -> Playback:
        """There is one wherever an action is run: see `can`."""
        assert self.session.playback is not None
        return self.session.playback

    @property
    def _knobs(self) -> KnobChoice:
        assert self.session.knobs is not None
        return self.session.knobs

    def action_play(self) -> None:
        if self.session.playback is None:
            self.session.toggle_early()
            return
        playback, reset = self._playback, self.app.key("demo.reset")
        why = ""
        if self.session.stage:
            self._turn.hurry(1 / self._pictures)
            return
        if not (why := why_at_rest(playback, reset)):
            playback.toggle()
            why = why_at_end(playback, reset)
        self.changed()
        if why:
            self.view.say(why)

    def action_step(self, updates: int) -> None:
        playback = self._playback
        playback.step(updates)
        self.changed()
        if playback.settled:
            self.view.say(why_at_rest(playback, self.app.key("demo.reset")))

    def action_seek(self, update: int) -> None:
        """Go to an update; −1 is the latest one reached."""
        self._playback.seek(self._playback.player.furthest if update < 0 else update)
        self.changed()

    def action_epoch(self) -> None:
        self._playback.next_epoch()
        self.changed()

    def action_faster(self, by: int) -> None:
        self._playback.faster(by)
        self.changed()

    def action_reset(self) -> None:
        self._playback.reset()
        self.changed()

    def action_new_seed(self, by: int = 1) -> None:
        if by < 0 and self._playback.player.seed == 0:
            self.changed()
            self.view.say("Seed 0 is the first.")
            return
        self._playback.new_seed(by)
        self.changed()

    # -- turning knobs -------------------------------------------------------------------------------------

    def action_choose_next(self, by: int) -> None:
        self._knobs.choose_next(by)
        self.changed()

    def action_choose(self, knob: str) -> None:
        self._try(lambda: self._knobs.choose(knob))

    def action_turn(self, steps: int, knob: str = "") -> None:
        """Turn a knob, by default the chosen one."""
        self._try(lambda: self._knobs.nudge(knob or self._knobs.name, steps))

    def action_slide(self, knob: str, fraction: float) -> None:
        """Put the handle of a slider to a fraction of its length."""
        self._try(lambda: self._knobs.slide(knob, fraction))

    def action_take_option(self, knob: str, place: int) -> None:
        """Give a knob one of its options."""
        self._try(lambda: self._knobs.take_option(knob, place))

    def _try(self, change: Callable[[], None]) -> None:
        """Make a change, and show it; where it is not possible, say why."""
        try:
            change()
        except CallError as error:
            self.changed()
            self.view.say(str(error), is_bad=True)
        else:
            self.changed()

    async def on_key(self, event: events.Key) -> None:
        """Digits: an option, how sure, or the beginning of a number for the chosen knob."""
        session, knobs, character = self.session, self.session.knobs, event.character or ""
        if knobs is None:
            return
        if knobs.typed is None and not (character.isdecimal() and character.isascii()):
            knobs.note_sign("" if session.stage else event.key)
            active = self.active_bindings.get(event.key)
            if active is None or not active.enabled:
                self.view.say(why_not_now(session.stage, self.app.key))
                self.view.panel.stress()
            return
        event.stop()
        event.prevent_default()
        if knobs.typed is not None:
            self._try(lambda: knobs.type(event.key, character))
        elif session.stage == "asking":
            self._turn.pick(int(character) - 1)
        elif session.stage == "sure":
            self._turn.say_how_sure(int(character))
        elif not session.stage:
            self._try(lambda: knobs.begin_typing(character))

    # -- looking closer ------------------------------------------------------------------------------------

    def action_ghost(self) -> None:
        self._comparison.toggle_ghost()

    def action_beside(self) -> None:
        self._comparison.toggle_beside()

    def action_sweep(self) -> None:
        self._comparison.next_sweep()

    def action_back(self) -> None:
        self._comparison.go_back()

    def label_of(self, action: str) -> str | None:
        """What the line of keys calls an action now, "" for its usual name, None to leave it out."""
        return self._comparison.label_of(action)

    def action_formula(self) -> None:
        self.view.formula_wanted = not self.view.shows_formula
        self.rearranged()

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

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Say something until something else happens."""
        self.view.say(text, is_bad=is_bad)

    def leave(self) -> None:
        """Leave the demo, with what was decided."""
        if self._is_alone:
            self.app.exit()
        else:
            self.session.finish_prediction()
            self.dismiss(self.session.result)

    action_leave = leave

    # -- answering a prediction ----------------------------------------------------------------------------

    def action_pick(self, position: int) -> None:
        self._turn.pick(position)

    def action_pick_next(self, by: int) -> None:
        self._turn.pick_next(by)

    def action_commit(self) -> None:
        self._turn.commit()

    def action_sure(self, sure: int) -> None:
        self._turn.say_how_sure(sure)

    def action_ask(self) -> None:
        self._turn.ask_next()

    def action_skip(self) -> None:
        self._turn.go_on()

    action_go_on = action_skip
