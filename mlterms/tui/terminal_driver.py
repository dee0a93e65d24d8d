"""Textual's terminal driver with our changes: it sends only what changes on the screen, tells the app when
its window has been closed, continues after a stop, and reads pasted text as text.

Only the app draws on the terminal meanwhile: see `base/outputs.py`.
"""

from __future__ import annotations

import codecs
import os
import signal
import sys
from collections.abc import Callable
from io import TextIOBase, TextIOWrapper
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any

from mlterms.base.outputs import Outputs, duplicate_stream
from mlterms.base.text_columns import columns
from mlterms.tui.repaint_filter import RepaintFilter

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver


_SLOW = 0.05  # seconds of one write; a quick terminal takes a thousandth of that
_ERASE = "\x1b[2J"
_IN_CELLS = "mlterms-cells"


def _in_cells(error: UnicodeError) -> tuple[str, int]:
    """For `codecs.register_error`: as many question marks as the letters take columns. What is between
    codes for the terminal must not be written in words, as elsewhere, and keeps its place in the row."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * columns(error.object[error.start : error.end]), error.end


codecs.register_error(_IN_CELLS, _in_cells)


def is_suspended(app: App[Any]) -> bool:
    """Whether another program has the terminal, such as an editor that the app waits for."""
    driver = app._driver
    return driver is not None and not driver._auto_restart


def is_behind(app: App[Any]) -> bool:
    """Whether the terminal still takes in what was painted some pictures ago, as over a slow line."""
    file = getattr(app._driver, "_file", None)
    return isinstance(file, _TerminalFile) and file.is_behind()


def forget_painted(app: App[Any]) -> None:
    """Send what is painted next even where the terminal should be showing it already."""
    file = getattr(app._driver, "_file", None)
    if isinstance(file, _TerminalFile):
        file.repaints.forget()


def use_terminal_driver(app: App[Any], on_closed: Callable[[], None]) -> None:
    """Let an app that is about to run use our driver. on_closed: called when its window has been closed."""
    from mlterms.tui.paste_parser import PasteParser

    module: Any = sys.modules[app.driver_class.__module__]
    if hasattr(module, "XTermParser"):  # not on Windows
        module.XTermParser = PasteParser
    app.driver_class = _terminal_driver(app.driver_class, on_closed)


def _terminal_driver(textual_driver: type[Driver], on_closed: Callable[[], None]) -> type[Driver]:
    """A subclass of the driver that Textual has chosen for this system."""

    class TerminalDriver(textual_driver):  # type: ignore[misc,valid-type]  # known only now
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._outputs = Outputs()
            self._is_continuing = False
            file = getattr(self, "_file", None)
            if isinstance(file, TextIOWrapper):
                repaints = RepaintFilter(lambda: size_of_terminal(self.fileno))
                self._file: Any = _TerminalFile(duplicate_stream(file, _IN_CELLS), on_closed, repaints)

        def _get_terminal_size(self) -> tuple[int, int]:
            """Of the terminal that keys come from. Textual asks standard output."""
            return size_of_terminal(self.fileno) or super()._get_terminal_size()

        def start_application_mode(self) -> None:
            super().start_application_mode()
            file = getattr(self, "_file", None)
            if not isinstance(file, _TerminalFile):  # a browser, or Windows
                return
            self._outputs.close()
            _forget_on_resize(file.repaints)

        def stop_application_mode(self) -> None:
            # A terminal that has grown meanwhile (tmux) would leave rows of ours above the shell's.
            self.write(_ERASE)
            super().stop_application_mode()
            self._outputs.open()

        def _sigcont_application(self, *args: Any) -> None:
            """Continue after SIGSTOP, which gives no warning. Textual would start a second time: with two
            threads that read keys, and with its own settings of the terminal as those to go back to."""
            writer = self._writer_thread
            is_drawing = self._auto_restart and writer is not None and writer.is_alive()
            if is_drawing and not _is_in_foreground(self.fileno):
                return
            if self._is_continuing:  # a second signal while this one is handled: two threads would write
                return
            self._is_continuing = True
            try:
                if is_drawing:
                    self.suspend_application_mode()
                    self._must_signal_resume = True  # so that all is painted
                super()._sigcont_application(*args)
            finally:
                self._is_continuing = False

    return TerminalDriver


def _is_in_foreground(descriptor: int) -> bool:
    """Whether we may write to the terminal. If another program has it, stop here until `fg`."""
    try:
        is_in_foreground = os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:  # the window has been closed; SIGHUP ends the app
        return False
    if not is_in_foreground:
        os.kill(os.getpid(), signal.SIGSTOP)
    return is_in_foreground


def _forget_on_resize(repaints: RepaintFilter) -> None:
    """From now on everything is sent again after a change of the terminal's size."""
    textual_handler = signal.getsignal(signal.SIGWINCH)

    def on_resize(number: int, frame: FrameType | None) -> None:
        repaints.forget()
        if callable(textual_handler):
            textual_handler(number, frame)

    signal.signal(signal.SIGWINCH, on_resize)


class _TerminalFile:
    """The terminal as a file to which only changes of the screen are written.

    A write that fails because the window has been closed calls `on_closed` and raises nothing: an error would
    end Textual's writer thread, and the app would wait for that thread forever.
    """

    def __init__(self, file: TextIOBase, on_closed: Callable[[], None], repaints: RepaintFilter) -> None:
        self._file, self._on_closed, self.repaints = file, on_closed, repaints
        self._writing_since: float | None = None

    def is_behind(self) -> bool:
        """Whether a write has not ended for longer than a picture of a demo lasts."""
        since = self._writing_since  # the thread that writes may change it
        return since is not None and monotonic() - since > _SLOW

    def write(self, text: str) -> int:
        self._send(self.repaints.take(text))
        return len(text)

    def flush(self) -> None:
        """Send what has changed. Textual calls it when nothing more waits to be written, so that a slow line
        gets the last of several frames and not each of them."""
        self._send(self.repaints.changes())
        self._wait_for(self._file.flush)

    def _send(self, text: str) -> None:
        if text:
            self._wait_for(lambda: self._file.write(text))

    def _wait_for(self, write: Callable[[], object]) -> None:
        self._writing_since = monotonic()
        try:
            write()
        except OSError:
            self._on_closed()
        finally:
            self._writing_since = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def size_of_terminal(descriptor: int) -> tuple[int, int] | None:
    """Its columns and rows; None if it is not a terminal, or one that has been closed."""
    try:
        return os.get_terminal_size(descriptor)
    except OSError:
        return None
