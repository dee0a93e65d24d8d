"""Runs a demo's own code so that its errors are reported with file and line and break nothing else.

Errors become a `DemoFault`. Code that hangs is interrupted: on Unix in the main thread by a timer signal, and
elsewhere (Windows, other threads) by an exception that a watching thread sends. Neither can interrupt a
single call into C that never returns; a caller that must survive that runs the demo in a separate process.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType
from typing import Any

from mlterms.base.errors import FileError, MltermsError
from mlterms.base.text import clean, one_line

PATIENCE = 2.0  # seconds without one finished update: a step of a demo takes microseconds


class DemoFault(FileError):  # noqa: N818 - the word that its readers know: the fault is the demo's
    """A demo did something wrong: it raised, hung, or returned something that cannot be shown."""


class TooSlow(BaseException):
    """Raised inside a demo that hangs. Not an Exception, so that a broad `except` does not swallow it."""


class _Cleaned(io.TextIOBase):
    """Standard error for what a demo prints or logs: nothing in it can steer the terminal."""

    def __init__(self) -> None:
        self._stderr: Any = sys.stderr._stderr if isinstance(sys.stderr, _Cleaned) else sys.stderr

    def write(self, text: str) -> int:
        self._stderr.write(clean(text))
        return len(text)

    def flush(self) -> None:
        self._stderr.flush()

    def close(self) -> None:
        """Stay open: a demo may close its output, and not ours."""


_DEEPEST = 10_000  # calls within each other: far more than a demo needs, and far less than the memory holds


@contextmanager
def _undo_global_changes() -> Iterator[None]:
    """Undo what a demo changes for everybody: the recursion limit, built-in functions, the current folder.

    The recursion limit stays bounded meanwhile, because calls without end take seconds to be unwound.
    """
    limit, set_limit = sys.getrecursionlimit(), sys.setrecursionlimit
    built_in = vars(builtins)
    names = built_in.copy()
    folder = _current_folder()
    sys.setrecursionlimit = lambda wanted: set_limit(min(wanted, max(limit, _DEEPEST)))
    try:
        yield
    finally:
        built_in.update(names)  # first: what follows needs them
        sys.setrecursionlimit = set_limit
        if sys.getrecursionlimit() != limit:
            set_limit(limit)
        if folder is not None and _current_folder() != folder:
            os.chdir(folder)


def _current_folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - for chdir, as it is
    except OSError:  # it has been deleted
        return None


@contextmanager
def guarded(
    path: str, line: int, progress: Callable[[], int], seconds: float | None = PATIENCE
) -> Iterator[None]:
    """Run a block that calls into the demo at `path`; everything that goes wrong in it is a DemoFault.

    line: the line to report where the traceback never enters the file. progress: returns a number that grows
    with each piece of work; when it has not grown for `seconds` (up to twice that), the demo hangs. None
    waits forever. Floating-point warnings are off: an overflow shows in the numbers, not on the terminal.
    What the demo prints goes to stderr: stdout is for the command's own output, which a program may read.
    """
    from numpy import errstate

    try:
        with (
            errstate(all="ignore"),
            warnings.catch_warnings(),
            redirect_stdout(_Cleaned()),
            redirect_stderr(_Cleaned()),
            _time_limit(seconds, progress),
            _undo_global_changes(),
        ):
            warnings.simplefilter("ignore")
            yield
            return
    except DemoFault:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also GeneratorExit and what a demo derives from it
        raise _fault(error, path, line, seconds) from None


def _fault(error: BaseException, path: str, line: int, seconds: float | None) -> DemoFault:
    function = ""
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == path:
            line = step.tb_lineno
            function = function or code.co_name
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename == path and error.lineno:
        line = error.lineno
    where = "" if function in ("", "<module>") else f"{function}: "
    if isinstance(error, TooSlow):
        return DemoFault(path, line, f"{where}still not done after {seconds:g} seconds")
    said = one_line(_words_of(error, seconds))
    if isinstance(error, MltermsError):
        return DemoFault(path, line, f"{where}{said}")
    return DemoFault(path, line, f"{where}{type(error).__name__}" + (f": {said}" if said else ""))


def _words_of(error: BaseException, seconds: float | None) -> str:
    """What an error says. Its class may be the demo's own: "" if its words cannot be read."""
    try:
        with _time_limit(seconds, lambda: 0):
            return str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


@contextmanager
def _time_limit(seconds: float | None, progress: Callable[[], int]) -> Iterator[None]:
    if seconds is None:
        yield
        return
    in_main_thread = threading.current_thread() is threading.main_thread()
    limited = _by_signal if in_main_thread and hasattr(signal, "setitimer") else _by_thread
    with limited(seconds, progress):
        yield


@contextmanager
def _by_signal(seconds: float, progress: Callable[[], int]) -> Iterator[None]:
    seen = progress()
    watching = True

    def check(number: int, frame: FrameType | None) -> None:
        nonlocal seen
        if watching and progress() == seen:
            raise TooSlow
        seen = progress()

    previous = signal.signal(signal.SIGALRM, check)
    left = signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        watching = False
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, previous)


@contextmanager
def _by_thread(seconds: float, progress: Callable[[], int]) -> Iterator[None]:
    import ctypes

    thread = threading.current_thread()
    watched = ctypes.c_ulong(threading.get_ident())
    done = threading.Event()
    lock = threading.Lock()
    sent = False

    def send() -> None:
        nonlocal sent
        sent = True
        ctypes.pythonapi.PyThreadState_SetAsyncExc(watched, ctypes.py_object(TooSlow))

    def check() -> None:
        seen = progress()
        while thread.is_alive() and not done.wait(seconds):  # another thread may get the number of a dead one
            with lock:
                if not done.is_set() and progress() == seen:
                    send()
            seen = progress()

    def finish() -> None:
        """Stop watching, and wait for an exception that was sent and has not arrived: it must not be raised
        anywhere else.

        Taking it back (sending NULL) would leave CPython 3.11 checking for it forever, and hang a tracer.
        """
        with lock:
            done.set()
        if sent:
            send()  # there is room for one only, so that this replaces one that is under way
            while True:
                pass

    try:
        threading.Thread(target=check, name="demo-watch", daemon=True).start()
        yield
    finally:
        finished = False
        while not finished:
            try:  # with nothing before it: what was sent may arrive at any call and at any turn of a loop
                finish()
                finished = True
            except TooSlow:
                finished = done.is_set()
