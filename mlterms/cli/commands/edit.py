"""`mlterms edit TERM`: a card in the learner's editor. Of a bundled card, the learner's own copy."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.cli.complete import complete_terms
from mlterms.store.desk import Desk


@click.command(short_help="Open the card of a term in your editor.")
@click.argument("term", shell_complete=complete_terms)
@click.option("--path", "only_path", is_flag=True, help="Only print which file would be opened.")
@click.option(
    "--revert", is_flag=True, help="Go back to the card that came with mlterms; yours is kept beside."
)
@click.pass_obj
def command(desk: Desk, term: str, only_path: bool, revert: bool) -> None:
    """Open the card of TERM in your editor ($VISUAL, $EDITOR).

    A card that came with mlterms is copied first, and the copy counts from then on; its questions keep
    their ids and your answers. What is wrong with the file is said when the editor closes."""
    from mlterms.store.overlay import own_copy, revert_copy

    broken = _broken(desk, term)
    found = f"{desk.index.terms()[0].deck}:{term}" if broken else desk.index.named(term)
    if revert:
        kept = revert_copy(found)
        click.echo(f"The card that came with mlterms counts again; yours is kept as {kept}.")
    elif only_path:
        click.echo(str(broken or desk.index.term(found).path))
    else:
        _edit(broken or own_copy(desk.index, found))


def _broken(desk: Desk, term: str) -> Path | None:
    """The file of that name if it is a card that cannot be read as it stands."""
    from mlterms.store.overlay import broken_card

    known = {row.name for row in desk.index.terms()}
    return None if term in known else broken_card(term, desk.config.decks)


def _edit(path: Path) -> None:
    from mlterms.glossary.parse import parse_card

    click.edit(filename=str(path))
    problems = parse_card(str(path), path.read_bytes(), term_id=path.stem).problems
    for problem in problems:
        click.echo(f"mlterms: {problem}", err=True)
    if any(problem.severity == "error" for problem in problems):
        click.echo(
            "mlterms: its questions are set aside until that is mended; your answers are kept", err=True
        )
        raise SystemExit(1)
