"""`mlterms show TERM`: print a card."""

from __future__ import annotations

import shutil

import click

from mlterms.cli.complete import complete_terms
from mlterms.cli.say import say, say_json
from mlterms.store.index.search import find_term
from mlterms.store.workspace import Workspace


@click.command(short_help="Show the card of a term.")
@click.argument("term", shell_complete=complete_terms)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the card as one JSON object, questions included."
)
@click.pass_obj
def command(workspace: Workspace, term: str, as_json: bool) -> None:
    """Show the card of TERM: its id, title or another name for it, or how it begins."""
    found = find_term(workspace.index, term)
    if as_json:
        from mlterms.glossary.encode import to_dict

        say_json(to_dict(workspace.index.term(found), leave_out=("checks",)), indent=2)
        return
    from mlterms.cli.card import card_lines

    say(card_lines(workspace.index, found, min(88, shutil.get_terminal_size((80, 24)).columns)))
