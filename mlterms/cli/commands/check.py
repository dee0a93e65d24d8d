"""`mlterms check`: everything that cards and demos claim is run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlterms.base.paths import bundle
from mlterms.base.text import one_line
from mlterms.cli.say import say, say_json
from mlterms.store.workspace import Workspace


@click.command(short_help="Check cards and demos: everything that they claim is run.")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--seeds",
    default=20,
    show_default=True,
    metavar="N",
    type=click.IntRange(1, 1000),
    help="Seeds a prediction.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.pass_obj
def command(workspace: Workspace, path: Path | None, seeds: int, as_json: bool) -> None:
    """Check the cards and demos at PATH, a deck's folder or one card; without PATH, those that come with
    mlterms.

    Examples are run, answers worked out over many draws, predictions over many seeds. The Python of a folder
    that you have not trusted is not run, and the report says so. Exits with 1 if an error is found.
    """
    from mlterms.check import check

    report = check(path or bundle(), seeds=seeds, progress=_progress if sys.stderr.isatty() else None)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        say_json(report.to_dict(), indent=2)
    else:
        for problem in report.problems:
            say(str(problem))
        say(report.summary())
    if report.failed:
        raise SystemExit(1)


def _progress(what: str) -> None:
    click.echo(f"\r\x1b[K{one_line(what)[:78]}", nl=False, err=True)
