"""The notice that the learner's own version of a card cannot be used now, or has no questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.paths import overlay_folder
from mlterms.cli.say import warn

if TYPE_CHECKING:
    from mlterms.base.ids import TermId
    from mlterms.store.index.reader import Index

_MOST = 5  # that are named


def warn_of_broken_version(index: Index, term: TermId) -> None:
    """Name the file and the line of each error in it, which keep it from being used."""
    if overlay_folder().exists():
        from mlterms.store.index.overlay import problems_of_own_version

        for problem in problems_of_own_version(index, term):
            warn(str(problem))


def warn_of_broken_versions(index: Index) -> None:
    """The same for all of the learner's own versions."""
    if overlay_folder().exists():
        from mlterms.store.index.overlay import problems_of_own_versions

        problems = problems_of_own_versions(index)
        for problem in problems[:_MOST]:
            warn(str(problem))
        if len(problems) > _MOST:
            more = f"{len(problems) - _MOST:,} more problems in your versions of cards"
            warn(f"and {more}; `mlterms list` names them")
