"""What the app must not import before its first screen is painted: each costs as much as that screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("numpy", "pydantic", "sqlite_utils", "markdown_it", "yaml", "click", "statistics")

OPEN = f"""
import asyncio, sys
from mlterms.store.desk import Desk
from mlterms.tui.app import MltermsApp

async def run(desk):
    app = MltermsApp(desk)
    app._after_first_paint = lambda: None
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print(*[name for name in {HEAVY!r} if name in sys.modules])

with Desk() as desk:
    desk.open_index_as_it_lies()
    if len(sys.argv) > 1:
        desk.queue
    else:
        asyncio.run(run(desk))
"""


def test_today_is_painted_without_what_is_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path)}
    for name in ("DATA", "CONFIG", "CACHE"):
        environment.pop(f"XDG_{name}_HOME", None)
    subprocess.run([sys.executable, "-c", OPEN, "first"], env=environment, check=True)  # makes the files
    ran = subprocess.run(
        [sys.executable, "-c", OPEN], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
