"""What can only be seen across the files of a deck: names that lead nowhere, circles, former ids.

The work is bounded by what is reported: a file is read at most once to find a line, and only the first names
that lead nowhere are compared with all that there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from mlterms.base.ids import slug_of
from mlterms.base.nearest import nearest
from mlterms.base.reading import UnreadableFileError, read_own
from mlterms.glossary.graph import find_wrong
from mlterms.glossary.lines import LARGEST_FILE
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Deck, Predict, Term

MOST = 1_000  # problems that are reported of one deck
_MOST_COMPARED = 20  # unknown names for which the nearest known one is looked for
_KEY = re.compile(r"([\w-]+)\s*[:=](.*)")


def deck_problems(
    deck: Deck,
    terms: Mapping[str, Term],
    demos: Collection[str] | None = None,
    broken: Collection[str] = (),
    others: Mapping[str, Collection[str]] | None = None,
) -> tuple[Problem, ...]:
    """Unknown terms and topics, circles, former ids that are taken, and unknown demos, if `demos` are given.

    broken: the ids of cards that cannot be read. That is reported once, and not at every card that names
    them. others: id of each other deck → the ids of its terms.
    """
    across = _Across(deck, terms, {*terms, *deck.planned, *broken})
    found = chain(
        across.graph(),
        across.other_decks(others or {}),
        across.topics(),
        across.order(),
        find_renames(terms)[1],
        across.demos({*demos, *deck.planned_demos}) if demos is not None else (),
    )
    problems = list(islice(found, MOST))
    if next(found, None):
        path = str(Path(deck.root) / "content" / "deck.toml")
        problems.append(Problem(path, 0, f"more than {MOST:,} names lead nowhere: correct the first ones"))
    return tuple(problems)


class _Across:
    """The terms of a deck, and the lines of their files."""

    def __init__(self, deck: Deck, terms: Mapping[str, Term], known: Collection[str]) -> None:
        self._deck = deck
        self._terms = terms
        self._known = known
        self._lines = KeyLines()
        self._compared = 0

    def _nearest(self, word: str, known: Collection[str]) -> str:
        self._compared += 1
        return nearest(word, known) if self._compared <= _MOST_COMPARED else ""

    def graph(self) -> Iterator[Problem]:
        for wrong in find_wrong(self._terms, self._known, self._nearest):
            path = self._terms[wrong.term].path
            line = self._lines.find(path, wrong.key, wrong.about)
            yield Problem(path, line, wrong.message, wrong.severity)

    def other_decks(self, others: Mapping[str, Collection[str]]) -> Iterator[Problem]:
        """What is wrong with the names of terms of other decks."""
        for term in self._terms.values():
            for key, names in (("needs", term.needs), ("contrast", term.contrast)):
                for name in names:
                    message, severity = self._fault(name, others) if ":" in name else ("", "")
                    if message:
                        yield Problem(term.path, self._lines.find(term.path, key, name), message, severity)

    def _fault(self, name: str, others: Mapping[str, Collection[str]]) -> tuple[str, str]:
        deck_id, _, other = name.partition(":")
        if deck_id == self._deck.id:
            return f"`{name}` is a term of this deck: write `{other}`", "error"
        if deck_id not in others:
            message = f"there is no deck `{deck_id}` here, so `{name}` counts as known: add that deck"
            return message, "warning"
        if other in others[deck_id]:
            return "", ""
        meant = self._nearest(other, others[deck_id])
        instead = f"did you mean `{deck_id}:{meant}`?" if meant else "leave it out"
        return f"the deck `{deck_id}` has no term `{other}`: {instead}", "error"

    def topics(self) -> Iterator[Problem]:
        topics = self._deck.topics
        for term in self._terms.values():
            if topics and term.topic not in topics:
                meant = self._nearest(term.topic, topics)
                instead = f"did you mean `{meant}`?" if meant else "add it to [topics] in deck.toml"
                message = f"`{term.topic}` is not a topic of this deck: {instead}"
                yield Problem(term.path, self._lines.find(term.path, "topic"), message)

    def order(self) -> Iterator[Problem]:
        path = str(Path(self._deck.root) / "content" / "deck.toml")
        for term_id in self._deck.order:
            if term_id not in self._known:
                message = f"`order` names `{term_id}`, which has no card: write it, or leave it out"
                yield Problem(path, self._lines.find(path, "order", term_id), message, "warning")

    def demos(self, demos: Collection[str]) -> Iterator[Problem]:
        for term in self._terms.values():
            if term.demo and term.demo not in demos:
                line = self._lines.find(term.path, "demo")
                yield Problem(term.path, line, self._no_demo(term.demo, demos))
            for question in term.questions:
                if isinstance(question, Predict) and question.demo not in demos:
                    message = self._no_demo(question.demo, demos)
                    yield Problem(term.path, question.line, message, question=question.slug)

    def _no_demo(self, name: str, demos: Collection[str]) -> str:
        meant = self._nearest(name, demos)
        instead = f"did you mean `{meant}`?" if meant else "write it, or leave it out"
        return f"there is no demo `{name}`: {instead}"


class KeyLines:
    """Finds the lines of keys in front matter and in `deck.toml`. Each file is read once."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def find(self, path: str, key: str, value: str = "") -> int:
        """The line of `key:` or `key =`, or of `value` below it; 1 if there is none."""
        word = re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
        found = 0
        for number, line in enumerate(self._lines(path), 1):
            begins = _KEY.match(line)
            if found and (begins or line.startswith(("---", "[", "#"))):
                break
            if begins and begins[1] == key:
                found = number
            if found and value and word.search(begins[2] if begins else line):
                return number
        return found or 1

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            try:
                data = read_own(Path(path), LARGEST_FILE)
            except (OSError, UnreadableFileError):
                data = b""
            self._files[path] = data.decode("utf-8", "replace").split("\n")
        return self._files[path]


