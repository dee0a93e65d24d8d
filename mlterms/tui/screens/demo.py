"""The screen on which a demo is played: loads it, lets time pass, and hands what is to be seen to `DemoView`.

The same screen serves `mlterms demo NAME` and the app. It paints its frame before it loads anything, and can
be opened again and again: `open` it anew and push it, rather than make another.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Static

from mlterms.base.errors import MltermsError
from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.demo.playback import BUDGET, CALM_PICTURES, PICTURES, Goal, Playback
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest
from mlterms.tui.actions import in_words
from mlterms.tui.demo_keys import ASKING_KEYS, KEYS
from mlterms.tui.look import Look
from mlterms.tui.screens.demo_play import PlayedScreen
from mlterms.tui.widgets.demo_bars import Hint
from mlterms.tui.widgets.demo_view import SMALLEST, DemoView, Scene

if TYPE_CHECKING:
    from mlterms.quiz.instance import Instance
    from mlterms.quiz.live_prediction import LivePrediction

_ASKING = frozenset(key.action for key in ASKING_KEYS)
_ALWAYS = frozenset(("leave", "help"))  # also while a prediction is open


class DemoScreen(PlayedScreen):
    """Plays one demo. Dismissed with what came of the prediction, or None."""

    CSS_PATH = "demo.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    BINDINGS = [
        Binding(key.keys, key.action, key.help, id=key.id, show=False) for key in (*KEYS, *ASKING_KEYS)
    ]

    def __init__(
        self, opening: DemoRequest, asking: PredictionRequest | None = None, look: Look | None = None
    ) -> None:
        super().__init__()
        self.look = look or Look()
        self.view = DemoView(self.look)
        self._ticking: Timer | None = None
        self.open(opening, asking)

    def compose(self) -> ComposeResult:
        yield self.view
        yield Static(id="too-small", markup=False)

    # coming and going

    @property
    def _pictures(self) -> int:
        """A second."""
        return PICTURES if self.look.motion else CALM_PICTURES

    def on_mount(self) -> None:
        self._ticking = self.set_interval(1 / self._pictures, self.tick, pause=True)

    def on_screen_resume(self) -> None:
        self._fit()
        self.begin()
        self._wake()

    def begin(self) -> None:
        """Load what is to be played, unless that is done; the frame of the view is painted first."""
        if not self.loaded:
            self.loaded = True
            self.view.begin(self.opening.name)
            self.call_after_refresh(self._load)

    def on_screen_suspend(self) -> None:
        self._sleep()

    def on_hide(self) -> None:
        self._sleep()

    def on_show(self) -> None:
        self._wake()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _load(self) -> None:
        """Load the demo and show its beginning; a question, if there is one to ask, comes after that."""
        from mlterms.demo.player import Player

        opening = self.opening
        try:
            demo = opening.load()
            player = Player(demo, demo.settings.of(opening.knobs), opening.seed, tuple(opening.changes))
        except MltermsError as error:
            self.view.fail(str(error))
            return
        self.playback = Playback(player, pictures=self._pictures)
        self.chosen = next(iter(demo.settings.KNOBS), "")
        if opening.starts_paused:
            last = USUAL_MOST_UPDATES if opening.updates is None else opening.updates
            self.playback.aim(Goal(last, when=opening.when))
        elif self.asking is None and self.look.motion:
            self.playback.play()
        self._show_keys()
        self.rearranged()
        if self.asking is not None and not opening.starts_paused:
            self.refresh()  # or the screen would not know yet that there is something to be painted first
            self.call_after_refresh(self._ask, self.asking, self.playback)

    def _ask(self, asking: PredictionRequest, playback: Playback) -> None:
        """Put the question, or play if there is none."""
        asked: Instance | None = None
        trouble = ""
        try:
            asked = asking.find(playback.player.demo)
        except MltermsError as error:
            trouble = str(error)
        if asked is None:
            self.action_go_on()
            self.view.news.say(trouble, bad=True)
            return
        from mlterms.quiz.live_prediction import LivePrediction

        if asked.seed != playback.player.seed:
            playback.player.new_seed(asked.seed)
        self.predicting = LivePrediction(asked, playback.player, asking.confidence)
        self.view.panel.returns = asking.returns
        if asking.picked is None:
            self.rearranged()
        else:
            self.predicting.choose(asking.picked)
            self.action_commit()

    # time

    def tick(self) -> None:
        """Let one picture's share of time pass."""
        playback, predicting = self.playback, self.predicting
        if playback is None:
            return
        moved = playback.tick()
        if predicting is not None and predicting.stage == "running" and playback.goal is None:
            self._end_run(predicting, playback)
        elif moved:
            self._draw()
        self._survey_on(playback.busy)
        if not playback.busy and (self.survey is None or self.survey.done):
            self._sleep()

    def _end_run(self, predicting: LivePrediction, playback: Playback) -> None:
        """A run has come to its end: note it, and go on to the next or to what was decided."""
        predicting.end_run()
        if predicting.stage == "running":
            playback.aim(predicting.begin_run())
        self.result = predicting.result
        self.rearranged()

    def _survey_on(self, playing: bool) -> None:
        """Work at the runs beside, with what time the run itself leaves."""
        if not self.sweeping or self.playback is None:
            return
        survey = self.survey
        outgrown = survey is not None and survey.done and self.playback.player.update >= 2 * survey.updates
        if not playing or outgrown:
            self.renew_survey()
        if self.survey is not None and not self.survey.done:
            share = BUDGET / 3 if playing else BUDGET
            if self.survey.work(time.perf_counter() + share):
                self.view.show_survey(self.survey)

    def stop_time(self) -> None:
        """From now on time passes only where `tick` is called."""
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _wake(self) -> None:
        if self._ticking is not None and self.playback is not None and self.is_active:
            self._ticking.resume()

    def _sleep(self) -> None:
        if self._ticking is not None:
            self._ticking.pause()

    # what is seen

    def changed(self) -> None:
        self.view.news.say("")
        self._draw()
        self._wake()

    def rearranged(self) -> None:
        self._fit()
        self.changed()

    def _fit(self) -> None:
        width, height = self.app.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-too-small")
        if small:
            needed = f"A little more room, please:\n{SMALLEST[0]} columns by {SMALLEST[1]} rows."
            self.query_one("#too-small", Static).update(f"{needed}\nNow it is {width} by {height}.")
        self.view.arranged(self._scene())
        self._draw()

    def _draw(self) -> None:
        scene = self._scene()
        if scene is None or self.has_class("-too-small"):
            return
        self.view.show(scene)
        fault = scene.playback.player.fault
        if fault is not None:
            self.view.news.say(str(fault), bad=True)

    def _scene(self) -> Scene | None:
        if self.playback is None:
            return None
        return Scene(self.playback, self.chosen, self.typed, self.ghost_shown, self.survey, self.predicting)

    def _show_keys(self) -> None:
        """The row of keys, as the learner has them set."""
        keys = self.view.keys_by_id
        keys.clear()
        for active in self.active_bindings.values():
            keys.setdefault(active.binding.id or "", in_words([active.binding.key]))
        epochs = self.player is not None and self.player.epochs is not None
        hints = []
        for key in KEYS:
            if key.word and (key.action != "epoch" or epochs):
                text = keys.get(key.id, "")
                if key.action == "step":
                    text = f"{keys.get('demo.step_back', '')}{text}"
                hints.append(Hint(text, key.word, key.action, key.rank))
        self.view.keys.show(hints)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys mean something now: while a prediction is open, those that answer it."""
        stage = None if self.predicting is None else self.predicting.stage
        ended = stage in ("decided", "failed")
        if action == "commit":
            return ended or stage in ("asking", "sure")
        if action == "go_on":
            return ended
        if action in _ASKING or action == "pick":
            return stage == "asking"
        if action == "sure":
            return stage == "sure"
        return stage is None or action in _ALWAYS or (action == "play" and stage == "running")
