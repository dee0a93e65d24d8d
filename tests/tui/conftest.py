"""Screens in tests: driven by a pilot, read as plain text, never slept for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from mlterms.base.config import Config
from mlterms.demo.load import Demo, load_demo
from mlterms.demo.player import Player
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest
from mlterms.tui.demo_app import DemoApp
from mlterms.tui.screens.demo import DemoScreen

ScreenText = Callable[[App[Any]], str]
Compare = Callable[[str, str], None]

WALK = '''"""Walk: down a bowl, with small steps.

Watch how each step is a tenth of the slope."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Panel, Points

TERMS = ["walk"]
UNITS = {"w": "m"}


class Settings(Knobs):
    rate: float = knob(0.1, low=0.01, high=3.0, log=True, live=True, help="how far each step goes")
    start: float = knob(4.0, low=-5, high=5, help="where it begins")
    side: str = knob("left", options=("left", "right"), help="which way round")


def setup(knobs, rng):
    return State(w=knobs.start, noise=rng.normal(), epochs=0, count=0)


def step(s, knobs):
    slope = 2 * s.w
    s.w -= knobs.rate * slope
    s.count += 1
    s.epochs = s.count // 4


def measure(s, knobs):
    return {"loss": s.w**2, "w": s.w, "noise": s.noise, "count": s.count}


def show(s, knobs, past):
    return Frame(
        panels=[
            Panel(
                [Points([s.w], [s.w**2], label="here")], x=Axis("w", low=-5, high=5), y=Axis(low=0, high=25)
            )
        ],
        says=f"the slope is {2 * s.w:.3f}",
    )
'''
"""A demo of one weight: every fourth update ends an epoch, and it settles where floats end."""


@pytest.fixture(autouse=True)
def quick_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests press a key as soon as a verdict or a page is there, and mean it."""
    monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 0.0)
    monkeypatch.setattr("mlterms.tui.prediction_turn.AFTER_ANSWER", 0.0)
    monkeypatch.setattr("mlterms.tui.screens.plan.AFTER_OPENING", 0.0)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours and UTF-8, whatever the tests are run in."""
    for name in ("NO_COLOR", "LC_ALL", "LC_CTYPE", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def screen_text() -> ScreenText:
    """`screen_text(app)`: what the app's screen shows, as lines without trailing blanks."""

    return as_text


@pytest.fixture
def same_as_file() -> Compare:
    """`same_as_file(name, text)`: the text is that of `tests/tui/screens/NAME.txt`.

    With MLTERMS_WRITE_SCREENS=1 in the environment the file is written instead; then look at the difference.
    """

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "screens" / f"{name}.txt"
        if os.environ.get("MLTERMS_WRITE_SCREENS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        assert text + "\n" == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def write_demo(tmp_path: Path) -> Callable[..., Path]:
    """`write_demo(text, name)`: the demo as a file."""

    def written(text: str = WALK, name: str = "walk") -> Path:
        path = tmp_path / f"{name}.py"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def small_demo() -> Callable[..., str]:
    """`small_demo(term, *predictions)`: the text of a demo of that term, which draws nothing."""

    def written(term: str, *predictions: str) -> str:
        return f'''"""Walk: down a bowl.

Watch."""

from mlterms.demo import Frame, Knobs, State, knob

TERMS = [{term!r}]
PREDICTIONS = {list(predictions)!r}


class Settings(Knobs):
    rate: float = knob(0.1, low=0.01, high=1.0, help="how far")


def setup(knobs, rng):
    return State(w=1.0)


def step(s, knobs):
    s.w -= knobs.rate * s.w


def measure(s, knobs):
    return {{"w": s.w}}


def show(s, knobs, past):
    return Frame()
'''

    return written


@pytest.fixture
def walk(write_demo: Callable[..., Path]) -> Demo:
    return load_demo(write_demo())


class Stage:
    """A demo that is open on a screen, and what a person does with it."""

    def __init__(self, app: DemoApp, pilot: Pilot[None]) -> None:
        screen = app.screen_stack[0]  # where there is too little room, another one is above it
        assert isinstance(screen, DemoScreen)
        self.app, self.pilot, self.screen = app, pilot, screen
        self.view = self.screen.view

    @property
    def player(self) -> Player:
        assert self.screen.session.playback is not None
        return self.screen.session.playback.player

    @property
    def text(self) -> str:
        return as_text(self.app)

    async def load(self) -> None:
        """Wait until the demo is there, or it is told why not."""
        for _ in range(100):
            await self.pilot.pause()
            if self.screen.session.playback is not None or self.view.news.text:
                break
        if self.screen.session.playback is not None:
            await self.run_out()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.screen.tick()
            self.screen.tick_sweep()
        await self.pilot.pause()

    async def run_out(self) -> None:
        """Let time pass until nothing is to come, but for a demo that plays on."""
        for _ in range(3000):
            session = self.screen.session
            playback, sweep, predicting = session.playback, session.survey_switch, session.predicting
            running = predicting is not None and predicting.stage == "running"
            if playback is None or (playback.goal is None and (sweep is None or sweep.done) and not running):
                break
            self.screen.tick()
            self.screen.tick_sweep()
        await self.pilot.pause()

    async def click(self, words: str, *, after: int = 0) -> None:
        """Click on the first place where the screen shows these words, or so many columns further on."""
        x, y = self.place(words)
        await self.pilot.click(offset=(x + after, y))
        await self.pilot.pause()

    def place(self, words: str) -> tuple[int, int]:
        for y, line in enumerate(self.text.splitlines()):
            if words in line:
                return line.index(words), y
        raise AssertionError(f"{words!r} is nowhere in\n{self.text}")


Scene = Callable[[Stage], Awaitable[None]]


def as_text(app: App[Any]) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.fixture
def stopped_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`stopped_time()`: from now on no time passes on a demo's screen but where `tick` is called."""
    real = DemoScreen.set_interval

    def never(screen: DemoScreen, interval: float, callback: Any, **options: Any) -> Any:
        is_ours = callback in (screen.tick, screen.tick_sweep)  # Textual has one for its repaints
        return real(screen, 1e6 if is_ours else interval, callback, **options)

    return lambda: monkeypatch.setattr(DemoScreen, "set_interval", never)


@pytest.fixture
def play(write_demo: Callable[..., Path], stopped_time: Callable[[], None]) -> Callable[..., None]:
    """`play(scene, text, size=…, …)` opens a demo, waits until it is loaded, plays the scene on a `Stage`.

    No time passes by itself but with `timer`: the scene lets it pass. motion: as where motion is welcome.
    """

    def played(
        scene: Scene,
        text: str = WALK,
        *,
        size: tuple[int, int] = (80, 24),
        asking: PredictionRequest | None = None,
        motion: bool = False,
        timer: bool = False,
        only_ascii: bool = False,
        theme: str = "",
        keys: Mapping[str, str] | None = None,
        **opening: Any,
    ) -> None:
        path = write_demo(text)
        if not timer:
            stopped_time()
        config = Config(reduced_motion=not motion, ascii=only_ascii, theme=theme, keys=dict(keys or {}))
        app = DemoApp(DemoRequest("walk", lambda: load_demo(path), **opening), asking, config)

        async def run() -> None:
            async with app.run_test(size=size) as pilot:
                stage = Stage(app, pilot)
                await stage.load()
                await scene(stage)
            assert not app.faults, app.faults

        asyncio.run(run())

    return played
