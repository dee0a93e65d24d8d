"""Opening a card in the learner's editor from the shell, and saying what is wrong with it afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError
from mlterms.cli.say import warn
from mlterms.store.workspace import Workspace


def check_editor() -> None:
    """Raise CallError where no editor can be opened: without a terminal, the usual one would wait forever."""
    from mlterms.tui.run import has_terminal

    if not (has_terminal() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise CallError("there is no terminal for an editor: --path says which file it is")


def edit_file(workspace: Workspace, path: Path) -> None:
    """Open a card in $VISUAL or $EDITOR and wait. Ends the program with 1 if the card has an error then."""
    from mlterms.store.index.overlay import drop_unchanged_copy
    from mlterms.tui.editor import editor_command

    command = editor_command(path, 0, os.environ)
    code: int | None = None
    if shutil.which(command[0]) is not None:
        code = subprocess.run(command, check=False).returncode
    drop_unchanged_copy(path)
    if code != 0:
        raise MltermsError(
            f"the editor {command[0]!r} could not be started, or ended with an error: set $EDITOR to another"
            f" one, or open {path} yourself"
        )
    if fresh := workspace.fresh_index():
        workspace.take_index(fresh)
    problems = [problem for problem in workspace.index.problems() if problem.path == str(path)]
    for problem in problems:
        warn(str(problem))
    if any(problem.severity == "error" for problem in problems):
        warn("what is wrong is set aside until it is mended; your answers are kept")
        raise SystemExit(1)