def find_renames(terms: Mapping[str, Term]) -> tuple[dict[str, str], list[Problem]]:
    """(former question id → present one, problems), ids as `term/slug`.

    A question's own `was:` comes first; a term's `was:` then moves all its questions, under the slugs
    that they have and those they had. An id still in use, or claimed twice, is a problem and renames nothing.
    """
    problems: list[Problem] = []
    in_use = {f"{term_id}/{question.slug}" for term_id, term in terms.items() for question in term.questions}
    claims: dict[str, list[tuple[str, str, int]]] = {}  # former id → by whom: present id, path, line
    for term_id, term in terms.items():
        for question in term.questions:
            for former in question.was:
                full = former if "/" in former else f"{term_id}/{former}"
                claims.setdefault(full, []).append((f"{term_id}/{question.slug}", term.path, question.line))
    moved = _moved_terms(terms, problems)
    for former_term, term_id in moved.items():
        term = terms[term_id]
        for question in term.questions:
            slugs = [question.slug, *(former for former in question.was if "/" not in former)]
            for slug in slugs:
                present = f"{term_id}/{question.slug}"
                claims.setdefault(f"{former_term}/{slug}", [(present, term.path, question.line)])
    renames: dict[str, str] = {}
    for former, claimed in claims.items():
        if former in in_use:
            wrong, message = claimed, "is still the id of a question: leave it out, or rename that question"
        else:
            wrong, message = (
                claimed[1:],
                f"is claimed by `{claimed[0][0]}` already: leave it out of one `was`",
            )
        for present, path, line in wrong:
            slug = slug_of(present)
            problems.append(Problem(path, line, f"`{former}` {message}", question=slug))
        if not wrong:
            renames[former] = claimed[0][0]
    return renames, problems


def _moved_terms(terms: Mapping[str, Term], problems: list[Problem]) -> dict[str, str]:
    """Former term id → present one."""
    claims: dict[str, list[str]] = {}
    for term_id, term in terms.items():
        for former in term.was:
            claims.setdefault(former, []).append(term_id)
    moved = {}
    lines = KeyLines()
    for former, ids in claims.items():
        if former in terms:
            wrong, message = ids, "is still a term of this deck: leave it out, or rename that card"
        else:
            wrong, message = ids[1:], f"is claimed by `{ids[0]}` already: leave it out of one of the two"
        for term_id in wrong:
            path = terms[term_id].path
            problems.append(Problem(path, lines.find(path, "was", former), f"`{former}` in `was` {message}"))
        if not wrong:
            moved[former] = ids[0]
    return moved
