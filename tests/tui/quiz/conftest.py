"""A deck of one term with a question of every kind, and somebody who is asked them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.base.config import Config
from mlterms.base.trust import trust
from mlterms.glossary.types import Numeric, Order, Recall
from mlterms.quiz.choose import Plan
from mlterms.quiz.instance import Instance
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.screens.quiz import QuizScreen
from mlterms.tui.widgets.question_view import QuestionView

FRIDAY = "2026-11-20T09:00+00:00"

PACE = """---
title: pace
topic: walking
demo: walk
---

How far each step goes, as a share of the slope.

## In plain words

Down a hill in the fog: the steeper it is under your feet, the longer a step you dare.

## Questions

### recall: what
What does the pace decide, and what becomes of a walk whose pace is far too large?
---
How long a step is for a given slope. Too large a pace leaps over the valley, and further at each step.
- [ ] it scales the step with the slope
- [ ] too large, it leaves the valley for good
- [ ] it is chosen beforehand

### cloze: gaps
The step is the {{pace|rate}} times the {{slope|gradient}}, against it.
---
Against it, because the slope points uphill.

### choice: one
The slope is 4 and the pace 0.1. How long is the step?
- [x] 0.4
- [ ] 4: that is the slope — the pace is still to multiply it
- [ ] 0.1 — that is the pace alone
- [ ] 40 — that divides by the pace

### choice: several
Which of these does the walker know? Pick all.
- [x] the slope under the feet
- [x] the pace
- [ ] where the valley is — in fog nobody sees that
- [ ] how deep it is

### numeric: step
The slope is {g} and the pace {p}. How long is the step?
```yaml
draw:
  g: [2, 3, 5]
  p: [0.1, 0.2]
answer: g * p
tolerance: 0.001
slips:
  - answer: g / p
    says: "that divides; the pace multiplies"
explain: "the step is {g} times {p}, which is {answer}"
```

### predict: faster
Two walks down the same bowl, four steps each. Which one ends lower?
```yaml
demo: walk
runs:
  slow: {knobs: {rate: 0.05}, until: {updates: 4}}
  fast: {knobs: {rate: 0.4}, until: {updates: 4}}
options:
  - {text: "the walk at pace 0.05", when: slow.w < 0.5 * fast.w}
  - {text: "the walk at pace 0.4", when: fast.w < 0.5 * slow.w}
  - {text: "about equally low", when: otherwise}
explain: "each step leaves a share of the way: {slow.w} is left of the slow walk, {fast.w} of the fast one"
```

### order: one-step
Put the parts of one step in their order.
1. Feel the slope
2. Multiply it by the pace
3. Go that far, downhill

Felt after the step, the slope is that of another place.

