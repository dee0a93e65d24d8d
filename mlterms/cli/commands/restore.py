"""`mlterms restore FILE`: bring back a backup; what is replaced becomes a backup itself."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from mlterms.base.errors import MltermsError
from mlterms.base.text import one_line
from mlterms.cli.complete import complete_backups
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, warn
from mlterms.store.workspace import Workspace


@click.command(short_help="Bring back a backup.")
@click.argument(
    "file",
    type=FilePath(exists=True, dir_okay=False, allow_dash=True),
    shell_complete=complete_backups,
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(workspace: Workspace, file: Path, yes: bool) -> None:
    """Replace your answers with those in FILE, a backup, or with those from standard input if FILE is `-`.
    `mlterms backup --list` lists the backups.

    The backup is checked first, and what it replaces is kept as a backup of its own.
    """
    from mlterms.store.log import backup

    if str(file) == "-" and sys.stdin.isatty():
        raise click.UsageError(
            "'-' means standard input, which is a terminal here: name the file of a backup"
        )
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("not a terminal: use --yes to restore without asking")
        if not click.confirm(f"Replace your answers with those in {one_line(str(file))}?"):
            warn("nothing was changed")
            raise SystemExit(1)
    with _as_file(file) as backed_up:
        kept = backup.restore(backed_up, workspace.path, workspace.clock.now())
    say(f"Restored. What was there before is in {kept}." if kept else "Restored.")


@contextmanager
def _as_file(path: Path) -> Iterator[Path]:
    """The file itself; of standard input (`-`), a copy while this lasts."""
    if str(path) != "-":
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "standard-input.db"
        with copy.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            yield copy
        except MltermsError as error:
            raise MltermsError(str(error).replace(str(copy), "- (standard input)")) from error
