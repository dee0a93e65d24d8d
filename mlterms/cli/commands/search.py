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
    from mlterms.store.index.search import GuideHit, in_one_list, search, search_guides

    index = workspace.index
    hits = in_one_list(search(index, " ".join(words), limit), search_guides(index, " ".join(words)))
    for hit in hits:
        if as_json:
            say_json({**hit._asdict(), **({"kind": "guide"} if isinstance(hit, GuideHit) else {})})
            continue
        if isinstance(hit, GuideHit):
            title = f"Guide “{hit.title}”"
        else:
            title = index.title_in_list(hit.term, hit.title)
        _say_hit(f"{title}: {one_line(bare_words(hit.snippet))}")
    if not hits:
        warn(f"nothing about {' '.join(words)!r}")
        raise SystemExit(1)


def _say_hit(text: str) -> None:
    """Print what was found: wrapped on a terminal, and elsewhere as one line, which programs can read."""
    from mlterms.glossary.plain_text import wrap_at_spaces

    if sys.stdout.isatty():
        text = wrap_at_spaces(text, text_width() - 4).replace("\n", "\n    ")
    say(text)
