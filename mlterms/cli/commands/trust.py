"""`mlterms trust`: which folders' Python may be run."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.base import trust
from mlterms.cli.say import say, say_json, warn
from mlterms.store.workspace import Workspace


@click.command(short_help="Say which folders' Python may be run.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--remove", metavar="FOLDER", type=click.Path(path_type=Path), help="Trust this folder no more."
)
@click.option("--json", "as_json", is_flag=True, help="List them as one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, folder: Path | None, remove: Path | None, as_json: bool) -> None:
    """Trust FOLDER: the Python of its demos and cards may be run. Without FOLDER, list the trusted ones.

    Cards and demos of others hold Python: examples, questions, training runs. It runs with your rights, so it
    runs only from what came with mlterms and from folders that you have trusted, as they were when you did: a
    change to a card or a demo asks again. Other files that a demo reads or imports are not watched.
    """
    if folder and remove:
        raise click.UsageError("trust a folder or remove one, not both at once")
    if remove:
        if not trust.distrust(remove):
            raise click.UsageError(f"{remove} is not trusted")
        say(f"{remove} is trusted no more.")
    elif folder:
        entry = trust.trust(folder, workspace.clock.now())
        say(f"{entry.path} is trusted, as it is now.")
    else:
        _list(as_json)


def _list(as_json: bool) -> None:
    folders = trust.trusted()
    if not folders:
        warn("no folder is trusted but that of mlterms itself")
    for entry in folders:
        state = trust.is_trusted(Path(entry.path))
        if as_json:
            say_json({"path": str(entry.path), "valid": bool(state), "reason": state.reason})
        else:
            say(f"{entry.path}" if state else f"{entry.path}  (asks again: {state.reason})")
