"""`mlterms restore FILE`: bring back a backup; what is replaced becomes a backup itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlterms.base.text import one_line
from mlterms.cli.complete import complete_backups
from mlterms.cli.say import say, warn
from mlterms.store.workspace import Workspace


@click.command(short_help="Bring back a backup.")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), shell_complete=complete_backups
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(workspace: Workspace, file: Path, yes: bool) -> None:
    """Replace your answers with those in FILE, a backup; `mlterms backup --list` lists the backups.

    The backup is checked first, and what it replaces is kept as a backup of its own.
    """
    from mlterms.store.log import backup

    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("not a terminal: use --yes to restore without asking")
        if not click.confirm(f"Replace your answers with those in {one_line(str(file))}?"):
            warn("nothing was changed")
            raise SystemExit(1)
    kept = backup.restore(file, workspace.path, workspace.clock.now())
    say(f"Restored. What was there before is in {kept}." if kept else "Restored.")
