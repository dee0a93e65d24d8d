"""`mlterms guide`: texts around the terms, such as how to begin."""

from __future__ import annotations

import click

from mlterms.base.errors import CallError
from mlterms.base.text import clean
from mlterms.cli.pager import show_or_page
from mlterms.cli.say import say, say_json, text_width
from mlterms.store.index.reader import GuideRow, Index
from mlterms.store.workspace import Workspace


def complete_guides(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of guides that begin with what was typed."""
    with Workspace() as workspace:
        return [row.name for row in workspace.index.guides() if row.name.startswith(incomplete)]


@click.command(short_help="Read a guide, or list them all.")
@click.argument("name", nargs=-1, shell_complete=complete_guides)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each guide.")
@click.option("--no-pager", is_flag=True, help="Print a long guide at once, not page by page.")
@click.pass_obj
def command(workspace: Workspace, name: tuple[str, ...], as_json: bool, no_pager: bool) -> None:
    """Read the guide NAME; without NAME, list the guides: how to begin, and what else people ask first.

    On a terminal a guide longer than the screen is shown by $PAGER.

    JSON: id, name, deck, title, summary, and with NAME also text.
    """
    index = workspace.index
    width = text_width()
    if not name:
        _list(index.guides(), as_json, width)
        return
    row = _find(index, " ".join(name))
    text = index.guide_text(row.id)
    if as_json:
        say_json({**row._asdict(), "text": text})
        return
    from mlterms.base.text_columns import columns
    from mlterms.glossary.plain_text import plain_text

    titles = [each.title for each in index.guides()]
    body = plain_text(clean(text), width, titles=titles)
    show_or_page("\n".join([clean(row.title), "=" * columns(row.title), "", body]), at_once=no_pager)


def _list(guides: list[GuideRow], as_json: bool, width: int) -> None:
    from mlterms.glossary.plain_text import plain_text

    for row in guides:
        if as_json:
            say_json(row._asdict())
        else:
            say(f"{row.name}\n    " + plain_text(clean(row.summary), width - 4).replace("\n", "\n    "))


def _find(index: Index, typed: str) -> GuideRow:
    """The guide of that name or title (of two, the one of the first deck), or the only one that begins so."""
    from mlterms.base.nearest import nearest
    from mlterms.glossary.names import kebab

    name = kebab(typed)
    guides = index.guides()
    found = [row for row in guides if typed in (row.id, row.name) or name in (row.name, kebab(row.title))]
    if found:
        return found[0]
    begins = [row for row in guides if name and row.name.startswith(name)]
    if len(begins) == 1:
        return begins[0]
    names = [row.name for row in begins or guides]
    meant = nearest(name, names)
    instead = f"did you mean {meant}?" if meant else f"there is {', '.join(names) or 'none yet'}"
    raise CallError(f"no guide is called {clean(typed)[:60]!r}: {instead}")
