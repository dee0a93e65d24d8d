"""All that is seen of a demo being played, arranged by the room there is. It is handed a scene, no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from mlterms.base.limits import MOST_UPDATES
from mlterms.tui.look import Look
from mlterms.tui.widgets.code_view import CodeView, plain_lines
from mlterms.tui.widgets.demo_bars import HeadBar, KeyBar, News
from mlterms.tui.widgets.knob_bar import KnobBar, Shown, rows_for
from mlterms.tui.widgets.ledger import Ledger
from mlterms.tui.widgets.lines import Piece, paragraphs
from mlterms.tui.widgets.plot_view import PlotView
from mlterms.tui.widgets.prediction_panel import PredictionPanel
from mlterms.tui.widgets.timeline import Moment, Timeline

if TYPE_CHECKING:
    from mlterms.demo.playback import Playback
    from mlterms.demo.survey import Survey
    from mlterms.quiz.live_prediction import LivePrediction

SMALLEST = (60, 20)
_WIDE = (120, 30)  # columns and rows from which on the code stands beside the picture
_DEEP = 24  # rows from which on each knob has two
_SELDOM = 8  # pictures between two looks into a step: each costs as much as some hundred steps


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen. chosen, typed: the knob that keys turn, and what is being typed for it."""

    playback: Playback
    chosen: str = ""
    typed: str | None = None
    ghost: bool = True
    survey: Survey | None = None
    predicting: LivePrediction | None = None


