"""`mlterms show TERM`: print a card."""

from __future__ import annotations

import os
import sys

import click

from mlterms.base.errors import MltermsError
from mlterms.base.percent import percent
from mlterms.cli.broken_version import warn_of_broken_version
from mlterms.cli.complete import complete_terms
from mlterms.cli.pager import show_or_page
from mlterms.cli.say import say_json, text_width, warn
from mlterms.store.index.search import find_term
from mlterms.store.mastery import LATER
from mlterms.store.workspace import Workspace


@click.command(short_help="Show the card of a term.")
@click.argument("term", shell_complete=complete_terms)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the card as one JSON object, questions included."
)
@click.option("--no-pager", is_flag=True, help="Print a long card at once, not page by page.")
@click.pass_obj
def command(workspace: Workspace, term: str, as_json: bool, no_pager: bool) -> None:
    """Show the card of TERM, which is its id, its title or another name for it, or the beginning of one.

    On a terminal headings are bold (not with NO_COLOR), and a card longer than the screen is shown by $PAGER.
    """
    found = find_term(workspace.index, term)
    warn_of_broken_version(workspace.index, found)
    if as_json:
        from mlterms.glossary.encode import to_dict

        say_json(to_dict(workspace.index.term(found), leave_out=("checks",)))
        return
    from mlterms.cli.card import card_lines

    bold = _bold if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else None
    text = card_lines(workspace.index, found, text_width(), bold)
    if workspace.path.exists():  # it is created with the first answer
        try:
            text += _mastery(workspace, found)
        except MltermsError as error:  # the card can be read all the same
            warn(str(error))
    show_or_page(text, at_once=no_pager)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"


def _mastery(workspace: Workspace, term: str) -> str:
    now = workspace.clock.now()
    known = workspace.queue.knowledge.mastery(now, [term]).get(term)
    if known is not None:
        later = workspace.queue.knowledge.mastery(now, [term], LATER)[term]
        expected = f"{percent(known)} of its questions expected right now, {percent(later)} in {LATER} days"
        return f"\n\nMastery: {expected}."
    return ""
