"""Fills an index from the files of decks: only what has changed is parsed. Reading it is `index.py`.

What is slow to import (the parser, hashing) is imported here, and this only when an index is stale.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from mlterms.base.text import clean
from mlterms.demo.load import read_demo
from mlterms.glossary.deck import deck_problems, misnamed, read_card, read_deck_file
from mlterms.glossary.encode import term_from_json, to_json
from mlterms.glossary.graph import study_order
from mlterms.glossary.names import is_kebab
from mlterms.glossary.problems import Problem
from mlterms.glossary.renames import find_renames
from mlterms.glossary.types import Deck, Predict, Question, Term, misconceptions_of
from mlterms.store.index.sources import OVERLAY, Key, Sources, Stat, read_files, read_identity
from mlterms.store.index.tables import TABLES
from mlterms.store.index.text_folding import alike, padded_name

_IN_BRACKETS = re.compile(r"(.+?) \((.+)\)")


def can_be_mended(connection: sqlite3.Connection, sources: Sources) -> bool:
    """Whether an index is of these sources and only cards or demos have changed, not what a deck is."""
    if read_identity(connection) != sources.identity:
        return False
    before, now = read_files(connection), sources.every()
    return all(before.get(key) == now.get(key) for key in {*before, *now} if key.kind == "deck")


def build(connection: sqlite3.Connection, sources: Sources) -> None:
    """Make `connection` the index of `sources`. It is empty, or holds an index that can be mended."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.executescript(TABLES)
    connection.execute("BEGIN")
    connection.execute("DELETE FROM problem WHERE file IS NULL")
    decks = _read_decks(connection, sources)
    before, now = read_files(connection), sources.every()
    different = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    changed = sorted({*different, *_awaiting(decks, different, now)})
    for key in changed:
        if key in before:
            _forget(connection, key)
    fresh: dict[str, Term] = {}
    waiting = _without_written_demos(decks, now)
    for key in changed:
        if key in now:
            fresh |= _take(connection, sources.root(key), waiting.get(max(0, key.place)), key, now[key])
    _across(connection, decks, fresh)
    _seal(connection, sources)
    connection.execute("COMMIT")


def _awaiting(decks: Mapping[int, Deck], changed: Iterable[Key], now: Iterable[Key]) -> set[Key]:
    """The cards of each deck one of whose planned demos has been written, or has gone."""
    places = {
        key.place
        for key in changed
        if key.kind == "demo" and key.place in decks and _demo_name(key) in decks[key.place].planned_demos
    }
    return {key for key in now if key.kind == "card" and max(0, key.place) in places}


def _without_written_demos(decks: Mapping[int, Deck], files: Iterable[Key]) -> dict[int, Deck]:
    """The decks with only those planned demos that no file has."""
    written = {(key.place, _demo_name(key)) for key in files if key.kind == "demo"}
    return {
        place: replace(deck, planned_demos=tuple(d for d in deck.planned_demos if (place, d) not in written))
        for place, deck in decks.items()
    }


def _demo_name(key: Key) -> str:
    return key.name.replace("_", "-")


def _seal(connection: sqlite3.Connection, sources: Sources) -> None:
    """Say whose index this is, and give what it holds a name: the same for the same cards."""
    stamp = sha256(_bytes(sources.identity))
    for row in connection.execute("SELECT place, kind, name, digest FROM file ORDER BY place, kind, name"):
        stamp.update(_bytes(repr(row)))
    meta = {"identity": sources.identity, "stamp": stamp.hexdigest()[:32]}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


# -- decks -----------------------------------------------------------------------------------------------


def _read_decks(connection: sqlite3.Connection, sources: Sources) -> dict[int, Deck]:
    """The decks by place. Of two with one id the later one is set aside."""
    connection.execute("DELETE FROM deck")
    decks: dict[int, Deck] = {}
    for place, root in enumerate(sources.roots):
        deck, problems = read_deck_file(root)
        twin = next((each for each in decks.values() if deck and each.id == deck.id), None)
        if deck and twin:
            told = f"the deck in {twin.root} has the id `{deck.id}` too: give this one another `id`"
            problems = (*problems, Problem(str(root / "content" / "deck.toml"), 1, told))
        elif deck:
            decks[place] = deck
            topics = json.dumps(dict(deck.topics), ensure_ascii=False)
            row = (place, deck.id, deck.title, str(root), topics)
            connection.execute("INSERT INTO deck VALUES (?, ?, ?, ?, ?)", row)
            problems = (*problems, *misnamed(root))
        _put_problems(connection, None, problems)
    return decks


# -- one file --------------------------------------------------------------------------------------------