class DemoView(Vertical):
    """From the top: head, picture with ledger and code, news, prediction or knobs and timeline, keys."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="demo-view")
        self.look = look
        self.scene: Scene | None = None
        self.code_wanted: bool | None = None  # None: where there is room for it
        self.keys_by_id: dict[str, str] = {}  # id of a binding → its key as it is shown
        self._watched: object = None
        self._unwatched = 0  # pictures since the last step that was watched

    def begin(self, name: str) -> None:
        """Show nothing yet but what is going to be shown."""
        self.scene, self._watched, self.code_wanted = None, None, None
        self.head.show(name, "")
        self.news.say("")
        self.panel.show(None)

    def fail(self, reason: str) -> None:
        """Say that there is nothing to show, and why."""
        self.picture.say(["This demo cannot be played."])
        self.news.say(reason, bad=True)

    def compose(self) -> ComposeResult:
        self._take_classes()  # before there is anything whose styles would have to be worked out anew
        look = self.look
        yield HeadBar(id="head", look=look)
        with Horizontal(id="body"):
            with Vertical(id="pictures"):
                yield PlotView(id="picture", look=look)
                yield PlotView(id="sweep", look=look)
            with Vertical(id="side"):
                yield Ledger(id="ledger", look=look)
                yield CodeView(id="code", look=look)
        yield News(id="news", look=look)
        yield PredictionPanel(id="prediction", look=look)
        yield KnobBar(id="knobs", look=look)
        yield Timeline(id="timeline", look=look)
        yield KeyBar(id="keys", look=look)

    head = cached_property(lambda self: self.query_one("#head", HeadBar))
    picture = cached_property(lambda self: self.query_one("#picture", PlotView))
    sweep = cached_property(lambda self: self.query_one("#sweep", PlotView))
    ledger = cached_property(lambda self: self.query_one("#ledger", Ledger))
    code = cached_property(lambda self: self.query_one("#code", CodeView))
    news = cached_property(lambda self: self.query_one("#news", News))
    panel = cached_property(lambda self: self.query_one("#prediction", PredictionPanel))
    knobs = cached_property(lambda self: self.query_one("#knobs", KnobBar))
    timeline = cached_property(lambda self: self.query_one("#timeline", Timeline))
    keys = cached_property(lambda self: self.query_one("#keys", KeyBar))

    @property
    def wide(self) -> bool:
        width, height = self.app.size
        return width >= _WIDE[0] and height >= _WIDE[1]

    @property
    def shows_code(self) -> bool:
        if self.scene is not None and self.scene.predicting is not None and not self.wide:
            return False
        return self.wide if self.code_wanted is None else self.code_wanted

    def _take_classes(self) -> None:
        """Those for the size that the terminal has now."""
        self.set_class(self.wide, "-wide")
        self.set_class(self.shows_code, "-code")
        self.set_class(self.app.size.height >= _DEEP, "-airy")

    def arranged(self, scene: Scene | None) -> None:
        """Give every part its place in the size that the terminal has now."""
        width, height = self.app.size
        self.scene = scene
        self._take_classes()
        predicting = scene is not None and scene.predicting is not None
        self.set_class(scene is not None and scene.survey is not None, "-sweep")
        self.set_class(predicting, "-predicting")
        side = 27 if width < 72 else 30 if width < 100 else 34
        if self.wide and self.shows_code:
            side = max(54, min(76, width * 9 // 20))
        self.query_one("#side").styles.width = "1fr" if self.shows_code and not self.wide else side
        if scene is not None:
            count = len(scene.playback.player.demo.settings.KNOBS)
            self.knobs.styles.height = rows_for(count, width - 2, deep=height >= _DEEP)
            self.ledger.styles.height = self._ledger_height(scene, side)
        self.sweep.styles.height = 12 if self.wide else "1fr"
        self.news.fit()
        self.panel.fit()

    def _ledger_height(self, scene: Scene, width: int) -> int | str:
        """With the code below it, the ledger takes what its numbers, a few lines said and the doc need."""
        if not (self.wide and self.shows_code):
            return "1fr"
        player = scene.playback.player
        about = len(paragraphs(about_text(scene), width)) + 1
        needed = len(player.measures) + 6
        return needed + about if needed + about < self.app.size.height // 2 else needed

    def show(self, scene: Scene) -> None:
        """Show a scene; what did not change is not drawn again."""
        self.scene = scene
        playback = scene.playback
        player = playback.player
        now = player.snapshot()
        ghost = player.ghost if scene.ghost else None
        if scene.predicting is not None:
            before = scene.predicting.previous_end()
            ghost = None if before is None else before[1]
        if self.picture.display:
            from mlterms.demo.ghost import overlay_ghost

            self.picture.show(overlay_ghost(now.frame, None if ghost is None else ghost.frame))
        if self.ledger.display:
            self.ledger.show(now, ghost, player.divergence(), about_text(scene))
        if scene.survey is not None:
            self.show_survey(scene.survey)
        self._show_code(playback)
        self._show_head(scene)
        self.panel.show(scene.predicting)
        if scene.predicting is not None:
            return
        recording = player.ghost_recording
        former = recording.knobs_at(player.update) if ghost is not None and recording is not None else None
        shown = [
            Shown(
                knob,
                getattr(player.knobs, name),
                None if former is None else getattr(former, name),
                scene.typed if name == scene.chosen else None,
                player.knobs.counts(name),
            )
            for name, knob in player.knobs.KNOBS.items()
        ]
        self.knobs.show(shown, scene.chosen)
        changes = tuple(change.at for change in player.recording.changes)
        self.timeline.show(
            Moment(
                player.update,
                player.furthest,
                changes,
                player.epochs,
                playback.speed,
                playback.busy,
                player.demo.constants,
            )
        )

    def show_survey(self, survey: Survey) -> None:
        from mlterms.demo.survey_panel import survey_panel
        from mlterms.plot import Picture

        self.sweep.show(Picture([survey_panel(survey)]))

    def _show_head(self, scene: Scene) -> None:
        player = scene.playback.player
        name, _, title = player.demo.title.partition(":")
        state = "playing" if scene.playback.playing else "paused"
        if player.fault is not None:
            state = "failed"
        elif scene.predicting is not None and scene.predicting.stage in ("asking", "sure"):
            state = "your guess first"
        elif scene.playback.at_limit:
            state = f"stopped: {MOST_UPDATES:,} updates"
        elif scene.playback.settled:
            state = "settled"
        elif scene.playback.goal is not None:
            state = "catching up"
        elif scene.playback.at_length and not scene.playback.playing:
            state = "at the end"
        self.head.show(
            name,
            title.strip(),
            [
                Piece(self._ghost_named(scene), "head-bar--state"),
                *self._seed_named(scene),
                Piece(f"  {state}", "head-bar--state"),
            ],
        )

    def _seed_named(self, scene: Scene) -> list[Piece]:
        """The seed, and the key that gives another, unless a prediction holds it fast."""
        seed = f"seed {scene.playback.player.seed}"
        if scene.predicting is not None:
            return [Piece(seed, "head-bar--state")]
        key = Piece(f"{self.keys_by_id.get('demo.seed', '')} ", "head-bar--key", "new_seed")
        return [key, Piece(seed, "head-bar--state", "new_seed")]

    def _ghost_named(self, scene: Scene) -> str:
        """What lies behind the picture, in a word or two."""
        if scene.predicting is not None:
            before = scene.predicting.previous_end()
            return "" if before is None else f"ghost: {before[0].replace('_', ' ')}  "
        shown = scene.ghost and scene.playback.player.ghost_recording is not None
        return "ghost: before  " if shown else ""

    def _show_code(self, playback: Playback) -> None:
        """The code with the last step's values: of every step where they come slowly, else now and then."""
        if not self.code.display:
            return
        player = playback.player
        now = (player.recording, player.update)
        self._unwatched += 1
        if now == self._watched or (playback.busy and playback.speed > 10 and self._unwatched < _SELDOM):
            return
        self._watched, self._unwatched = now, 0
        watched = player.watch()
        self.code.show(watched.lines if watched is not None else plain_lines(player.demo))


def about_text(scene: Scene) -> str:
    """What the demo says of itself; what to try is left out while a prediction is open."""
    demo = scene.playback.player.demo
    tries = f"Try: {demo.tries}" if demo.tries and scene.predicting is None else ""
    return "\n\n".join(filter(None, (demo.about, tries)))
