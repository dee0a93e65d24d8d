"""Reading a deck: its `deck.toml`, its cards, and all that can only be seen across files.

The parts stand alone, so that an index can read only what has changed; `read_deck` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlterms.base.reading import UnreadableFileError, read_plain
from mlterms.glossary.graph import find_wrong
from mlterms.glossary.lines import LARGEST_FILE, read_text
from mlterms.glossary.names import is_kebab, kebab_hint
from mlterms.glossary.parse import Parsed, parse_card
from mlterms.glossary.problems import Problem, Report, nearest
from mlterms.glossary.renames import find_renames
from mlterms.glossary.types import Deck, Predict, Term
from mlterms.glossary.where import line_of, toml_lines

DECK_FILE = "deck.toml"

# Python's TOML reader takes time in the square of the dots in a key; a deck needs none
_DOTTED = re.compile(r"(?:\.[ \t]*[\w\"'-]+[ \t]*){9}")
_EXAMPLES = {
    "id": 'id = "my-deck"',
    "title": 'title = "My own words"',
    "order": 'order = ["weight", "bias"]',
    "topics": '[topics] and below it `loss = "Loss"`',
    "planned": '[planned] and below it `adam = "Adam"`',
    "ordinary": 'ordinary = ["for example"]',
    "spelling": '[spelling] and below it `"data set" = "dataset"`',
    "symbols": '[symbols] and below it `"η" = "learning rate"`',
    "planned_demos": 'planned_demos = ["momentum"]',
}


@dataclass(frozen=True, slots=True)
class LoadedDeck:
    """What a folder holds. deck: None where `deck.toml` cannot be used. terms: id → term, in order of id."""

    deck: Deck | None
    terms: Mapping[str, Term]
    problems: tuple[Problem, ...]


def read_deck(
    root: Path, demos: Collection[str] | None = None, others: Mapping[str, Collection[str]] | None = None
) -> LoadedDeck:
    """Read the deck in `root`. Never raises on what the files hold; a broken one takes no other down.

    demos: the names of the demos that there are; with them, those that cards name are checked. others: id of
    each other deck → the ids of its terms, which cards may need as `deck:term`.
    """
    deck, found = read_deck_file(root)
    problems = list(found)
    terms: dict[str, Term] = {}
    problems += misnamed(root)
    broken = []
    for path in card_paths(root):
        parsed = read_card(path, root)
        problems += parsed.problems
        if parsed.term:
            terms[parsed.term.id] = parsed.term
        else:
            broken.append(path.stem)
    if deck:
        problems += deck_problems(deck, terms, demos, broken, others)
    return LoadedDeck(deck, terms, tuple(sorted(problems)))


def read_decks(roots: Iterable[Path]) -> list[LoadedDeck]:
    """Read several decks. Of two with one id the later is set aside, with a problem of its `deck.toml`."""
    loaded: list[LoadedDeck] = []
    first: dict[str, Deck] = {}
    for root in roots:
        each = read_deck(root)
        if each.deck and each.deck.id in first:
            path = str(root / "content" / DECK_FILE)
            before = first[each.deck.id].root
            told = f"the deck in {before} has the id `{each.deck.id}` too: give this one another `id`"
            problem = Problem(path, line_of(path, "id"), told)
            each = LoadedDeck(None, {}, (problem, *each.problems))
        elif each.deck:
            first[each.deck.id] = each.deck
        loaded.append(each)
    return loaded


def card_paths(root: Path) -> list[Path]:
    """The files of `content/` that are cards, by name: `term-id.md`, but for README.md and hidden files."""
    return [path for path in _markdown(root) if path.suffix == ".md" and is_kebab(path.stem)]


def misnamed(root: Path) -> list[Problem]:
    """Files that were meant as cards, and whose name is no id of a term."""
    problems = []
    for path in _markdown(root):
        if path.suffix != ".md":
            problems.append(Problem(str(path), 0, f"name this file `{path.stem}.md` if it is a card"))
        elif not is_kebab(path.stem):
            told = f"the name of a card's file is the id of its term, and {kebab_hint(path.stem)}"
            problems.append(Problem(str(path), 0, told))
    return problems


def read_card(path: Path, root: Path) -> Parsed:
    """Read one card of the deck in `root`. What cannot be read, or leads outside, is a problem."""
    shown = str(path)
    try:
        data = _read(path, root)
    except UnreadableFileError as error:
        return Parsed(None, (Problem(shown, 1, error.message),))
    return parse_card(shown, data, term_id=path.stem)


def read_deck_file(root: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read `content/deck.toml` alone."""
    import tomllib

    from mlterms.glossary.shapes import DeckFile
    from mlterms.glossary.typed import typed
    from mlterms.glossary.yaml_tree import Tree

    path = root / "content" / DECK_FILE
    report = Report(str(path))
    try:
        text = read_text(_read(path, root), report)
    except UnreadableFileError as error:
        report.error(1, error.message)
        text = None
    if text is None or report.errors:
        return None, report.problems()
    chain = _DOTTED.search(text)
    if chain:
        report.error(
            text.count("\n", 0, chain.start()) + 1, 'this is dotted too often: write `key = "value"`'
        )
        return None, report.problems()
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # also for a number of 5,000 digits, and for endless nesting
        at = re.search(r"\(at line (\d+)", str(error))
        line = int(at[1]) if at else text.rstrip().count("\n") + 1
        report.error(line, f'this is not TOML ({str(error).partition(" (at")[0]}): write `key = "value"`')
        return None, report.problems()
    shape = typed(DeckFile, Tree(content, toml_lines(text)), report, examples=_EXAMPLES)
    if shape is None:
        return None, report.problems()
    deck = Deck(root=str(root), **dict(shape))
    return deck, report.problems()


