"""`mlterms backup`: make a backup of the learner's answers now, or list the backups."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlterms.base.errors import CallError
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, say_json
from mlterms.store.workspace import Workspace


@click.command(short_help="Make a backup of your answers, or list the backups.")
@click.argument("file", required=False, type=FilePath(dir_okay=False, allow_dash=True))
@click.option("--list", "listed", is_flag=True, help="List the backups and make none.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, file: Path | None, listed: bool, as_json: bool) -> None:
    """Copy your answers to FILE, or to standard output if FILE is `-`. Without FILE, they are copied to the
    folder of backups.

    A backup is made automatically every day. The last 12 days, 10 weeks and 9 months are kept. The list also
    has what was rescued when the file of your answers was moved or deleted while mlterms was open.
    """
    from mlterms.store.log import backup

    if not listed and file == Path("-"):
        _write_to_output(workspace)
        return
    if not listed:
        say(str(backup.back_up(workspace.path, workspace.clock.now(), to=file)))
        return
    for kept in backup.backups_and_rescued(workspace.path):
        if as_json:
            say_json({"path": str(kept.path), "made": kept.made.isoformat(), "bytes": kept.size})
        else:
            say(f"{kept.made:%Y-%m-%d %H:%M}  {kept.size / 1024:8.0f} KB  {kept.path}")


def _write_to_output(workspace: Workspace) -> None:
    from tempfile import TemporaryDirectory

    from mlterms.store.log import backup

    if sys.stdout.isatty():
        raise CallError("a backup is binary: send it to a file or a pipe, or name a file")
    with TemporaryDirectory() as folder:
        copy = backup.back_up(workspace.path, workspace.clock.now(), to=Path(folder) / "backup.db")
        sys.stdout.buffer.write(copy.read_bytes())
