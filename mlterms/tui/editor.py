"""Opening a file in the learner's editor, at a line, while the app is suspended."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import MltermsError

if TYPE_CHECKING:
    from textual.app import App

    from mlterms.tui.shell import WorkspaceShell

# Editors with a window of their own: they are asked to keep us waiting until the file is closed.
_GOTO = {"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"}
_WAIT = {"subl": "--wait", "zed": "--wait", "zeditor": "--wait", "mate": "--wait"}
_COLON = {"hx", "helix", *_WAIT}  # those that take `file:line`
_FALLBACK = "vi"
_ABOUT_VI = """
The card opens in the editor vi. To leave it, press Esc, then type :x to save
your changes or :q! to drop them, and press Enter.
To use another editor, set EDITOR when you start mlterms, for example
EDITOR=nano mlterms.

Press Enter to go on. """


def edit(app: App[Any], path: Path, line: int = 0) -> None:
    """Let the learner edit `path`, and come back when the editor has closed. line: from 1; 0 for none.

    Raises MltermsError with a sentence for the person where there is no editor or it fails.
    """
    from textual.app import SuspendNotSupported

    command = editor_command(path, line, os.environ)
    if shutil.which(command[0]) is None:
        raise MltermsError(f"there is no editor {command[0]!r}; set EDITOR to yours, for example EDITOR=nano")
    try:
        with app.suspend():
            if not _chosen(os.environ):
                _explain_vi()
            code = _wait_for(command)
    except SuspendNotSupported:
        raise MltermsError(f"this terminal cannot be left to an editor; the card is {path}") from None
    except OSError as error:
        raise MltermsError(f"{command[0]} could not be started: {error.strerror or error}") from None
    if code:
        raise MltermsError(f"{command[0]} ended with {code}; what it saved counts")


def _explain_vi() -> None:
    """Say how to leave vi, to somebody who did not choose it, and wait for Enter."""
    with suppress(EOFError):  # the terminal is gone, or Ctrl+D was pressed
        input(_ABOUT_VI)


def _wait_for(command: list[str]) -> int:
    """Run a command to its end. Its exit code.

    Waits in short pieces: where the system hands a signal, as that of a closed window, to another thread,
    nothing interrupts a longer wait, and what the program does on that signal would not be done.
    """
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                continue


def edit_card(app: WorkspaceShell, path: Path, line: int = 0) -> None:
    """Let the learner edit a card. Screens are notified if it has changed; failures are shown."""
    from mlterms.store.index.overlay import drop_unchanged_copy

    try:
        edit(app, path, line)
    except MltermsError as error:
        app.warn(str(error))
    drop_unchanged_copy(path)
    app.look_for_cards()


def edit_own_copy(app: WorkspaceShell, term: str, line: int = 0) -> None:
    """The same for a term (its global id): of a bundled card, the learner's own copy is edited."""
    from mlterms.store.index.overlay import own_copy

    try:
        path = own_copy(app.workspace.index, term)
    except MltermsError as error:
        app.warn(f"no copy of the card could be made: {error}")
    else:
        edit_card(app, path, line)


def _chosen(environ: Mapping[str, str]) -> str:
    return environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()


def editor_command(path: Path, line: int, environ: Mapping[str, str]) -> list[str]:
    """What to run: the editor of $VISUAL or $EDITOR, else vi, with the file and the line as it wants them."""
    wanted = _chosen(environ) or _FALLBACK
    try:
        words = shlex.split(wanted, posix=os.name == "posix") or [_FALLBACK]
    except ValueError:
        raise MltermsError(f"EDITOR is {wanted!r}, in which a quote is never closed") from None
    name = Path(words[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    if name in _GOTO:
        wait = [] if {"-w", "--wait"} & set(words) else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{max(line, 1)}"]
    if name in _COLON:
        wait = [_WAIT[name]] if name in _WAIT and not {"-w", "--wait"} & set(words) else []
        return [*words, *wait, f"{path}:{max(line, 1)}"]
    if line < 1 or name == "notepad":
        return [*words, str(path)]
    return [*words, f"+{line}", str(path)]