def deck_problems(
    deck: Deck,
    terms: Mapping[str, Term],
    demos: Collection[str] | None = None,
    broken: Collection[str] = (),
    others: Mapping[str, Collection[str]] | None = None,
) -> tuple[Problem, ...]:
    """What can only be seen across files: unknown terms and topics, cycles, former ids that are taken, and
    unknown demos, if `demos` are given. Lines are looked up in the files, which is rarely needed.

    broken: the ids of cards that cannot be read. That is told once, and not at every card that names them.
    others: as for `read_deck`.
    """
    problems = []
    for wrong in find_wrong(terms, {*deck.planned, *broken}):
        path = terms[wrong.term].path
        line = line_of(path, wrong.key, wrong.about)
        problems.append(Problem(path, line, wrong.message, wrong.severity))
    problems += _outside(deck, terms, others or {})
    problems += _topics(deck, terms)
    problems += _toml_mentions(deck, {*terms, *deck.planned, *broken})
    problems += find_renames(terms)[1]
    if demos is not None:
        problems += _unknown_demos(terms, {*demos, *deck.planned_demos})
    return tuple(problems)


def _outside(
    deck: Deck, terms: Mapping[str, Term], others: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """What is wrong with the names of terms of other decks."""
    for term in terms.values():
        for key, names in (("needs", term.needs), ("contrast", term.contrast)):
            for name in names:
                deck_id, colon, other = name.partition(":")
                if not colon:
                    continue
                line = line_of(term.path, key, name)
                if deck_id == deck.id:
                    yield Problem(term.path, line, f"`{name}` is a term of this deck: write `{other}`")
                elif deck_id not in others:
                    told = f"there is no deck `{deck_id}` here, so `{name}` counts as known: add that deck"
                    yield Problem(term.path, line, told, "warning")
                elif other not in others[deck_id]:
                    meant = nearest(other, others[deck_id])
                    instead = f"did you mean `{deck_id}:{meant}`?" if meant else "leave it out"
                    yield Problem(term.path, line, f"the deck `{deck_id}` has no term `{other}`: {instead}")


def _topics(deck: Deck, terms: Mapping[str, Term]) -> Iterator[Problem]:
    for term in terms.values():
        if deck.topics and term.topic not in deck.topics:
            meant = nearest(term.topic, deck.topics)
            instead = f"did you mean `{meant}`?" if meant else f"add it to [topics] in {DECK_FILE}"
            told = f"`{term.topic}` is not a topic of this deck: {instead}"
            yield Problem(term.path, line_of(term.path, "topic"), told)


def _toml_mentions(deck: Deck, known: Collection[str]) -> Iterator[Problem]:
    path = str(Path(deck.root) / "content" / DECK_FILE)
    for term_id in deck.order:
        if term_id not in known:
            told = f"`order` names `{term_id}`, which has no card: write it, or leave it out"
            yield Problem(path, line_of(path, "order", term_id), told, "warning")


def _unknown_demos(terms: Mapping[str, Term], demos: Collection[str]) -> Iterator[Problem]:
    for term in terms.values():
        if term.demo and term.demo not in demos:
            yield Problem(term.path, line_of(term.path, "demo"), _no_demo(term.demo, demos))
        for question in term.questions:
            if isinstance(question, Predict) and question.demo not in demos:
                told = _no_demo(question.demo, demos)
                yield Problem(term.path, question.line, told, question=question.slug)


def _no_demo(name: str, demos: Collection[str]) -> str:
    meant = nearest(name, demos)
    return f"there is no demo `{name}`: " + (
        f"did you mean `{meant}`?" if meant else "write it, or leave it out"
    )


def _markdown(root: Path) -> list[Path]:
    """What in `content/` was meant as a card, and not left there by an editor (`.#x.md`, `x.md~`)."""
    try:
        found = sorted((root / "content").iterdir())
    except OSError:
        return []  # read_deck_file says that there is no deck
    return [
        path
        for path in found
        if path.suffix.lower() in (".md", ".markdown")
        and path.name[0] not in ".#~"
        and path.name.lower() != "readme.md"
    ]


def _read(path: Path, root: Path) -> bytes:
    """The bytes of a file of at most 256 KB inside the deck's folder. Raises UnreadableFileError."""
    try:
        return read_plain(path, root, LARGEST_FILE)
    except UnreadableFileError as error:
        if error.reason != "missing":
            raise
        told = "the file is gone, or a link that leads nowhere: put the card back"
        if path.name == DECK_FILE:
            told = 'there is no such file: a deck has one, with `id = "my-deck"` and `title = "My own words"`'
        raise UnreadableFileError(path, error.reason, told) from None
