"""Running an app in a terminal: is there one, what its signals do, and what becomes of the exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import MltermsError

if TYPE_CHECKING:
    from textual.app import App

    from mlterms.quiz.choose import Plan
    from mlterms.store.workspace import Workspace

_GOODBYES = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def has_terminal() -> bool:
    """Whether keys can be read and a screen can be drawn; without, an app would hang or draw into a file."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and not stream.closed and stream.isatty() for stream in streams):
        return False
    return os.environ.get("TERM", "").lower() != "dumb"


def run_app(app: App[Any]) -> int:
    """Run the app to its end. Returns the exit code: 0, 1 after a crash, 128 + the signal that ended it.

    Raises MltermsError where there is no terminal. SIGTERM and SIGHUP end the app properly, so that the
    terminal is left as it was.
    """
    if not has_terminal():
        raise MltermsError("there is no terminal to draw on; --plain prints instead")
    import asyncio  # a tenth of a start, and `has_terminal` is asked by commands that draw nothing

    async def running() -> None:
        loop = asyncio.get_running_loop()
        for number in _GOODBYES:
            try:
                loop.add_signal_handler(number, app.exit, None, 128 + number)
            except NotImplementedError:  # Windows, where these signals do not come
                break
        await app.run_async()

    asyncio.run(running())
    _let_go_of_a_closed_window()
    return app.return_code or 0


def _let_go_of_a_closed_window() -> None:
    """Where the window is gone, what is left to be written to it would fail at exit and spoil the code."""
    for stream in (sys.__stdout__, sys.__stderr__):
        assert stream is not None  # has_terminal has looked
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def run_mlterms(workspace: Workspace, start: str = "", plan: Plan | None = None) -> int:
    """Run the whole app, and print what it leaves to be read. Returns the exit code, as `run_app`.

    start: a tab, or "quiz" for what `plan` says; by default Today, or the first screen of all for who has
    never answered. Raises MltermsError, before anything is drawn, where the database or the settings cannot
    be read.
    """
    gc.disable()  # until the first screen is painted: a seventh of the time until then is the collector's
    from mlterms.tui.app import MltermsApp

    workspace.open_index_unchecked()
    is_new = not workspace.queue.learner.last_sequence()
    app = MltermsApp(workspace, start or ("welcome" if is_new else "today"), plan)
    code = run_app(app)
    if app.return_value:
        print(app.return_value)
    return code
