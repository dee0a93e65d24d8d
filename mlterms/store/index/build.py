"""Fills an index from the files of decks, reading only those that have changed. `reader.py` reads it.

The slow imports (the parser, hashing) are here, and this file is imported only when an index is stale.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import mlterms
from mlterms.glossary.deck import misnamed, read_deck_file
from mlterms.glossary.deck_problems import deck_problems, find_renames
from mlterms.glossary.encode import term_from_json
from mlterms.glossary.graph import study_order
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Deck, Predict, Question, Term
from mlterms.store.index.contents import Contents, Task, problem_row
from mlterms.store.index.parallel import Progress, read_all
from mlterms.store.index.sources import (
    FORMAT,
    OVERLAY,
    Key,
    Sources,
    Stat,
    read_files,
    read_identity,
    shipped_identity,
)
from mlterms.store.index.tables import TABLES
from mlterms.store.index.text_folding import apart, fold, padded_name


def can_be_updated(connection: sqlite3.Connection, sources: Sources) -> bool:
    """Whether an index belongs to these sources, or to their bundle, and no deck.toml in it has changed."""
    is_shipped = sources.frozen and read_identity(connection) == shipped_identity()
    if not is_shipped and read_identity(connection) != sources.identity:
        return False
    now = sources.every()
    return all(stat == now.get(key) for key, stat in read_files(connection).items() if key.kind == "deck")


def build(
    connection: sqlite3.Connection,
    sources: Sources,
    progress: Progress | None = None,
    identity: str | None = None,
) -> None:
    """Make `connection` the index of `sources`. It is empty, or holds an index that can be updated.

    identity: saved in it instead of the identity of the sources.
    """
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.executescript(TABLES)
    fingerprint = sources.fingerprint()  # first: what changes from here on makes the index stale
    connection.execute("BEGIN")
    connection.execute("DELETE FROM problem WHERE file IS NULL")
    decks = _read_decks(connection, sources)
    before, now = read_files(connection), sources.every()
    different = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    changed = sorted({*different, *_awaiting(decks, different, now)})
    for key in changed:
        if key in before:
            _forget(connection, key)
    waiting = _without_written_demos(decks, now)
    tasks = [
        Task(key, sources.root(key.place), now[key].path, waiting.get(max(0, key.place)))
        for key in changed
        if key in now
    ]
    for task, contents in zip(tasks, read_all(tasks, progress), strict=True):
        _insert(connection, task.key, now[task.key], contents)
    _relate(connection, sources, decks)
    _seal(connection, identity or sources.identity, fingerprint)
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


def _seal(connection: sqlite3.Connection, identity: str, fingerprint: str) -> None:
    """Save whose index it is and of which files, and a name for its content: the same for the same cards."""
    stamp = sha256(f"{FORMAT} {mlterms.__version__}".encode())
    for row in connection.execute("SELECT place, kind, name, digest FROM file ORDER BY place, kind, name"):
        stamp.update(repr(row).encode("utf-8", "surrogatepass"))
    meta = {"identity": identity, "fingerprint": fingerprint, "stamp": stamp.hexdigest()[:32]}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


# -- decks -----------------------------------------------------------------------------------------------


def _read_decks(connection: sqlite3.Connection, sources: Sources) -> dict[int, Deck]:
    """The decks by place. Of two with one id the later one is set aside."""
    connection.execute("DELETE FROM deck")
    decks: dict[int, Deck] = {}
    for place, root in enumerate(sources.roots):
        deck, problems = read_deck_file(root)
        same_id = next((each for each in decks.values() if deck and each.id == deck.id), None)
        if deck and same_id:
            message = f"the deck in {same_id.root} has the id `{deck.id}` too: give this one another `id`"
            problems = (*problems, Problem(str(root / "content" / "deck.toml"), 1, message))
        elif deck:
            decks[place] = deck
            named = (deck.topics, deck.misconceptions)
            texts = (json.dumps(dict(each), ensure_ascii=False) for each in named)
            row = (place, deck.id, deck.title, *texts)
            connection.execute("INSERT INTO deck VALUES (?, ?, ?, ?, ?)", row)
            problems = (*problems, *misnamed(root))
        _put_problems(connection, sources, problems)
    return decks


# -- one file --------------------------------------------------------------------------------------------


def _forget(connection: sqlite3.Connection, key: Key) -> None:
    """Remove a file and everything that was in it."""
    sql = "SELECT n FROM file WHERE (place, kind, name) = (?, ?, ?)"
    (n,) = connection.execute(sql, key).fetchone()
    connection.execute("DELETE FROM name_text WHERE rowid IN (SELECT n FROM name WHERE file = ?)", (n,))
    for table in ("definition_text", "card_text", "guide_text"):
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (n,))
    for table in ("term", "card", "question", "misconception", "guide", "demo", "problem", "name"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (n,))
    connection.execute("DELETE FROM file WHERE n = ?", (n,))


def _insert(connection: sqlite3.Connection, key: Key, stat: Stat, contents: Contents) -> None:
    """Add the contents of a file."""
    file = (None, *key, *stat, contents.digest)
    n = connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", file).lastrowid
    assert n is not None
    connection.executemany(f"INSERT INTO problem VALUES ({n}, ?, ?, ?, ?, ?)", contents.problems)
    if contents.demo:
        connection.execute("INSERT INTO demo VALUES (?, ?, ?, ?, ?, ?)", (n, *contents.demo))
    if contents.guide:
        connection.execute("INSERT INTO guide VALUES (?, ?, ?, ?, ?, ?, ?, -1)", (n, *contents.guide))
        *_, title, summary, text = contents.guide
        row = (n, apart(fold(title)), apart(fold(f"{summary} {text}")))
        connection.execute("INSERT INTO guide_text (rowid, title, text) VALUES (?, ?, ?)", row)
    if contents.term:
        _put_term(connection, n, contents)


def _put_term(connection: sqlite3.Connection, n: int, contents: Contents) -> None:
    connection.execute("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, *contents.term))
    connection.execute("INSERT INTO card VALUES (?, ?)", (n, contents.card))
    connection.executemany(
        f"INSERT INTO question (file, id, slot, json) VALUES ({n}, ?, ?, ?)", contents.questions
    )
    connection.executemany(f"INSERT INTO misconception VALUES ({n}, ?, ?)", contents.misconceptions)
    for name, alias in contents.names.items():
        sql = "INSERT INTO name (file, alias, folded) VALUES (?, ?, ?)"
        rowid = connection.execute(sql, (n, alias, name)).lastrowid
        connection.execute("INSERT INTO name_text (rowid, text) VALUES (?, ?)", (rowid, padded_name(name)))
    texts = contents.definition, contents.sections
    connection.execute("INSERT INTO definition_text (rowid, text) VALUES (?, ?)", (n, texts[0]))
    connection.execute(
        "INSERT INTO card_text (rowid, definition, sections) VALUES (?, ?, ?)", (n, *map(apart, texts))
    )


def _put_problems(connection: sqlite3.Connection, sources: Sources, problems: Iterable[Problem]) -> None:
    """Add problems that only several files together show."""
    rows = (problem_row(each, sources.to_stored_path(each.path)) for each in problems)
    connection.executemany("INSERT INTO problem VALUES (NULL, ?, ?, ?, ?, ?)", rows)


# -- across files ----------------------------------------------------------------------------------------


def _relate(connection: sqlite3.Connection, sources: Sources, decks: Mapping[int, Deck]) -> None:
    """Add what only all cards together show: the study order, edges, renames, and problems across files."""
    for table in ("edge", "planned", "renamed"):
        connection.execute(f"DELETE FROM {table}")
    position = 0
    known = {deck.id: _term_names(connection, deck) for deck in decks.values()}
    for place, deck in decks.items():
        terms = _terms(connection, sources, deck)
        rows = connection.execute("SELECT name FROM demo WHERE deck = ?", (deck.id,))
        demos = {name for (name,) in rows}
        broken = _broken_cards(connection, place)
        problems = deck_problems(deck, terms, demos, broken, known)
        _put_problems(connection, sources, problems)
        for term in study_order(terms, deck.order, deck.topics):
            sql = "UPDATE term SET position = ? WHERE id = ? AND position <> ?"
            connection.execute(sql, (position, f"{deck.id}:{term}", position))
            position += 1
        _order_guides(connection, place, deck)
        connection.executemany("INSERT INTO edge VALUES (?, ?, ?, ?)", _edges(deck, terms))
        planned = ((f"{deck.id}:{term}", title) for term, title in deck.planned.items())
        connection.executemany("INSERT INTO planned VALUES (?, ?)", planned)
        renames = ((f"{deck.id}:{old}", f"{deck.id}:{new}") for old, new in find_renames(terms)[0].items())
        connection.executemany("INSERT INTO renamed VALUES (?, ?)", renames)


def _order_guides(connection: sqlite3.Connection, place: int, deck: Deck) -> None:
    """Put the guides of a deck in the order of its `deck.toml`, the others by title."""
    rows = connection.execute("SELECT name, id FROM guide WHERE deck = ? ORDER BY title, name", (deck.id,))
    known = dict(rows.fetchall())
    names = [*(name for name in deck.guides if name in known), *(n for n in known if n not in deck.guides)]
    connection.executemany(
        "UPDATE guide SET position = ? WHERE id = ?",
        ((place * 10_000 + slot, known[name]) for slot, name in enumerate(names)),
    )


def _broken_cards(connection: sqlite3.Connection, place: int) -> set[str]:
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


def _terms(connection: sqlite3.Connection, sources: Sources, deck: Deck) -> dict[str, Term]:
    """The terms of a deck by name, with those parts of their questions that concern other terms."""
    rows = connection.execute(
        "SELECT file, term.name, place, path FROM term JOIN file ON n = file WHERE deck = ?"
        " ORDER BY term.name",
        (deck.id,),
    ).fetchall()
    return {
        name: _term(connection, file, str(sources.root(place) / path)) for file, name, place, path in rows
    }


def _term(connection: sqlite3.Connection, file: int, path: str) -> Term:
    questions: list[Question] = []
    for slug, parts in connection.execute(
        "SELECT substr(id, instr(id, '/') + 1), json_extract(json, '$.was', '$.line', '$.kind', '$.demo')"
        " FROM question WHERE file = ? ORDER BY slot",
        (file,),
    ):
        was, line, kind, demo = json.loads(parts)
        common: dict[str, Any] = {"was": tuple(was or ()), "line": line or 0}
        if kind == "predict":
            questions.append(Predict(slug, "", demo=demo, **common))
        else:
            questions.append(Question(slug, "", **common))
    (text,) = connection.execute("SELECT json FROM card WHERE file = ?", (file,)).fetchone()
    return replace(term_from_json(text), questions=tuple(questions), path=path)
