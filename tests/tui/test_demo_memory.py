"""Fifty openings of demos in one app leave no more than ten megabytes behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

MOST = 10  # MB

PROGRAM = """
import asyncio
import gc
import sys
from pathlib import Path

from mlterms.base.config import Config

from mlterms.base.paths import bundle
from mlterms.demo.load import list_demos, load_demo
from mlterms.tui.screens.open_demo import show_demo
from mlterms.tui.shell import WorkspaceShell


class Row:
    def __init__(self, info):
        self.name, self.path, self.deck = info.name, info.path, "mlterms"


class Index:
    def demos(self):
        return [Row(info) for info in list_demos(bundle() / "demos")]


def used():
    gc.collect()
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * 4096 / 1e6


async def main():
    index, app = Index(), WorkspaceShell(Config())
    names = [row.name for row in index.demos()][::4][:10]  # before the count, each has been loaded once
    async with app.run_test(size=(120, 36)) as pilot:
        for opening in range(60):
            show_demo(app, index, names[opening % len(names)], "mlterms")
            while app.screen.id == "_default" or app.screen.session.playback is None:
                assert app.is_running and app._exception is None
                await pilot.pause()
            for _ in range(5):
                app.screen.tick()
            await pilot.press("right", *(["w"] if opening % 10 == 9 else []), "q")  # a sweep takes its time
            while len(app.screen_stack) > 1:
                assert app.is_running and app._exception is None
                await pilot.pause()
            if opening == 9:
                before = used()
    print(used() - before)


asyncio.run(main())
"""


@pytest.mark.slow
def test_fifty_openings_leave_no_more_than_ten_megabytes() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is read from /proc")
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout) <= MOST
