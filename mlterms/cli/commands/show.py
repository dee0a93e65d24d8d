"""`mlterms show TERM`: print a card."""

from __future__ import annotations

import shutil

import click

from mlterms.base.errors import MltermsError
from mlterms.cli.complete import complete_terms
from mlterms.cli.say import say, say_json, warn
from mlterms.store.index.search import find_term
from mlterms.store.mastery import LATER
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
    if workspace.path.exists():  # it is created with the first answer
        try:
            _say_mastery(workspace, found)
        except MltermsError as error:  # the card can be read all the same
            warn(str(error))


def _say_mastery(workspace: Workspace, term: str) -> None:
    now = workspace.clock.now()
    known = workspace.queue.mastery(now, [term]).get(term)
    if known is not None:
        later = workspace.queue.mastery(now, [term], LATER)[term]
        say(f"\nMastery: {known:.0%} of its questions expected right now, {later:.0%} in {LATER} days.")
