"""`mlterms due`: what today holds, in a line or as JSON. The quickest command: it should feel like `ls`."""

from __future__ import annotations

import json

import click

from mlterms.quiz.today import minutes
from mlterms.quiz.words import later_in_words
from mlterms.store.desk import Desk
from mlterms.store.outlook import pace
from mlterms.store.queue import Counts


@click.command(short_help="Say what is due today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(desk: Desk, as_json: bool) -> None:
    """Say what is due today, and how long it will take.

    JSON: due, new, learning (in a few minutes), answered (today), minutes.
    """
    if as_json:
        counts = desk.queue.counts(desk.clock.now())
        click.echo(json.dumps({**counts._asdict(), "minutes": wait(desk, counts)}))
    else:
        show_today(desk)


def show_today(desk: Desk) -> None:
    """Print what today holds, and the command that begins."""
    counts = desk.queue.counts(desk.clock.now())
    click.echo(in_words(counts, wait(desk, counts)))
    if counts.due + counts.new + counts.learning:
        click.echo("Start with: mlterms quiz")
    elif counts.later is not None:
        click.echo(later_in_words(counts.later))


def wait(desk: Desk, counts: Counts) -> int:
    """How many minutes today's questions will take."""
    return minutes(counts, desk.learner.policy, pace(desk.learner))


def in_words(counts: Counts, wait: int) -> str:
    """`12 due, 5 new; about 9 minutes.`"""
    parts = []
    if counts.due:
        parts.append(f"{counts.due} due")
    if counts.learning:
        parts.append(f"{counts.learning} to see again today")
    if counts.new:
        parts.append(f"{counts.new} new")
    if not parts:
        done = f" {counts.answered} answered today." if counts.answered else ""
        return f"Nothing is due.{done}"
    return f"{', '.join(parts)}; about {wait} minute{'s' * (wait != 1)}."
