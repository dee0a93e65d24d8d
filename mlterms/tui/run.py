"""Running an app in a terminal: whether there is one, what signals do, and the exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import MltermsError

if TYPE_CHECKING:
    from textual.app import App

    from mlterms.quiz.choose import Plan
    from mlterms.store.workspace import Workspace

_INTERRUPTS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name))
_GOODBYES = (
    *(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)),
    *_INTERRUPTS,
)
_LAST_RESORT = 5  # seconds after such a signal in which the app must have ended by itself


def has_terminal() -> bool:
    """Whether keys can be read and a screen can be drawn; without, an app would hang or draw into a file.

    Where Textual serves the app to a browser, its driver takes the place of a terminal.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and not stream.closed and stream.isatty() for stream in streams):
        return False
    return os.environ.get("TERM", "").lower() != "dumb"


def run_app(app: App[Any]) -> int:
    """Run the app to its end. Returns the exit code: 0, 1 after a crash, 128 + the signal that ended it.

    Raises MltermsError where there is no terminal. Signals that end the app end it properly, so that the
    terminal is left as it was.
    """
    if not has_terminal():
        raise MltermsError("there is no terminal to draw on; --plain prints instead")
    import asyncio  # a tenth of a start, and `has_terminal` is asked by commands that draw nothing

    from mlterms.tui.terminal_driver import is_suspended, use_terminal_driver

    async def running() -> None:
        loop = asyncio.get_running_loop()

        def end(number: int, frame: FrameType | None) -> None:
            """Runs at once, also while something blocks the loop: an editor, a terminal that is gone.

            Control-C in an editor is the editor's.
            """
            if number in _INTERRUPTS and is_suspended(app):
                return
            if _is_terminal_gone():
                _close_terminal()
            if hasattr(signal, "alarm"):
                signal.alarm(_LAST_RESORT)
            loop.call_soon_threadsafe(app.exit, None, 128 + number)

        for number in _GOODBYES:
            with suppress(NotImplementedError):  # Windows, where these signals do not come
                # It wakes the loop, in whichever thread the signal arrives.
                loop.add_signal_handler(number, _do_nothing)
            signal.signal(number, end)
        if hasattr(signal, "SIGHUP"):
            use_terminal_driver(app, lambda: end(signal.SIGHUP, None))
        await app.run_async()

    asyncio.run(running())
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    _let_go_of_a_closed_window()
    return app.return_code or 0


def _do_nothing() -> None:
    """What has to be done has been done at once."""


def _is_terminal_gone() -> bool:
    """Whether the window that the program was started in has been closed."""
    return not any(os.isatty(number) for number in range(3))


def _close_terminal() -> None:
    """What still reads from a closed window or writes to it would block, or fail and be waited for."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)


def _let_go_of_a_closed_window() -> None:
    """Where the window is gone, what is left to be written to it would fail at exit and spoil the code."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_in_lines(text: str) -> None:
    """Print a text, broken between words where the terminal is narrower."""
    from shutil import get_terminal_size

    from mlterms.base.text_columns import wrap

    for line in text.splitlines():
        print("\n".join(wrap(line, get_terminal_size().columns)))


def run_mlterms(workspace: Workspace, start: str = "", plan: Plan | None = None) -> int:
    """Run the whole app, and print what it leaves to be read. Returns the exit code, as `run_app`;
    1 also where what was done last could not be recorded.

    start: a tab, or "quiz" for what `plan` says; by default Today, or the first screen of all for someone who
    has never answered. Raises MltermsError, before anything is drawn, where the database or the settings
    cannot be read.
    """
    gc.disable()  # until the first screen is painted: a seventh of the time until then is the collector's
    from mlterms.tui.lean_textual import import_lean_textual

    import_lean_textual()
    from mlterms.tui.app import MltermsApp

    workspace.open_index_unchecked()
    is_new = not workspace.queue.learner.last_sequence()
    app = MltermsApp(workspace, start or ("welcome" if is_new else "today"), plan)
    code = run_app(app)
    if app.return_value:
        _print_in_lines(app.return_value)
    if app.last_words:
        print(f"mlterms: {app.last_words}", file=sys.stderr)
    return code or int(bool(app.last_words))
