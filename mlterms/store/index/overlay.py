"""The learner's own version of a bundled card: `overlay/content/TERM.md` in the data folder.

The installed file is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlterms.base.atomic import write_whole
from mlterms.base.errors import CallError
from mlterms.base.files import explain_write_errors, make_folder
from mlterms.base.ids import TermId, name_of
from mlterms.base.paths import bundle, overlay_folder
from mlterms.glossary.names import is_kebab
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Term
from mlterms.store.index.reader import Index

_NO_QUESTIONS = "your version of this card has no questions, so nothing is asked about its term"


def own_copy(index: Index, key: str) -> Path:
    """The file to edit for the term `key` (`deck:term`).

    That is the card itself in a deck of the learner, and the learner's copy of a bundled card, which is
    created if there is none.
    """
    card, copy = Path(index.term(key).path), file_to_edit(index, key)
    if copy != card and not copy.exists():
        make_folder(copy.parent)
        with explain_write_errors(copy):
            write_whole(copy, card.read_bytes())
    return copy


def file_to_edit(index: Index, key: str) -> Path:
    """The file that `own_copy` returns, which may not be there yet. Nothing is created."""
    card = Path(index.term(key).path)
    return overlay_folder() / "content" / card.name if bundle() in card.parents else card


def is_own_version(path: str) -> bool:
    """Whether the card in this file is the learner's version of a bundled one."""
    return Path(path).parent == (overlay_folder() / "content").absolute()


def own_versions(index: Index) -> list[str]:
    """The terms (global ids) whose card is the learner's version of a bundled one, in study order."""
    names = {path.stem for path in (overlay_folder() / "content").glob("*.md")}
    rows = [row for row in index.terms() if row.name in names] if names else []
    return [row.id for row in rows if is_own_version(index.term(row.id).path)]


def problems_of_own_versions(index: Index) -> list[Problem]:
    """The errors in the learner's versions of cards, which are not used until they are corrected, and a
    warning for each of the other versions that has no questions."""
    errors = [each for each in index.problems() if is_own_version(each.path) and each.severity == "error"]
    own = map(index.term, own_versions(index))
    return errors + [problem for term in own if (problem := problem_without_questions(term)) is not None]


def problem_without_questions(term: Term) -> Problem | None:
    """A warning that the card, the learner's own version, has no questions; None for any other card."""
    is_silent = not term.questions and is_own_version(term.path)
    return Problem(term.path, 0, _NO_QUESTIONS, "warning") if is_silent else None


def problems_of_own_version(index: Index, term: TermId) -> list[Problem]:
    """The same for the version of one card."""
    own = str(file_to_edit(index, term))
    return [problem for problem in problems_of_own_versions(index) if problem.path == own]


def drop_unchanged_copy(copy: Path) -> None:
    """Delete a copy that is the same as the bundled card, so that corrections to that card are seen."""
    card = bundle() / "content" / copy.name
    is_copy = copy.parent == overlay_folder() / "content" and card.is_file() and copy.is_file()
    if is_copy and copy.read_bytes() == card.read_bytes():
        copy.unlink()


def broken_card(name: str, decks: Sequence[Path]) -> Path | None:
    """The file of a card that is not in the index because it is broken: the learner's copy, or in a deck."""
    if not is_kebab(name):
        return None
    folders = (overlay_folder(), *decks)
    return next((p for folder in folders if (p := folder / "content" / f"{name}.md").is_file()), None)


def revert_copy(term: str) -> Path:
    """Use the bundled card of `term` again. The learner's copy is kept under another name, which is returned.

    Raises CallError if there is no copy.
    """
    name = name_of(term)
    copy = overlay_folder() / "content" / f"{name}.md"
    if not copy.exists():
        raise CallError(f"{name} has no version of your own")
    number = 1
    while (kept := copy.with_suffix(f".md.{number}~")).exists():
        number += 1
    with explain_write_errors(kept):
        copy.replace(kept)
    return kept
