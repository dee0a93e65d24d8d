"""The terminal while an app draws on it: what happens when it goes, is lent to an editor, or was stopped.

Only the app draws on it: see `base/outputs.py`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from io import TextIOBase, TextIOWrapper
from types import FrameType
from typing import TYPE_CHECKING, Any

from mlterms.base.outputs import Outputs, same_place
from mlterms.tui.sparing_output import SparingOutput

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver


class OpenTerminal:
    """The terminal of an app that is about to run."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    @property
    def is_lent(self) -> bool:
        """Whether another program has the terminal, such as an editor that the app waits for."""
        driver = self._app._driver
        return driver is not None and not driver._auto_restart

    def watch(self, note: Callable[[], None]) -> None:
        """Write sparingly to the terminal, call `note` when the app no longer can, let it go on after a stop,
        and take what is pasted for text."""
        from mlterms.tui.pasted_text import PasteParser

        module: Any = sys.modules[self._app.driver_class.__module__]
        if hasattr(module, "XTermParser"):  # not on Windows
            module.XTermParser = PasteParser
        self._app.driver_class = _watching(self._app.driver_class, note)


def _watching(kind: type[Driver], note: Callable[[], None]) -> type[Driver]:
    class Watching(kind):  # type: ignore[misc,valid-type]  # known only now
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._outputs = Outputs()
            file = getattr(self, "_file", None)
            if isinstance(file, TextIOWrapper):
                sparing = SparingOutput(lambda: size_of_terminal(self.fileno))
                self._file: Any = _UntilGone(same_place(file), note, sparing)

        def _get_terminal_size(self) -> tuple[int, int]:
            """Of the terminal that keys come from. Textual asks standard output."""
            return size_of_terminal(self.fileno) or super()._get_terminal_size()

        def start_application_mode(self) -> None:
            super().start_application_mode()
            file = getattr(self, "_file", None)
            if not isinstance(file, _UntilGone):  # a browser, or Windows
                return
            self._outputs.close()
            told = signal.getsignal(signal.SIGWINCH)

            def resized(number: int, frame: FrameType | None) -> None:
                file.sparing.forget()
                if callable(told):
                    told(number, frame)

            signal.signal(signal.SIGWINCH, resized)

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            self._outputs.open()

        def _sigcont_application(self, *given: Any) -> None:
            """Go on after SIGSTOP, which gives no warning. Textual would start a second time: with
            two threads that read keys, and with its own settings of the terminal as those to go back to."""
            writer = self._writer_thread
            if self._auto_restart and writer is not None and writer.is_alive():
                try:
                    in_front = os.tcgetpgrp(self.fileno) == os.getpgrp()
                except OSError:  # the window has been closed, of which SIGHUP tells
                    return
                if not in_front:  # wait for `fg`
                    os.kill(os.getpid(), signal.SIGSTOP)
                    return
                self.suspend_application_mode()
                self._must_signal_resume = True  # so that all is painted
            super()._sigcont_application(*given)

    return Watching


class _UntilGone:
    """A terminal as a file, to which nothing is written that it shows already. A write that fails, as its
    window is gone, is only noted: Textual's thread that writes would end, and what comes next would wait for
    it without end."""

    def __init__(self, file: TextIOBase, note: Callable[[], None], sparing: SparingOutput) -> None:
        self._file, self._note, self.sparing = file, note, sparing

    def write(self, text: str) -> int:
        try:
            return self._file.write(self.sparing.spare(text))
        except OSError:
            self._note()
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._note()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def size_of_terminal(descriptor: int) -> tuple[int, int] | None:
    """Its columns and rows; None if it is no terminal, or one that has been closed."""
    try:
        return os.get_terminal_size(descriptor)
    except OSError:
        return None
