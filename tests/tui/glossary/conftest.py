"""A small deck of cards, and a reader who looks things up in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.base.config import Config
from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.glossary import GlossaryScreen

FRIDAY = "2026-11-20T09:00+00:00"
DAY = 86_400_000  # milliseconds

CARDS = {
    "deck.toml": """
id = "small"
title = "A small deck"

[topics]
neuron = "The neuron"
training = "Training"

[planned]
threshold = "threshold (of a unit)"
""",
    "weight.md": """---
title: weight
topic: neuron
aliases: [coefficient]
contrast: [bias, threshold]
demo: walk
sources:
  - A book on weights, 2016, <https://example.org/weights>
---

The learned number that multiplies *one* input; `W[i][j]` and [bold]this[/bold] stay as they are.

## In plain words

A price per unit, as [this page](https://example.org/prices) has it: one price for each thing that is
measured, and the bill is the sum.

## Precisely

    z = w₁x₁ + w₂x₂ + … + wₙxₙ + b
    a = f(z)

- xᵢ: input number i, a feature of the example or the output of another neuron, whatever it may be
- b: the bias

## Worked example

```python
>>> w = [5.0, 0.1]   # per metre, per kilometre
>>> sum(w)
5.1
```

## Watch out

- *"The weight is the neuron."* It belongs to **one connection**, and a neuron has many.
- *"A weight of zero is small."* It is no connection at all.

## Questions

### recall: what
What does a weight do?
---
It multiplies one input.
- [ ] it multiplies

### cloze: gap
A weight multiplies one {{input|feature}}.
---
One connection, one weight.

### numeric: sum
A neuron has {n} inputs. How many weights?
```yaml
draw:
  n: [3, 4]
answer: n
tolerance: 0
explain: "one for each of the {n} inputs"
```
""",
    "bias.md": """---
title: bias (parameter)
topic: neuron
needs: [weight]
contrast: [weight]
---

The number that is added whatever the inputs are.

## Questions

### recall: what
What does a bias do?
---
It is added.
- [ ] it is added
""",
    "learning-rate.md": """---
title: learning rate
topic: training
needs: [bias]
aliases: [step size, η]
---

How far along the slope each update goes.

## Questions

### recall: what
What does a learning rate do?
---
It scales the step.
- [ ] it scales
""",
}


class Reader:
    """Somebody who has the app open, and what they do with it."""

    def __init__(self, app: MltermsApp, pilot: Pilot[str | None], as_text: Callable[[Any], str]) -> None:
        self.app, self.pilot, self._as_text = app, pilot, as_text

    @property
    def screen(self) -> GlossaryScreen:
        assert isinstance(self.app.screen, GlossaryScreen)
        return self.app.screen

    @property
    def text(self) -> str:
        return self._as_text(self.app)

    @property
    def said(self) -> str:
        """What was told beside the screen, last."""
        return self.app.said[-1]

    async def settle(self) -> None:
        """Wait until everything is shown that is to be."""
        for _ in range(2):
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in words))

    async def click(self, words: str, *, after: int = 0) -> None:
        """Click on the first place where the screen shows these words, or so many columns further on."""
        for y, line in enumerate(self.text.splitlines()):
            if words in line:
                await self.pilot.click(offset=(line.index(words) + after, y))
                await self.settle()
                return
        raise AssertionError(f"{words!r} is nowhere in\n{self.text}")


Scene = Callable[[Reader], Awaitable[None]]


@pytest.fixture
def deck(tmp_path: Path, small_demo: Callable[..., str]) -> Path:
    """The folder of the small deck; what is changed in it before `look_up` counts."""
    root = tmp_path / "deck"
    (root / "content").mkdir(parents=True)
    (root / "demos").mkdir()
    for name, text in CARDS.items():
        (root / "content" / name).write_text(text, encoding="utf-8")
    (root / "demos" / "walk.py").write_text(small_demo("weight"), encoding="utf-8")
    return root


@pytest.fixture
def workspace(deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """An empty home on a Friday morning, in a world where the small deck is the one that comes along."""
    monkeypatch.setattr("mlterms.store.workspace.bundle", lambda: deck)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    with Workspace(now=FRIDAY) as workspace:
        yield workspace


@pytest.fixture
def look_up(workspace: Workspace, screen_text: Callable[[Any], str]) -> Callable[..., None]:
    """`look_up(scene, size=…, term=…)` opens the glossary with the small deck, or a card above Today."""

    def looked(
        scene: Scene,
        size: tuple[int, int] = (80, 24),
        *,
        term: str = "",
        theme: str = "",
        plain: bool = False,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        workspace.config = Config(theme=theme, ascii=plain, reduced_motion=True, keys=dict(keys or {}))

        async def run() -> None:
            app = MltermsApp(workspace, "today" if term else "glossary")
            async with app.run_test(size=size) as pilot:
                reader = Reader(app, pilot, screen_text)
                await reader.settle()
                if term:
                    app.open_card(term)
                    await reader.settle()
                await scene(reader)
            assert not app.faults, app.faults

        asyncio.run(run())

    return looked


@pytest.fixture
def answered(workspace: Workspace) -> Callable[..., None]:
    """`answered("weight/what", 3, 3, 1)`: ratings on the days before today, the last one yesterday."""

    def answer(question: str, *ratings: int) -> None:
        identity = f"small:{question}"
        now = workspace.clock.now()
        for i, rating in enumerate(ratings):
            at = now.later(-DAY * (len(ratings) - i))
            given = Answer(identity, Rating(rating), correct=rating > 1)
            workspace.learner.answer(given, workspace.learner.state(identity), at)

    return answer
