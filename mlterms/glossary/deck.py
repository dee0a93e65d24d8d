"""Reading a deck: its `deck.toml` and its cards.

An index reads only the files that have changed; `read_deck` reads all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlterms.base.reading import UnreadableFileError, read_plain
from mlterms.glossary.deck_problems import deck_problems
from mlterms.glossary.guide import ParsedGuide, parse_guide
from mlterms.glossary.lines import LARGEST_FILE, read_text
from mlterms.glossary.names import is_kebab, kebab_hint
from mlterms.glossary.parse import Parsed, parse_card
from mlterms.glossary.problems import Problem, Report
from mlterms.glossary.types import Deck, Term

DECK_FILE = "deck.toml"

# Python's TOML reader takes time in the square of the dots in a key; a deck needs none
_DOTTED = re.compile(r"(?:\.[ \t]*[\w\"'-]+[ \t]*){9}")
_EXAMPLES = {
    "id": 'id = "my-deck"',
    "title": 'title = "My own words"',
    "order": 'order = ["weight", "bias"]',
    "topics": '[topics] and below it `loss = "Loss"`',
    "misconceptions": '[misconceptions] and below it `epoch-is-update = "An epoch is one update."`',
    "planned": '[planned] and below it `adam = "Adam"`',
    "ordinary": 'ordinary = ["for example"]',
    "spelling": '[spelling] and below it `"data set" = "dataset"`',
    "symbols": '[symbols] and below it `"η" = "learning rate"`',
    "guides": 'guides = ["how-to-begin"]',
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


def deck_at(here: Path) -> Path | None:
    """The deck in whose folder `here` is."""
    return next((root for root in (here, *here.parents) if (root / "content" / DECK_FILE).is_file()), None)


def card_paths(root: Path) -> list[Path]:
    """The files of `content/` that are cards, by name: `term-id.md`, but not README.md and hidden files."""
    return [path for path in _markdown(root) if path.suffix == ".md" and is_kebab(path.stem)]


def misnamed(root: Path) -> list[Problem]:
    """Files that were meant as cards, and whose name is not the id of a term."""
    problems = []
    for path in _markdown(root):
        if path.suffix != ".md":
            problems.append(Problem(str(path), 0, f"name this file `{path.stem}.md` if it is a card"))
        elif not is_kebab(path.stem):
            name = " ".join(path.stem.splitlines())
            message = f"the name of a card's file is the id of its term, and {kebab_hint(name)}"
            problems.append(Problem(str(path), 0, message))
    return problems


def read_card(path: Path, root: Path) -> Parsed:
    """Read one card of the deck in `root`. What cannot be read, or leads outside, is a problem."""
    shown = str(path)
    try:
        data = _read(path, root)
    except UnreadableFileError as error:
        return Parsed(None, (Problem(shown, 1, error.message),))
    return parse_card(shown, data, term_id=path.stem)


def guide_paths(root: Path) -> list[Path]:
    """The files of `content/guides/`, by name."""
    folder = root / "content" / "guides"
    return sorted(path for path in folder.glob("*.md") if is_kebab(path.stem)) if folder.is_dir() else []


def read_guide(path: Path, root: Path) -> ParsedGuide:
    """Read one guide of the deck in `root`. What cannot be read, or leads outside, is a problem."""
    try:
        data = _read(path, root)
    except UnreadableFileError as error:
        return ParsedGuide(None, (Problem(str(path), 1, error.message),))
    return parse_guide(str(path), data, guide_id=path.stem)


def read_deck_file(root: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read `content/deck.toml` alone."""
    import tomllib

    from mlterms.glossary.models import DeckFile
    from mlterms.glossary.validation import validate
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
    model = validate(DeckFile, Tree(content, _toml_lines(text)), report, examples=_EXAMPLES)
    if model is None:
        return None, report.problems()
    deck = Deck(root=str(root), **dict(model))
    return deck, report.problems()


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
        message = "the file is gone, or a link that leads nowhere: put the card back"
        if path.name == DECK_FILE:
            message = (
                'there is no such file: a deck has one, with `id = "my-deck"` and `title = "My own words"`'
            )
        raise UnreadableFileError(path, error.reason, message) from None


def _toml_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each key, as far as `key = …` and `[table]` are on separate lines."""
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = re.fullmatch(r"\s*\[\s*([\w-]+)\s*\]\s*(?:#.*)?", line)
        key = re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line)
        if header:
            table = (header[1],)
            lines.setdefault(table, number)
        elif key:
            lines.setdefault((*table, key[1]), number)
    return lines
