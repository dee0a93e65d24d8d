"""`mlterms trust`: list, add and remove the folders whose Python may run."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.base import trust
from mlterms.base.plurals import count_of
from mlterms.cli.complete import complete_trusted
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, say_json, talk, warn
from mlterms.store.workspace import Workspace

_MOST = 20  # changed files that are named


@click.command(short_help="Trust a folder, so that its Python may run.")
@click.argument("folder", required=False, type=FilePath(exists=True, file_okay=False))
@click.option(
    "--mine", is_flag=True, help="You write in FOLDER yourself: it stays trusted when its files change."
)
@click.option(
    "--remove",
    metavar="FOLDER",
    type=FilePath(file_okay=False),
    shell_complete=complete_trusted,
    help="Stop trusting this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="List them as one JSON object a line.")
@click.pass_obj
def command(
    workspace: Workspace, folder: Path | None, mine: bool, remove: Path | None, as_json: bool
) -> None:
    """Trust FOLDER: all Python in it may be run. Without FOLDER, list the trusted ones.

    Cards and demos of others hold Python: examples, questions, training runs. It runs with your rights, so it
    runs only from what came with mlterms and from folders that you have trusted, as they were when you did.
    After a change you have to trust the folder again, unless you said with --mine that the changes are yours.
    """
    if folder and remove:
        raise click.UsageError("trust a folder or remove one, not both at once")
    if mine and not folder:
        raise click.UsageError("--mine goes with a FOLDER")
    if remove:
        if not trust.distrust(remove):
            raise click.UsageError(f"{remove} is not trusted")
        say(f"{remove} is no longer trusted.")
    elif folder:
        trust_folder(workspace, folder, mine)
    else:
        _list(as_json)


def trust_folder(workspace: Workspace, folder: Path, mine: bool) -> None:
    """Trust a folder, and say what changed in it since it was trusted before."""
    changes = trust.changes_since(folder)
    entry = trust.trust(folder, workspace.clock.now(), mine=mine)
    for change in (changes or ())[:_MOST]:
        talk(f"  {change}")
    if changes and len(changes) > _MOST:
        talk(f"  and {len(changes) - _MOST} more")
    demos = sum(name.startswith("demos/") for name in entry.files)
    cards = len(entry.files) - demos
    held = f"{count_of(cards, 'card')}, {count_of(demos, 'demo')}"
    until = "and so are your changes to it" if mine else "as it is now; changes ask again"
    say(f"{entry.path} is trusted ({held}), {until}.")


def _list(as_json: bool) -> None:
    folders = trust.trusted()
    if not folders:
        warn("no folders are trusted yet")
    for entry in folders:
        state = trust.trust_in(Path(entry.path))
        if as_json:
            row = {"path": str(entry.path), "valid": bool(state), "mine": entry.mine, "reason": state.reason}
            say_json(row)
        elif not state:
            say(f"{entry.path}  (asks again: {state.reason})")
        else:
            say(f"{entry.path}" + ("  (yours)" if entry.mine else ""))
