"""Trying the questions of one card: in a database that is thrown away, so that nothing is recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError
from mlterms.base.ids import TermId
from mlterms.base.paths import bundle, overlay_folder
from mlterms.store.workspace import Workspace


@contextmanager
def open_preview(workspace: Workspace, card: Path) -> Iterator[tuple[Workspace, TermId]]:
    """A workspace without a history in which the card's deck is in use, and the id of the card's term.

    Raises CallError where it is not a card in a deck, MltermsError with the first error in the card where
    none of its questions can be asked.
    """
    card = card.resolve()
    deck = card.parent.parent
    if not card.is_file():
        raise CallError(f"there is no file {card}")
    is_own_copy = deck == overlay_folder().resolve()
    if card.suffix != ".md" or card.parent.name != "content":
        raise CallError(f"{card.name} is not a card in a deck: cards are in the deck's folder `content`")
    if not (is_own_copy or (card.parent / "deck.toml").is_file()):
        raise CallError(f"{card.name} is not in a deck: there is no {card.parent / 'deck.toml'}")
    with (
        tempfile.TemporaryDirectory(prefix="mlterms-preview-") as folder,
        Workspace(str(Path(folder) / "preview.db")) as preview,
    ):
        in_use = {bundle().resolve(), *(each.resolve() for each in workspace.config.decks)}
        added = () if is_own_copy or deck in in_use else (deck,)
        preview.config = workspace.config._replace(decks=(*workspace.config.decks, *added))
        preview.clock = workspace.clock
        yield preview, _find_term(preview, card)


def _find_term(preview: Workspace, card: Path) -> TermId:
    index = preview.index
    for row in index.terms():
        if row.name == card.stem and Path(index.term(row.id).path).resolve() == card and row.questions:
            return row.id
    for problem in index.problems():
        if Path(problem.path).resolve() in (card, card.parent / "deck.toml"):
            raise MltermsError(str(problem))
    raise MltermsError(f"{card} has no question that can be asked")
