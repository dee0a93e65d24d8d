"""Whether a question asks for the name of its own term, which is then not to be shown above it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mlterms.glossary.types import Choice, Cloze, Question, Term
from mlterms.store.index.text_folding import fold

_WORD = re.compile(r"[^\W_]+")


def asks_for_name(term: Term, question: Question) -> bool:
    """Whether a name of the term is the answer or a part of it.

    That is so if a gap accepts it, or if it is in the right option of a choice and not in what is asked.
    """
    names = {_words(name) for name in (term.title.partition(" (")[0], *term.aliases)}
    if isinstance(question, Cloze):
        return any(_words(answer) in names for gap in question.gaps for answer in gap)
    if not isinstance(question, Choice) or _has_name(question.prompt, names):
        return False
    return any(_has_name(option.text, names) for option in question.options if option.right)


def _has_name(text: str, names: Iterable[str]) -> bool:
    words = _words(text)
    return any(name in words for name in names)


def _words(text: str) -> str:
    """The words of a text, folded, with a space before and after each."""
    return " ".join(["", *_WORD.findall(fold(text)), ""])
