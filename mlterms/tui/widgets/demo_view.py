"""Everything that is shown of a demo, arranged by the room there is. It only knows a scene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.playback import SPEEDS
from mlterms.quiz.demo_scene import Scene
from mlterms.tui.messages import News
from mlterms.tui.shell import Shell
from mlterms.tui.widgets.code_view import CodeView, plain_lines
from mlterms.tui.widgets.demo_head import DemoHead
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.knob_bar import KnobBar, ShownKnob, rows_for
from mlterms.tui.widgets.measure_list import MeasureList, instruction_rows
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.plot_view import PlotView
from mlterms.tui.widgets.prediction_panel import PredictionPanel
from mlterms.tui.widgets.row_widget import Piece
from mlterms.tui.widgets.timeline import Moment, Timeline

if TYPE_CHECKING:
    from mlterms.demo.frame import Frame
    from mlterms.demo.knobs import Knobs
    from mlterms.demo.playback import Playback
    from mlterms.demo.player import Snapshot
    from mlterms.demo.survey import Survey
    from mlterms.plot import Picture

_WIDE = (120, 30)  # columns and rows from which the code is beside the picture
_HIGH = 30  # rows from which the formula is below the picture
_LARGEST_SEED = 9_999  # that somebody chose
_PANEL = 8  # rows of a panel beside another, or below a question
_BELOW = 8  # rows of the measures where they are below two pictures
_DEEP = 24  # rows from which each knob has two
_EVERY_STEP = tuple(speed for speed in SPEEDS if speed <= 10)  # updates a second at which each is looked into
_SELDOM = 8  # pictures between two looks into a step: each costs as much as some hundred steps


class DemoView(Vertical):
    """From the top: head, picture with measures and code, news, prediction or knobs and timeline, keys."""

    app: Shell[Any]

    def __init__(self) -> None:
        super().__init__(id="demo-view")
        self.scene: Scene | None = None
        self.code_wanted: bool | None = None  # None: where there is room for it
        self.formula_wanted: bool | None = None
        self._watched: object = None
        self._was_fast = False
        self._unwatched = 0  # pictures since the last step that was watched

    def begin(self, name: str) -> None:
        """Show nothing yet but what is going to be shown: nothing of the demo that was here before."""
        self.scene, self._watched, self.code_wanted, self.formula_wanted = None, None, None, None
        self.head.show(name, "")
        self.say("")
        self.panel.show(None)
        for plot in (self.picture, self.formula, self.sweep):
            plot.say([])
        self.measures.clear()
        self.code.show([])
        self.knobs.show([], "")
        self.timeline.show(Moment())

    def fail(self, reason: str) -> None:
        """Say that there is nothing to show, and why."""
        self.picture.say(["This demo cannot be played."])
        self.say(reason, is_bad=True)

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Say what has happened until something else does; "": nothing."""
        self.news.show(News(text, is_bad=is_bad), stays=True)

    def compose(self) -> ComposeResult:
        self._take_classes()  # before there is anything whose styles would have to be computed again
        yield DemoHead(id="head")
        with Horizontal(id="body"):
            with Vertical(id="pictures"):
                yield PlotView(id="picture")
                yield PlotView(id="formula")
                yield PlotView(id="sweep")
            with Vertical(id="side"):
                yield MeasureList(id="measures")
                yield CodeView(id="code")
        yield NewsLine(id="news", has_rule=False)
        yield PredictionPanel(id="prediction")
        yield KnobBar(id="knobs")
        yield Timeline(id="timeline")
        yield KeyLine(id="keys", is_dense=True)

    head = getters.query_one("#head", DemoHead)
    picture = getters.query_one("#picture", PlotView)
    formula = getters.query_one("#formula", PlotView)
    sweep = getters.query_one("#sweep", PlotView)
    measures = getters.query_one("#measures", MeasureList)
    code = getters.query_one("#code", CodeView)
    news = getters.query_one("#news", NewsLine)
    panel = getters.query_one("#prediction", PredictionPanel)
    knobs = getters.query_one("#knobs", KnobBar)
    timeline = getters.query_one("#timeline", Timeline)

    @property
    def wide(self) -> bool:
        width, height = self.app.size
        return width >= _WIDE[0] and height >= _WIDE[1]

    @property
    def shows_code(self) -> bool:
        if self.scene is not None and self.scene.predicting is not None and not self.wide:
            return False
        return self.wide if self.code_wanted is None else self.code_wanted

    @property
    def shows_formula(self) -> bool:
        """Whether the formula is below the picture, if the demo has one. A question leaves it no room."""
        if self.scene is not None and self.scene.predicting is not None:
            return False
        return self.app.size.height >= _HIGH if self.formula_wanted is None else self.formula_wanted

    @property
    def _is_beside(self) -> bool:
        """Whether two settings are shown side by side."""
        return self.scene is not None and self.scene.playback.player.is_held

    def _take_classes(self) -> None:
        """Those for the size that the terminal has now."""
        self.set_class(self.wide, "-wide")
        self.set_class(self.shows_code, "-code")
        self.set_class(self.app.size.height >= _DEEP, "-airy")

    def arrange_for(self, scene: Scene | None) -> None:
        """Give every part its place in the size that the terminal has now."""
        width, height = self.app.size
        self.scene = scene
        self._take_classes()
        predicting = scene is not None and scene.predicting is not None
        self.set_class(scene is not None and scene.survey is not None, "-sweep")
        self.set_class(predicting, "-predicting")
        is_below = self._is_beside and not predicting and width < _WIDE[0]
        self.set_class(is_below, "-below")
        side = 27 if width < 72 else 30 if width < 100 else 34
        if self.wide and self.shows_code:
            side = max(54, min(76, width * 9 // 20))
        box = self.query_one("#side", Vertical)
        box.styles.width = "1fr" if is_below or (self.shows_code and not self.wide) else side
        box.styles.height = min(_BELOW, height // 3) if is_below else "1fr"
        if scene is not None:
            count = len(scene.playback.player.demo.settings.KNOBS)
            self.knobs.styles.height = rows_for(count, width - 2, deep=height >= _DEEP)
            self.measures.styles.height = self._measures_height(scene, side)
        self.sweep.styles.height = height // 3 if self.wide else "1fr"
        self.news.fit()
        self.panel.fit()

    def _measures_height(self, scene: Scene, width: int) -> int | str:
        """With the code below them, the measures take the rows of their numbers and of the text below."""
        if not (self.wide and self.shows_code):
            return "1fr"
        player = scene.playback.player
        room, needed = self.app.size.height * 3 // 5, len(player.measures) + 6
        for about in (about_text(scene), ""):
            text = instruction_rows(self.app.terminal, about, scene.tries, width, self.app.size.height)
            if text and needed + len(text) + 1 <= room:
                return needed + len(text) + 1
        return needed

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
            self._show_picture(now, ghost, is_faulty=player.fault is not None)
        self._show_formula(now.frame)
        if self.measures.display:
            trouble = player.divergence(), player.brief_divergence()
            self.measures.show(now, ghost, trouble, about_text(scene), scene.tries)
        if scene.survey is not None:
            self.show_survey(scene.survey)
        self._show_code(playback)
        self._show_head(scene)
        self.panel.show(scene.predicting, returns=scene.returns, has_next=scene.has_next)
        if scene.predicting is not None:
            return
        recording = player.ghost_recording
        former = recording.knobs_at(player.update) if ghost is not None and recording is not None else None
        shown = [
            ShownKnob(
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
                playback.steady_speed,
                playback.actual_speed if playback.playing else None,
                playback.busy,
                player.length,
                player.demo.constants,
            )
        )

    def _show_picture(self, now: Snapshot, ghost: Snapshot | None, *, is_faulty: bool) -> None:
        if now.frame.panels or now.frame.plots:
            is_predicting = self.scene is not None and self.scene.predicting is not None
            self.picture.show(self._picture(now, ghost), _PANEL if is_predicting else 0)
        else:
            self.picture.say(["The demo has failed, so there is no picture." if is_faulty else "No picture."])

    def _picture(self, now: Snapshot, ghost: Snapshot | None) -> Picture:
        """The run, with the other setting beside it or muted behind it."""
        from mlterms.demo.ghost import beside, overlay_ghost

        if ghost is not None and self._is_beside:
            return beside(ghost.frame, now.frame, max(1, self.picture.size.height // _PANEL))
        return overlay_ghost(now.frame, None if ghost is None else ghost.frame)

    def _show_formula(self, frame: Frame) -> None:
        picture = frame.formula_picture() if self.shows_formula else None
        self.formula.display = picture is not None
        if picture is not None and frame.formula is not None:
            needed = frame.formula.lines_needed(self.picture.size.width or self.app.size.width // 2) + 1
            if self.formula.styles.height is None or self.formula.styles.height.value != needed:
                self.formula.styles.height = needed
            self.formula.show(picture)

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
        elif scene.is_asking:
            state = "your guess first"
        elif scene.is_waiting:
            state = "waiting for the sweep"
        elif scene.playback.waits_for_knob and scene.playback.goal is None and scene.predicting is None:
            still = player.demo.constants.still
            state = f"{still.in_words()}: turn the knobs" if still else "turn the knobs"
        elif scene.playback.at_update_limit:
            state = f"stopped: {MOST_UPDATES:,} updates"
        elif scene.playback.settled:
            state = "finished"
        elif scene.playback.goal is not None:
            state = "catching up"
        elif scene.playback.at_natural_end and not scene.playback.playing:
            state = "at the end"
        self.head.show(
            name,
            title.strip(),
            [
                Piece(self._ghost(scene), "demo-head--state"),
                *self._seed(scene),
                Piece(f"  {state}", "demo-head--state"),
            ],
        )

    def _seed(self, scene: Scene) -> list[Piece]:
        """The seed, and the key that gives another, unless a prediction needs this one. The quiz draws seeds
        of up to ten digits, which say nothing; they are in the command that `copy` copies."""
        seed = scene.playback.player.seed
        is_drawn = seed > _LARGEST_SEED
        if scene.predicting is not None:
            return [] if is_drawn else [Piece(f"seed {seed}", "demo-head--state")]
        said = "" if is_drawn else f"seed {seed}, "
        key = Piece(self.app.key("demo.seed"), "demo-head--key", "new_seed")
        following = Piece(": next seed", "demo-head--state", "new_seed")
        return [Piece(said, "demo-head--state"), key, following]

    def _ghost(self, scene: Scene) -> str:
        """What is behind the picture, in a word or two."""
        if scene.predicting is not None:
            before = scene.predicting.previous_end()
            return "" if before is None else f"faint: {before[0].replace('_', ' ')}  "
        player = scene.playback.player
        if player.is_held and player.ghost_recording is not None:
            return f"{_differences(player.ghost_recording.knobs_at(player.update), player.knobs)}  "
        shown = scene.ghost and player.ghost_recording is not None
        return "faint: previous run  " if shown else ""

    def _show_code(self, playback: Playback) -> None:
        """The code with the last step's values: of every step where they come slowly, else now and then."""
        if not self.code.display:
            return
        player = playback.player
        now = (player.recording, player.update)
        self._unwatched += 1
        is_fast = playback.goal is not None or (playback.busy and playback.speed not in _EVERY_STEP)
        if is_fast == self._was_fast and (now == self._watched or (is_fast and self._unwatched < _SELDOM)):
            return
        self._watched, self._unwatched, self._was_fast = now, 0, is_fast
        watched = player.watch()
        lines = watched.lines if watched is not None else plain_lines(player.demo)
        behind = is_fast and watched is not None
        self.code.show(lines, f"at {player.demo.constants.step_name} {player.update:,}" if behind else "")


def about_text(scene: Scene) -> str:
    """What the demo says about what is seen."""
    return scene.playback.player.demo.about


def _differences(a: Knobs, b: Knobs) -> str:
    """In which knobs two settings differ: `A 0.1, B 0.95 learning rate`."""
    found = [
        f"{knob.title}: A {knob.shown(getattr(a, name))}, B {knob.shown(getattr(b, name))}"
        for name, knob in b.KNOBS.items()
        if not knob.view and getattr(a, name) != getattr(b, name)
    ]
    return "; ".join(found) or "A and B are the same"
