"""The words of cards: terms that are used before their time, links that lead nowhere, and spelling."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlterms.base.nearest import nearest
from mlterms.base.plurals import singular
from mlterms.check.passages import REASON, WRONG, Passage
from mlterms.check.rules import violation
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import FOLDED, Deck, Term

_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_LINK = re.compile(r"\]\(<?([^()\s<>]+)>?\)")
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a term, word by word. exact: whether capitals count, as in Adam and AND."""

    words: tuple[str, ...]
    term: str
    exact: bool


class TermNames:
    """Finds the names of terms in texts: titles and other names, in singular and plural."""

    def __init__(self, deck: Deck, terms: Mapping[str, Term]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        self._ordinary = [phrase.lower() for phrase in deck.ordinary]
        titles = {**deck.planned, **{term_id: term.title for term_id, term in terms.items()}}
        for term_id, title in titles.items():
            term = terms.get(term_id)
            others = (*term.aliases, *term.explains, *term.found_by) if term else ()
            for name in {*_names_in(title), *others}:
                words = tuple(_WORD.findall(name))
                if len("".join(words)) > 2:  # a shorter one is a symbol
                    exact = name != name.lower()
                    folded = words if exact else tuple(singular(word.lower()) for word in words)
                    self._by_first.setdefault(singular(words[0].lower()), []).append(
                        _Name(folded, term_id, exact)
                    )
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name.words))

    def find(self, text: str) -> Iterator[tuple[int, str, set[str]]]:
        """Each name in the text: its offset, how it is written, and the terms that are called so."""
        lowered = text.lower()
        for phrase in self._ordinary:
            if phrase in lowered:
                pattern = rf"\b{re.escape(phrase)}\b"
                text = re.sub(pattern, lambda match: " " * len(match[0]), text, flags=re.IGNORECASE)
        words = list(_WORD.finditer(text))
        folded = [singular(word[0].lower()) for word in words]
        at = 0
        while at < len(words):
            found = [name for name in self._by_first.get(folded[at], ()) if _matches(name, words, folded, at)]
            longest = max((len(name.words) for name in found), default=0)
            if longest:
                end = words[at + longest - 1].end()
                terms = {name.term for name in found if len(name.words) == longest}
                yield words[at].start(), " ".join(text[words[at].start() : end].split()), terms
            at += longest or 1


def _matches(name: _Name, words: Sequence[re.Match[str]], folded: Sequence[str], at: int) -> bool:
    if name.exact:
        found = [word[0] for word in words[at : at + len(name.words)]]
        return [each.removesuffix("s") for each in found] == [each.removesuffix("s") for each in name.words]
    return tuple(folded[at : at + len(name.words)]) == name.words


def _names_in(title: str) -> list[str]:
    """`example (sample)` is two names, `convergence / divergence` too."""
    found = re.fullmatch(r"(.+?) \((.+)\)", title)
    parts = [found[1], *found[2].split(", ")] if found else [title]
    return [name.strip() for part in parts for name in part.split(" / ")]


def ancestors(terms: Mapping[str, Term], term_id: str) -> set[str]:
    """The terms that must be known before this one, and itself."""
    found: set[str] = set()
    waiting = [term_id]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += terms[each].needs if each in terms else ()
    return found


def check_early_words(
    path: str, term: Term, passages: Sequence[Passage], names: TermNames, known: Collection[str]
) -> Iterator[Problem]:
    """Warnings for terms that come later and are not linked, each once.

    known: the ids of the terms that a learner of this one knows. A wrong option and its reason may name
    others, and so may a question name what the term is confused with.
    """
    linked = {link.removesuffix(".md") for passage in passages for link in _LINK.findall(passage.text)}
    reported: set[str] = set()
    for passage in passages:
        if passage.part in (FOLDED, WRONG, REASON):
            continue
        allowed = {*known, *linked, *(term.contrast if passage.question else ())}
        for at, written, terms in names.find(passage.prose):
            if terms & allowed or terms & reported:
                continue
            reported |= terms
            later = " or ".join(sorted(terms))
            message = (
                f"“{written}” is a term that comes later: link it, as [{written}]({later}.md), and say in"
            )
            yield violation(
                path, passage.line_at(at), "early-word", f"{message} a few words what it is, or avoid it",
                passage.question,
            )  # fmt: skip


def check_explains(
    path: str, term: Term, passages: Sequence[Passage], spelling: Mapping[str, str]
) -> Iterator[Problem]:
    """Errors for notions that the card claims to explain and that its sections never name."""
    shown = "  ".join(_words(passage.prose, {}) for passage in passages if not passage.question)
    for notion in term.explains:
        if f" {_words(notion, spelling).strip()} " not in shown:
            message = f"the front matter says that the card explains “{notion}”, but no section names it"
            yield violation(path, 1, "explains", message)


def _words(text: str, spelling: Mapping[str, str]) -> str:
    """The words in the singular, with one space around each."""
    words = (_respelled(word.lower(), spelling) for word in _WORD.findall(text))
    return f" {' '.join(singular(word) for word in words)} "


def check_links(
    path: str, passages: Iterable[Passage], places: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Errors for links that lead nowhere. places: folder as a link writes it → the names that are there."""
    for passage in passages:
        for match in _LINK.finditer(passage.text):
            target = match[1].partition("#")[0]
            if _EXTERNAL.match(target) or not target:
                continue
            folder, _, name = target.removesuffix(".md").rpartition("/")
            there = places.get(folder, ())
            if not target.endswith(".md") or name not in there:
                meant = nearest(name, there)
                instead = f"did you mean `{meant}.md`?" if meant else "write it like `batch-size.md`"
                message = f"the link `{match[1]}` leads nowhere: {instead}"
                yield violation(path, passage.line_at(match.start()), "link", message, passage.question)


def check_spelling(path: str, passages: Iterable[Passage], spelling: Mapping[str, str]) -> Iterator[Problem]:
    """Warnings for words that the deck spells otherwise. `color*` in the table has any ending."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in spelling]
    if not words:
        return
    wrong = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    for passage in passages:
        for match in wrong.finditer(passage.prose):
            right = _respelled(match[0], spelling)
            if right.lower() != match[0].lower() or (right != right.lower() and match[0] != right):
                message = f"`{match[0]}` is spelled `{right}` in this deck"
                yield violation(path, passage.line_at(match.start()), "spelling", message, passage.question)


def _respelled(word: str, spelling: Mapping[str, str]) -> str:
    for wrong, right in spelling.items():
        stem = wrong.removesuffix("*")
        if word.lower() == stem.lower() or (stem != wrong and word.lower().startswith(stem.lower())):
            return right.removesuffix("*") + word[len(stem) :]
    return word
