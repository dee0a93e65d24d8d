"""Makes the pictures of the README from the program itself: `python docs/pictures.py` writes them here."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path
from typing import Any

SIZE = 100, 30
NOW = "2026-11-20T09:00+00:00"
UPDATES = 30  # of the demo


async def _until(pilot: Any, happened: Any) -> None:
    while not happened():
        await pilot.pause()


def _saved(app: Any, name: str, title: str) -> None:
    """Write what the app shows, with no address in it but the names of SVG's own language."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", app.export_screenshot(title=title), flags=re.DOTALL)
    svg = re.sub(r"<!-- .*? -->", "", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    (Path(__file__).parent / f"{name}.svg").write_text(svg, encoding="utf-8")


async def _quiz(workspace: Any) -> None:
    from mlterms.quiz.choose import Plan
    from mlterms.tui.app import MltermsApp

    app = MltermsApp(workspace, "quiz", Plan(terms=("mlterms:epoch",)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        await pilot.press("enter")
        await pilot.pause()
        while (
            screen.sitting.asked.question.slug != "not-one-update"
            and screen.sitting.asked.question.kind != "choice"
        ):
            await pilot.press("ctrl+n")
            await pilot.pause()
        question = screen.sitting.asked.question
        right = next(i for i, at in enumerate(screen.sitting.asked.order) if question.options[at].right)
        await pilot.press(str(right + 1))
        await _until(pilot, lambda: screen.stage == "rating")
        await pilot.pause()
        _saved(app, "quiz", "mlterms quiz epoch")


async def _demo(workspace: Any) -> None:
    from mlterms.demo.load import load_demo
    from mlterms.quiz.demo_request import DemoRequest
    from mlterms.tui.demo_app import DemoApp

    path = Path(__file__).parent.parent / "demos" / "epoch.py"
    app = DemoApp(DemoRequest("epoch", lambda: load_demo(path), updates=UPDATES), None, workspace.config)
    async with app.run_test(size=SIZE) as pilot:
        screen: Any = app.screen
        await _until(pilot, lambda: screen.session.playback is not None)
        for _ in range(2 * UPDATES):
            screen.tick()
        await pilot.pause()
        _saved(app, "demo", "mlterms demo epoch")


def main() -> None:
    from mlterms.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as home:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")
        with Workspace(now=NOW) as workspace:
            asyncio.run(_quiz(workspace))
            asyncio.run(_demo(workspace))


if __name__ == "__main__":
    main()
