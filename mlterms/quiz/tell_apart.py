"""What tells a term from the one that it was taken for, after a wrong answer.

It is the definition of each, one under the other. Both are one sentence in the same form, are held to what
the cards say, and exist for every pair; a sentence of its own for each pair would have to be written and kept
right beside them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlterms.base.ids import TermId, term_of
from mlterms.glossary.types import Cloze
from mlterms.quiz.words import short_title

if TYPE_CHECKING:
    from mlterms.quiz.open_question import OpenQuestion
    from mlterms.store.index.reader import Index


def tell_apart(index: Index, answered: OpenQuestion, others: Collection[str] = ()) -> list[str]:
    """After a wrong answer: the definition of the term, and of the one that it was taken for, as Markdown.

    That is the term whose name was written into a gap, perhaps with a slip; or, where none was, the rival
    that is asked in the same contrast sitting. [] if there is neither. others: the questions of the contrast
    sitting.
    """
    if answered.verdict is None or not answered.is_wrong:
        return []
    term, terms = term_of(answered.instance.id), {term_of(other) for other in others}
    rivals = [b if a == term else a for a, b in index.contrast_pairs() if term in (a, b)]
    rival = _written(index, answered) or next((each for each in rivals if each in terms), None)
    if rival is None or rival == term:
        return []
    return [f"**{index.title(each)}**: {index.term(each).definition}" for each in (term, rival)]


def _written(index: Index, answered: OpenQuestion) -> TermId | None:
    """The term whose title or other name was written into a gap where it is wrong, if need be with a slip."""
    from mlterms.quiz.wording import is_same, is_slip
    from mlterms.store.index.search import resolve

    for word in _wrong_words(answered):
        found = resolve(index, word)
        terms = [found.id] if found.id is not None else [row.id for row in found.nearest]
        names = [(name, term) for term in terms for name in _names(index, term)]
        for is_written in (is_same, is_slip):
            for name, term in names:
                if is_written(word, name):
                    return term
    return None


def _names(index: Index, term: TermId) -> tuple[str, ...]:
    return index.title(term), short_title(index.title(term)), *index.term(term).aliases


def _wrong_words(answered: OpenQuestion) -> list[str]:
    """What was written into gaps that do not accept it, without what another gap of the question accepts:
    words in the wrong order are not taken for each other's terms."""
    from mlterms.quiz.grade import match_gap

    asked, given = answered.instance, answered.verdict.given if answered.verdict is not None else None
    words = given.get("words", ()) if isinstance(given, dict) else ()
    if not isinstance(asked.question, Cloze):
        return []
    gaps = range(len(asked.question.gaps))
    return [word for word in words if word and not any(match_gap(asked, gap, word) for gap in gaps)]
