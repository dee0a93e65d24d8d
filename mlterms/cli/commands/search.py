"""`mlterms search WORDS`: find terms by their titles, other names and text, and guides by their text."""

from __future__ import annotations

import sys

import click

from mlterms.base.text import one_line
from mlterms.cli.negative_numbers import TakesNegativeNumbers
from mlterms.cli.say import say, say_json, text_width, warn
from mlterms.store.workspace import Workspace


@click.command(cls=TakesNegativeNumbers, short_help="Search the cards and guides.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit",
    default=10,
    show_default=True,
    metavar="N",
    type=click.IntRange(1, 1000),
    help="Maximum number of terms.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the cards and guides: titles first, then what they say. Misspelt words find the nearest match.

    Exits with 1 if nothing is found.
    """
    from mlterms.glossary.prose import bare_words
    from mlterms.store.index.search import search, search_guides

    hits = search(workspace.index, " ".join(words), limit)
    guides = search_guides(workspace.index, " ".join(words))
    for hit in hits:
        if as_json:
            say_json(hit._asdict())
        else:
            title = workspace.index.title_in_list(hit.term, hit.title)
            _say_hit(f"{title}: {one_line(bare_words(hit.snippet))}")
    for guide in guides:
        if as_json:
            say_json({**guide._asdict(), "kind": "guide"})
        else:
            _say_hit(f"Guide “{guide.title}”: {one_line(bare_words(guide.snippet))}")
    if not hits and not guides:
        warn(f"nothing about {' '.join(words)!r}")
        raise SystemExit(1)


def _say_hit(text: str) -> None:
    """Print what was found: wrapped on a terminal, and elsewhere as one line, which programs can read."""
    from mlterms.glossary.plain_text import wrap_at_spaces

    if sys.stdout.isatty():
        text = wrap_at_spaces(text, text_width() - 4).replace("\n", "\n    ")
    say(text)
