"""`mlterms due`: what is due today, in one line or as JSON. For a call without options, `main.py` skips
this module."""

from __future__ import annotations

import click

from mlterms.cli.today import show_today
from mlterms.store.workspace import Workspace


@click.command(short_help="Say what is due today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(workspace: Workspace, as_json: bool) -> None:
    """Show what is due today, and how long it will take.

    JSON: due, learning (steps that come back today), new, answered (today), later (days until the next
    review, null if there is none), backlog (reviews due, without the day's limits), overdue (of the backlog,
    those of an earlier day), put_right (questions that a mistake has brought forward), minutes, overdue_done
    (the date on which the last overdue one is asked, if they are too many for today).
    """
    show_today(workspace, as_json)
