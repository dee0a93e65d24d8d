"""What the app must not import before its first screen is painted: each costs as much as that screen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = (
    *(
        "numpy",
        "pydantic",
        "markdown_it",
        "yaml",
        "click",
        "statistics",
        "mlterms.check",
        "mlterms.quiz.grade",
    ),
    *("textual.command", "textual.widgets._option_list", "textual.canvas", "rich.table"),
    *("ssl", "asyncio.sslproto", "_hashlib", "platform", "platformdirs", "mimetypes"),
)
NOT_OF_TODAY = ("mlterms.glossary.types", "mlterms.glossary.prose", "mlterms.quiz.sitting")

HOME = """
from mlterms.memory.state import Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.store.workspace import Workspace

with Workspace() as workspace:
    sitting = Sitting(workspace.learner, workspace.index, workspace.queue, workspace.clock, Plan(limit=3))
    while sitting.ask() is not None:
        sitting.give(Verdict(True, Rating.GOOD, "", (), None))
        sitting.rate(Rating.GOOD)
"""
"""Makes the index and a learner's database with some answers: neither is made while the app is watched."""

OPEN = f"""
import sys
from mlterms.store.workspace import Workspace
from mlterms.tui.lean_textual import import_lean_textual
import_lean_textual()
import asyncio
from mlterms.tui.app import MltermsApp

names = {HEAVY!r} + ({NOT_OF_TODAY!r} if sys.argv[1] == "today" else ())

async def run(workspace):
    app = MltermsApp(workspace, sys.argv[1])
    app._after_first_paint = lambda: print(*[name for name in names if name in sys.modules])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p", *"accur")
        await pilot.pause(0.5)
        print(type(app.screen).__name__)

with Workspace() as workspace:
    workspace.open_index_unchecked()
    asyncio.run(run(workspace))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home), **{name: str(home) for name in names}}
    subprocess.run([sys.executable, "-c", HOME], env=environment, check=True)
    return environment


@pytest.mark.parametrize("start", ["today", "welcome", "quiz", "glossary"])
def test_the_first_screen_needs_nothing_heavy_and_the_palette_opens(
    start: str, environment: dict[str, str]
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, start], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-2:] == ["", "Palette"], ran.stdout
