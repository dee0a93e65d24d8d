"""What the glossary loads before it is painted, and what while a card is read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import asyncio, sys

from mlterms.store.desk import Desk
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens import glossary


class Watched(glossary.GlossaryScreen):
    def show(self, *args):  # the first card is read once the terms are painted
        print(*sorted({"numpy", "pydantic", "markdown_it", "yaml"} & set(sys.modules)), "at first")
        super().show(*args)


glossary.GlossaryScreen = Watched


async def main():
    with Desk() as desk:
        app = MltermsApp(desk, "glossary")
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete([each for each in app.workers if each.group == "numpy"])
            print("numpy" in sys.modules)


asyncio.run(main())
"""


def test_numpy_is_loaded_while_a_card_with_a_demo_is_read_and_not_before(tmp_path: Path) -> None:
    homes = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    prepare = (
        "from mlterms.store.desk import Desk; desk = Desk(); desk.queue"  # the first start makes both files
    )
    for program in (prepare, PROGRAM):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **homes},
            capture_output=True,
            text=True,
            check=True,
        )
    assert run.stdout.splitlines() == ["at first", "True"]
