"""The notice that the learner's own version of a card cannot be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.paths import overlay_folder
from mlterms.cli.say import warn

if TYPE_CHECKING:
    from mlterms.base.ids import TermId
    from mlterms.store.index.reader import Index


def warn_of_broken_version(index: Index, term: TermId) -> None:
    """Name the file and the line of each error in it, and say that the installed card is used."""
    if overlay_folder().exists():
        from mlterms.store.index.overlay import problems_of_own_version

        for problem in problems_of_own_version(index, term):
            warn(str(problem))