### spot: uphill
This walker never gets down. Which line sends the walker the wrong way?
```python
def walk(place, pace, slope_of):
    for step in range(100):
        slope = slope_of(place)
        place = place + pace * slope  # the pace times the slope, which is how long the step is
    return place
```
```python fixed
def walk(place, pace, slope_of):
    for step in range(100):
        slope = slope_of(place)
        place = place - pace * slope  # the pace times the slope, which is how long the step is
    return place
```
the slope points uphill, so a step goes against it
"""


class Asked:
    """Somebody before the quiz, and what they do."""

    def __init__(self, app: MltermsApp, pilot: Pilot[Any], as_text: Callable[[Any], str]) -> None:
        self.app, self.pilot, self._as_text = app, pilot, as_text

    @property
    def screen(self) -> QuizScreen:
        assert isinstance(self.app.screen, QuizScreen)
        return self.app.screen

    @property
    def text(self) -> str:
        return self._as_text(self.app)

    @property
    def open(self) -> Instance:
        """The open question."""
        asked = self.screen.sitting.asked
        assert asked is not None
        return asked

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in words))

    async def settle(self) -> None:
        for _ in range(2):
            await self.pilot.pause()

    async def click(self, words: str) -> None:
        """Click on the last place where the screen shows these words."""
        rows = self.text.splitlines()
        y = max(y for y, row in enumerate(rows) if words in row)
        await self.pilot.click(offset=(rows[y].index(words), y))
        await self.settle()

    async def to(self, name: str) -> None:
        """Skip to the question of that name."""
        for _ in range(20):
            if self.screen.stage == "introducing":
                await self.press("enter")
            if self.open.id.endswith(f"/{name}"):
                return
            await self.press("ctrl+n")
        raise AssertionError(f"{name} is not asked")

    async def answer(self, *, right: bool) -> None:
        """Answer the open question, up to its rating."""
        match question := self.open.question:
            case Recall():
                await self.type("how long a step is")
                await self.press("enter", *(("space", "down") * (3 if right else 1)))
            case Numeric():
                g, p = self.open.values["g"], self.open.values["p"]
                await self.type(str(g * p if right else g / p).rstrip("0").rstrip("."))
                await self.press("enter")
            case Order():
                places = sorted(range(len(self.open.order)), key=self.open.order.__getitem__)
                await self.press(*(str(i + 1) for i in (places if right else reversed(places))), "enter")
            case _ if question.kind == "cloze":
                await self.type("pace" if right else "length")
                await self.press("enter", *"slope", "enter")
            case _ if question.kind == "spot":
                await self.press("4" if right else "3")
            case _ if question.kind == "predict":
                await self.press(self.key_of("the walk at pace 0.4" if right else "about equally low"))
                await self.see_it_decided()
            case _ if self.open.id.endswith("several"):
                await self.press(self.key_of("the pace"))
                await self.press(self.key_of("the slope under the feet" if right else "how deep it is"))
                await self.press("enter")
            case _:
                await self.press(self.key_of("0.4" if right else "4: that is the slope"))

    def key_of(self, option: str) -> str:
        return str(self.open.options.index(option) + 1)

    async def see_it_loaded(self) -> None:
        """Wait until the demo that was opened is there."""
        screen = self.app.screen
        assert isinstance(screen, DemoScreen)
        for _ in range(50):
            await self.pilot.pause()
            if screen.session.playback is not None:
                return
        raise AssertionError(screen.trouble)

    async def see_it_decided(self) -> None:
        """Let the demo of a prediction run, and go back."""
        screen = self.app.screen
        assert isinstance(screen, DemoScreen)
        for _ in range(50):
            await self.pilot.pause()
            if screen.session.predicting is not None:
                break
        assert screen.session.predicting is not None
        while screen.session.predicting.stage == "running":
            screen.tick()
        await self.press("enter")

    @property
    def page(self) -> QuestionView:
        return self.screen.query_one(QuestionView)


Scene = Callable[[Asked], Awaitable[None]]
Sit = Callable[..., None]


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_demo: Callable[..., str]) -> Path:
    """The folder of the deck. Its demo is not trusted yet."""
    root = tmp_path / "deck"
    for folder, name, text in (
        ("content", "deck.toml", 'id = "hill"\ntitle = "A hill"\n\n[topics]\nwalking = "Walking"\n'),
        ("content", "pace.md", PACE),
        ("demos", "walk.py", small_demo("pace", "pace/faster")),
    ):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / name).write_text(text, encoding="utf-8")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setattr("mlterms.store.workspace.bundle", lambda: root)
    return root


@pytest.fixture
def trusted(deck: Path) -> None:
    with Workspace(now=FRIDAY) as workspace:
        trust(deck, workspace.clock.now())


@pytest.fixture
def sit(deck: Path, screen_text: Callable[[Any], str], monkeypatch: pytest.MonkeyPatch) -> Sit:
    """`sit(scene, size=…, …)` opens the quiz, the same one as before if there was one, and plays the scene.

    Options stand and numbers are drawn in the same way each time.
    """
    monkeypatch.setattr("mlterms.quiz.sitting.fresh_seed", lambda: 7)

    def sat(
        scene: Scene,
        size: tuple[int, int] = (80, 24),
        plan: Plan | None = None,
        now: str = FRIDAY,
        **config: Any,
    ) -> None:
        async def run() -> None:
            with Workspace(now=now) as workspace:
                workspace.config = Config(**{"reduced_motion": True, "guess_first": "off", **config})
                app = MltermsApp(workspace, "quiz", plan or Plan(terms=("hill:pace",)))
                async with app.run_test(size=size) as pilot:
                    asked = Asked(app, pilot, screen_text)
                    await asked.settle()
                    await scene(asked)
                assert not app.faults, app.faults

        asyncio.run(run())

    return sat