def _forget(connection: sqlite3.Connection, key: Key) -> None:
    """Take out a file and all that was in it."""
    sql = "SELECT n FROM file WHERE (place, kind, name) = (?, ?, ?)"
    (n,) = connection.execute(sql, key).fetchone()
    connection.execute("DELETE FROM name_text WHERE rowid IN (SELECT n FROM name WHERE file = ?)", (n,))
    for table in ("definition_text", "card_text"):
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (n,))
    for table in ("term", "card", "question", "misconception", "demo", "problem", "name"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (n,))
    connection.execute("DELETE FROM file WHERE n = ?", (n,))


def _take(
    connection: sqlite3.Connection, root: Path, deck: Deck | None, key: Key, stat: Stat
) -> dict[str, Term]:
    """Read a file and put in what is in it. The term, by its global id, if it is a card with one."""
    file = (None, *key, *stat, "")
    n = connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", file).lastrowid
    assert n is not None
    term: Term | None = None
    problems: tuple[Problem, ...] = ()
    content = ""
    if deck is None:
        pass  # of a deck that cannot be used nothing is read
    elif key.kind == "deck":
        content = repr(deck)  # it is read every time; its id and its order are part of what the stamp names
    elif key.kind == "demo":
        info = read_demo(Path(stat.path))
        content = repr(info)
        if info.problem:
            problems = (Problem(info.problem.path, info.problem.line, info.problem.message),)
        else:
            lists = json.dumps(info.terms), json.dumps(info.predictions)
            row = (n, info.name, info.title, info.path, deck.id, *lists)
            connection.execute("INSERT INTO demo VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    elif key.place < OVERLAY:
        told = f"there is no card `{key.name}` of which this could be your version: it is not used"
        problems = (Problem(stat.path, 0, told, "warning"),)
    elif is_kebab(key.name):
        term, problems = _card(connection, n, deck, root, stat)
        content = to_json(term) if term else ""
    _put_problems(connection, n, problems)
    digest = sha256(_bytes(content + repr(problems))).hexdigest()
    connection.execute("UPDATE file SET digest = ? WHERE n = ?", (digest, n))
    return {f"{deck.id}:{term.id}": term} if deck and term else {}


def _card(
    connection: sqlite3.Connection, n: int, deck: Deck, root: Path, stat: Stat
) -> tuple[Term | None, tuple[Problem, ...]]:
    parsed = read_card(Path(stat.path), root)
    term = parsed.term and _without_planned_demos(parsed.term, deck)
    if term:
        identity = f"{deck.id}:{term.id}"
        row = (n, identity, term.id, deck.id, term.title, term.topic, -1, len(term.questions), term.demo)
        connection.execute("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO card VALUES (?, ?)", (n, to_json(replace(term, questions=()))))
        connection.executemany(
            "INSERT INTO question VALUES (?, ?, ?, ?)",
            (
                (f"{identity}/{question.slug}", n, slot, to_json(question))
                for slot, question in enumerate(term.questions)
            ),
        )
        connection.executemany(
            "INSERT INTO misconception VALUES (?, ?, ?)",
            (
                (n, f"{deck.id}:{misconception}", f"{identity}/{question.slug}")
                for question in term.questions
                for misconception in misconceptions_of(question)
            ),
        )
        _put_text(connection, n, term)
    return term, parsed.problems


def _without_planned_demos(term: Term, deck: Deck) -> Term:
    """The term without what can only be shown or asked once a demo is written."""
    questions = tuple(
        question
        for question in term.questions
        if not (isinstance(question, Predict) and question.demo in deck.planned_demos)
    )
    return replace(term, questions=questions, demo="" if term.demo in deck.planned_demos else term.demo)


def _put_text(connection: sqlite3.Connection, n: int, term: Term) -> None:
    """What a search looks through."""
    names = _names(term)
    for name, alias in names.items():
        sql = "INSERT INTO name (file, alias, folded) VALUES (?, ?, ?)"
        rowid = connection.execute(sql, (n, alias, name)).lastrowid
        connection.execute("INSERT INTO name_text (rowid, text) VALUES (?, ?)", (rowid, padded_name(name)))
    definition = " | ".join([*names, alike(term.definition)])
    sections = " | ".join(alike(f"{section.heading} {section.text}") for section in term.sections)
    connection.execute("INSERT INTO definition_text (rowid, text) VALUES (?, ?)", (n, definition))
    row = (n, definition, sections)
    connection.execute("INSERT INTO card_text (rowid, definition, sections) VALUES (?, ?, ?)", row)


def _names(term: Term) -> dict[str, int]:
    """What a term is called → 0 for title and id, 1 for other names; `example (sample)` is two names."""
    names = {alike(term.title): 0, alike(term.id): 0}
    in_brackets = _IN_BRACKETS.fullmatch(alike(term.title))
    if in_brackets:
        names.setdefault(in_brackets[1], 0)
        names.setdefault(in_brackets[2], 1)
    for alias in term.aliases:
        names.setdefault(alike(alias), 1)
    names.pop("", None)
    return names


def _put_problems(connection: sqlite3.Connection, n: int | None, problems: Iterable[Problem]) -> None:
    rows = (  # cleaned of what a file's name may hold, and a terminal or SQLite should not
        (n, clean(each.path), each.line, clean(each.message), each.severity, each.question)
        for each in problems
    )
    connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?)", rows)


