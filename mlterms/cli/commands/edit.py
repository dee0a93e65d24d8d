"""`mlterms edit TERM`: open a card in the learner's editor. A bundled card is copied first."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.cli.complete import complete_terms
from mlterms.cli.editor import check_editor, edit_file
from mlterms.cli.say import say
from mlterms.store.index.search import find_term
from mlterms.store.workspace import Workspace


@click.command(short_help="Open the card of a term in your editor.")
@click.argument("term", shell_complete=complete_terms)
@click.option(
    "--path",
    "only_path",
    is_flag=True,
    help="Only print which file would be opened; it may not be there yet.",
)
@click.option(
    "--revert", is_flag=True, help="Go back to the card that came with mlterms; yours is kept beside it."
)
@click.pass_obj
def command(workspace: Workspace, term: str, only_path: bool, revert: bool) -> None:
    """Open the card of TERM in your editor ($VISUAL, $EDITOR).

    A card that came with mlterms is copied first, and the copy counts from then on; its questions keep
    their ids and your answers. Errors in the file are shown when the editor closes."""
    from mlterms.store.index.overlay import file_to_edit, own_copy, revert_copy

    broken = _find_broken_card(workspace, term)
    if revert:
        kept = revert_copy(term if broken else find_term(workspace.index, term))
        say(f"Back to the bundled card. Yours is kept as {kept}.")
    elif only_path:
        say(str(broken or file_to_edit(workspace.index, find_term(workspace.index, term))))
    else:
        found = "" if broken else find_term(workspace.index, term)
        check_editor()
        edit_file(workspace, broken or own_copy(workspace.index, found))


def _find_broken_card(workspace: Workspace, term: str) -> Path | None:
    """The file of that name if it is a card that cannot be read."""
    from mlterms.store.index.overlay import broken_card

    known = {row.name for row in workspace.index.terms()}
    return None if term in known else broken_card(term, workspace.config.decks)
