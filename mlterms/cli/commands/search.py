"""`mlterms search WORDS`: find terms by their title, aliases and text."""

from __future__ import annotations

import click

from mlterms.base.text import one_line
from mlterms.cli.say import say, say_json, warn
from mlterms.store.workspace import Workspace


@click.command(short_help="Search the cards.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit",
    default=10,
    show_default=True,
    metavar="N",
    type=click.IntRange(1, 1000),
    help="At most so many.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the cards: titles first, then what they say. Misspelt words find what is nearest.

    Exits with 1 if nothing is found.
    """
    from mlterms.glossary.prose import bare
    from mlterms.store.index.search import search

    hits = search(workspace.index, " ".join(words), limit)
    for hit in hits:
        if as_json:
            say_json(hit._asdict())
        else:
            say(f"{hit.title}: {one_line(bare(hit.snippet))}")
    if not hits:
        warn(f"nothing about {' '.join(words)!r}")
        raise SystemExit(1)
