"""Opening a card in the learner's editor from the shell, and saying what is wrong with it afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from types import FrameType

from mlterms.base.errors import CallError, MltermsError
from mlterms.cli.end_on_signal import end_on_signal
from mlterms.cli.say import warn
from mlterms.store.workspace import Workspace


def check_editor() -> None:
    """Raise CallError where no editor can be opened: without a terminal, the usual one would wait forever."""
    from mlterms.tui.run import has_terminal

    if not (has_terminal() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise CallError("there is no terminal for an editor: --path says which file it is")


def edit_file(workspace: Workspace, path: Path) -> None:
    """Open a card in $VISUAL or $EDITOR and wait. Ends the program with 1 if the card has an error then."""
    from mlterms.store.index.overlay import drop_unchanged_copy, problems_of_own_versions
    from mlterms.tui.editor import editor_command

    command = editor_command(path, 0, os.environ)
    code: int | None = None
    try:
        if shutil.which(command[0]) is not None:
            code = _wait_for(command)
    finally:
        drop_unchanged_copy(path)
    if code != 0:
        raise MltermsError(
            f"the editor {command[0]!r} could not be started, or ended with an error: set $EDITOR to another"
            f" one, or open {path} yourself"
        )
    if fresh := workspace.fresh_index():
        workspace.take_index(fresh)
    index = workspace.index
    found = dict.fromkeys((*index.problems(), *problems_of_own_versions(index)))
    problems = [problem for problem in found if problem.path == str(path)]
    for problem in problems:
        warn(str(problem))
    if any(problem.severity == "error" for problem in problems):
        warn("what is wrong is set aside until it is fixed; your answers are kept")
        raise SystemExit(1)


def _wait_for(command: list[str]) -> int:
    """Run an editor to its end. Its exit code. Control-C is the editor's, as with git.

    Raises SystemExit on a signal that ends this program, as that of a closed window.
    """
    handlers = {
        "SIGINT": _do_nothing,
        "SIGQUIT": _do_nothing,
        "SIGTERM": end_on_signal,
        "SIGHUP": end_on_signal,
    }
    before = {
        number: signal.signal(number, handler)
        for name, handler in handlers.items()
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        return subprocess.Popen(command).wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _do_nothing(number: int, frame: FrameType | None) -> None:
    """The editor has got the signal too. (One that is ignored would be ignored by the editor as well.)"""