# -- across files ----------------------------------------------------------------------------------------


def _across(connection: sqlite3.Connection, decks: Mapping[int, Deck], fresh: Mapping[str, Term]) -> None:
    """What only all cards together show: the study order, the edges, renames, and what does not fit."""
    for table in ("edge", "planned", "renamed"):
        connection.execute(f"DELETE FROM {table}")
    position = 0
    known = {deck.id: _term_names(connection, deck) for deck in decks.values()}
    for place, deck in decks.items():
        terms = _terms(connection, deck, fresh)
        rows = connection.execute("SELECT name FROM demo WHERE deck = ?", (deck.id,))
        demos = {name for (name,) in rows}
        broken = _broken(connection, place)
        _put_problems(connection, None, deck_problems(deck, terms, demos, broken, known))
        for term in study_order(terms, deck.order, deck.topics):
            sql = "UPDATE term SET position = ?1 WHERE id = ?2 AND position <> ?1"
            connection.execute(sql, (position, f"{deck.id}:{term}"))
            position += 1
        connection.executemany("INSERT INTO edge VALUES (?, ?, ?, ?)", _edges(deck, terms))
        planned = ((f"{deck.id}:{term}", title) for term, title in deck.planned.items())
        connection.executemany("INSERT INTO planned VALUES (?, ?)", planned)
        renames = ((f"{deck.id}:{old}", f"{deck.id}:{new}") for old, new in find_renames(terms)[0].items())
        connection.executemany("INSERT INTO renamed VALUES (?, ?)", renames)


def _broken(connection: sqlite3.Connection, place: int) -> set[str]:
    """The ids of a deck's cards that cannot be read, the learner's own versions included."""
    rows = connection.execute(
        "SELECT file.name FROM file LEFT JOIN term ON term.file = n"
        " WHERE kind = 'card' AND place IN (?, ?) AND id IS NULL",
        (place, OVERLAY if place == 0 else place),
    )
    return {name for (name,) in rows}


def _term_names(connection: sqlite3.Connection, deck: Deck) -> set[str]:
    """The ids of a deck's terms, with a card or planned, without that of the deck."""
    rows = connection.execute("SELECT name FROM term WHERE deck = ?", (deck.id,))
    return {*(name for (name,) in rows), *deck.planned}


def _edges(deck: Deck, terms: Mapping[str, Term]) -> Iterator[tuple[str, str, int, str]]:
    for name, term in terms.items():
        for kind, targets in (("needs", term.needs), ("contrast", term.contrast)):
            for slot, target in enumerate(dict.fromkeys(targets)):
                if target != name:
                    whole = target if ":" in target else f"{deck.id}:{target}"
                    yield f"{deck.id}:{name}", kind, slot, whole


def _terms(connection: sqlite3.Connection, deck: Deck, fresh: Mapping[str, Term]) -> dict[str, Term]:
    """The terms of a deck, those that were read before with as much of their questions as concerns others."""
    rows = connection.execute(
        "SELECT file, id, name FROM term WHERE deck = ? ORDER BY name", (deck.id,)
    ).fetchall()
    return {name: fresh.get(identity) or _known(connection, file) for file, identity, name in rows}


def _known(connection: sqlite3.Connection, file: int) -> Term:
    questions: list[Question] = []
    for slug, told in connection.execute(
        "SELECT substr(id, instr(id, '/') + 1), json_extract(json, '$.was', '$.line', '$.kind', '$.demo')"
        " FROM question WHERE file = ? ORDER BY slot",
        (file,),
    ):
        was, line, kind, demo = json.loads(told)
        common: dict[str, Any] = {"was": tuple(was or ()), "line": line or 0}
        if kind == "predict":
            questions.append(Predict(slug, "", demo=demo, **common))
        else:
            questions.append(Question(slug, "", **common))
    (text,) = connection.execute("SELECT json FROM card WHERE file = ?", (file,)).fetchone()
    return replace(term_from_json(text), questions=tuple(questions))
