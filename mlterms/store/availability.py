"""Which new questions can be asked, kept up to date beside the log so that choosing one takes no search.

These tables are derived from the cards and the log, are built again whenever the cards have changed, and
belong to no version of the database. `course` has a row for each term, with the next new question of the
term; `prerequisite` says which term waits for which; `aside` has the questions with a history that are on no
card now. Triggers on `card` keep `course` right after an answer, an undo or a rename. What the columns are
for, which is the order of new questions, is in `new_questions.py`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from operator import itemgetter
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError
from mlterms.base.ids import QuestionId, term_of
from mlterms.memory.state import Phase
from mlterms.store.log.connection import explain_sqlite_errors, transaction
from mlterms.store.log.schema import VERSION
from mlterms.store.log.tables import has_card

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner

FORMAT = 4
"""The version of these tables. It goes up whenever one of them changes."""

# The cards of the term in course.term. "0" comes after "/", so these are the questions `deck:term/…`.
CARDS_OF_TERM = "card.question > course.term || '/' AND card.question < course.term || '0'"

# Of the table `card`: its question is in a card file now.
IN_A_CARD = "NOT EXISTS (SELECT 1 FROM aside WHERE aside.question = card.question)"

# A need is met once its term is started, or where nothing of the term can be started: `started OR fresh = 0`.
# due_day 0 is a learning step, and a day that never comes means that nothing is due.
_NEVER = 2**40
_COUNTS = f"""
    started = EXISTS (SELECT 1 FROM card WHERE {CARDS_OF_TERM} AND (phase > 0 OR answered > 0)),
    fresh = questions - (
        SELECT count(*) FROM card WHERE {CARDS_OF_TERM} AND (phase > 0 OR suspended) AND {IN_A_CARD}),
    (rank, next) = (
        SELECT slug.key, course.term || '/' || slug.value FROM json_each(course.slugs) AS slug
        WHERE NOT EXISTS (
            SELECT 1 FROM card
            WHERE question = course.term || '/' || slug.value AND (phase > 0 OR suspended))
        ORDER BY slug.key LIMIT 1)
"""
# A question is learned once its learning steps are over, and it holds once it was answered right on a later
# day than its first; one that was never asked (it is known, or imported) holds at once.
_READINESS = f"""
    (last_day, due_day) = (
        SELECT coalesce(max(last_day), -1), coalesce(
            min(CASE WHEN suspended THEN NULL WHEN due_at IS NULL THEN due_day ELSE 0 END), {_NEVER})
        FROM card WHERE {CARDS_OF_TERM}),
    ready = NOT EXISTS (
        SELECT 1 FROM json_each(course.slugs) AS slug CROSS JOIN card
        ON card.question = course.term || '/' || slug.value
        WHERE slug.key < course.rank AND suspended = 0
        AND (phase <> {Phase.REVIEW.value} OR (course.rank > 1 AND first_day >= last_day)))
"""

_TABLES = {
    "course": """(
        position INTEGER PRIMARY KEY,      -- in the study order
        term TEXT NOT NULL UNIQUE,         -- deck:term
        questions INTEGER NOT NULL,
        slugs TEXT NOT NULL,               -- of its questions, in the order of the card: JSON
        started INTEGER NOT NULL DEFAULT 0, -- whether a question of it was answered or is known
        fresh INTEGER NOT NULL,            -- how many questions are new, without those that are suspended
        waits INTEGER NOT NULL DEFAULT 0,  -- how many of its needs are not met
        next TEXT,                         -- the first new question on the card, NULL if there is none
        rank INTEGER,                      -- its place on the card, from 0
        ready INTEGER NOT NULL DEFAULT 0,  -- whether the questions before it are learned, or hold
        last_day INTEGER NOT NULL DEFAULT -1, -- on which a question of it was last answered
        due_day INTEGER NOT NULL DEFAULT 0, -- on which a question of it is due next
        share REAL NOT NULL DEFAULT 0      -- of all terms, those that depend on it, directly or not
    ) STRICT""",
    "prerequisite": """(
        need INTEGER NOT NULL,             -- positions in the course
        term INTEGER NOT NULL,
        PRIMARY KEY (need, term)
    ) STRICT, WITHOUT ROWID""",
    "aside": "(question TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # Questions that got a history since: a window that has older cards before it can answer what is in none.
    "arrived": "(question TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "course_stamp": "(stamp TEXT NOT NULL) STRICT",
}

_INDEXES = (
    "course_open ON course (position) WHERE waits = 0 AND fresh > 0",
    "course_unstarted ON course (position) WHERE started = 0 AND fresh > 0",
    # The two ranks by what they are called in new_questions.py; rows of terms that are busy are passed over.
    "course_second ON course (position, due_day, last_day, next) WHERE started AND ready AND rank < 2",
    "course_later ON course (position, due_day, last_day, next) WHERE started AND ready AND rank >= 2",
    "prerequisite_by_term ON prerequisite (term, need)",
)

_OF_ROW = "WHERE term = substr({row}.question, 1, instr({row}.question, '/') - 1)"
_RECHECK = f"UPDATE course SET {_READINESS} {_OF_ROW};"
_RECOUNT = f"UPDATE course SET {_COUNTS} {_OF_ROW}; {_RECHECK}"
_ARRIVED = "INSERT OR IGNORE INTO arrived SELECT new.question"
_IS_MOVED = """(old.question <> new.question OR old.suspended <> new.suspended
    OR (old.phase > 0) <> (new.phase > 0) OR (old.answered > 0) <> (new.answered > 0))"""
_TRIGGERS = {
    "course_card_comes": f"AFTER INSERT ON card BEGIN {_ARRIVED}; {_RECOUNT.format(row='new')} END",
    "course_card_goes": f"AFTER DELETE ON card BEGIN {_RECOUNT.format(row='old')} END",
    "course_card_moves": f"""AFTER UPDATE ON card WHEN {_IS_MOVED}
        BEGIN
            {_ARRIVED} WHERE old.question <> new.question;
            {_RECOUNT.format(row="old")} {_RECOUNT.format(row="new")}
        END""",
    "course_card_answered": f"""AFTER UPDATE ON card WHEN NOT {_IS_MOVED} AND old.last_event <> new.last_event
        BEGIN {_RECHECK.format(row="new")} END""",
    "course_need_met": """AFTER UPDATE OF started, fresh ON course
        WHEN (old.started OR old.fresh = 0) <> (new.started OR new.fresh = 0)
        BEGIN
            UPDATE course SET waits = waits + CASE WHEN new.started OR new.fresh = 0 THEN -1 ELSE 1 END
            WHERE position IN (SELECT term FROM prerequisite WHERE need = new.position);
        END""",
}


def refresh(learner: Learner, index: Index, now: Now) -> None:
    """Make the course that of `index`, if it is of other cards; their renames are noted as of `now`.

    Where the database cannot be written (it is read-only, or another process is at it) the tables are made in
    this connection alone, where they hide those of the file.
    """
    connection = learner.connection
    try:
        arrived = _read_arrivals(connection, index)
        if arrived is not None:
            _set_aside_what_arrived(learner, index, now, arrived)
            return
        _note_renames(learner, index, now)
        _make(connection, index, "main")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
            raise
        _make(connection, index, "temp")


def _set_aside_what_arrived(learner: Learner, index: Index, now: Now, arrived: list[QuestionId]) -> None:
    """See which of the questions that got a history since the course was made are in no card.

    If a card says what such a question is called now, as after a rename was undone, that is noted again.
    """
    if not arrived:
        return
    connection = learner.connection
    alone = not connection.in_transaction  # these tables may be in this connection alone: DEFERRED
    if alone and not index.renames().keys().isdisjoint(arrived):
        _note_renames(learner, index, now)
    gone = [(question, index.why_aside(question)) for question in arrived if not index.holds(question)]
    gone = [row for row in gone if has_card(connection, row[0])]
    with transaction(connection, "DEFERRED") if alone else nullcontext():
        connection.executemany("DELETE FROM arrived WHERE question = ?", ((each,) for each in arrived))
        connection.executemany("INSERT OR REPLACE INTO aside VALUES (?, ?)", gone)
        connection.executemany(
            f"UPDATE course SET {_COUNTS} WHERE term = ?", ((term_of(question),) for question, _ in gone)
        )


def is_started(learner: Learner, term: str) -> bool:
    """Whether a question of a term (its global id) was answered or is known."""
    sql = "SELECT 1 FROM course WHERE term = ? AND started"
    with explain_sqlite_errors(learner.path):
        return learner.connection.execute(sql, (term,)).fetchone() is not None


def _read_arrivals(connection: sqlite3.Connection, index: Index) -> list[QuestionId] | None:
    """The questions that got a history since the course was made; None if it is not made from `index`."""
    try:
        rows = connection.execute("SELECT stamp, question FROM course_stamp LEFT JOIN arrived").fetchall()
    except sqlite3.OperationalError:  # no such table: there is no course yet
        return None
    if not rows or rows[0][0] != _stamp(index):
        return None
    return [question for _, question in rows if question is not None]


def _stamp(index: Index) -> str:
    return f"{FORMAT} {VERSION} {index.stamp}"


def _note_renames(learner: Learner, index: Index, now: Now) -> None:
    """Note the renames of questions that have a history under their old name; once noted, they stay.

    Where both names have a history the old one stays aside: which is right, only the author can say.
    """
    for old, new in index.renames().items():
        if learner.connection.execute("SELECT 1 FROM card WHERE question = ?", (old,)).fetchone():
            try:
                learner.rename(old, new, now)
            except MltermsError as error:
                if isinstance(error.__cause__, sqlite3.OperationalError):  # it cannot be written just now
                    raise error.__cause__ from None


def _make(connection: sqlite3.Connection, index: Index, schema: str) -> None:
    with transaction(connection, "IMMEDIATE" if schema == "main" else "DEFERRED"):
        for place in {"temp", schema}:  # what is in temp would hide what is made in main
            for name in _TRIGGERS:
                connection.execute(f"DROP TRIGGER IF EXISTS {place}.{name}")
            for name in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {place}.{name}")
        for name, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {schema}.{name} {columns}")
        for rest in _INDEXES:
            connection.execute(f"CREATE INDEX {schema}.{rest}")
        _fill(connection, index)
        for name, body in _TRIGGERS.items():
            connection.execute(f"CREATE TRIGGER {schema}.{name} {body}")


def _shares(prerequisites: list[tuple[int, int]], terms: int) -> Iterator[tuple[float, int]]:
    """(share of all terms that depend on it, directly or not; position), from (need, term) as positions.

    A need comes before its term, so one pass from the last term to the first is enough. The terms that depend
    on one are the bits of an integer.
    """
    dependents: dict[int, int] = defaultdict(int)
    for need, term in sorted(prerequisites, key=itemgetter(1), reverse=True):
        dependents[need] |= dependents[term] | 1 << term
    for position, bits in dependents.items():
        if bits:
            yield bits.bit_count() / terms, position


def _fill(connection: sqlite3.Connection, index: Index) -> None:
    slugs = index.slugs()
    connection.executemany(
        "INSERT INTO course (position, term, questions, slugs, fresh) VALUES (?, ?, ?, ?, ?)",
        (
            (row.position, row.id, row.questions, slugs.get(row.id, "[]"), row.questions)
            for row in index.terms()
        ),
    )
    prerequisites = index.prerequisites()
    connection.executemany("INSERT INTO prerequisite VALUES (?, ?)", prerequisites)
    ((terms,),) = connection.execute("SELECT count(*) FROM course")
    shares = _shares(prerequisites, terms)
    connection.executemany("UPDATE course SET share = ? WHERE position = ?", shares)
    known = index.question_ids()
    gone = [
        question for (question,) in connection.execute("SELECT question FROM card") if question not in known
    ]
    connection.executemany(
        "INSERT INTO aside VALUES (?, ?)", ((question, index.why_aside(question)) for question in gone)
    )
    connection.execute(f"UPDATE course SET {_COUNTS}")
    connection.execute(f"UPDATE course SET {_READINESS}")
    connection.execute(
        "UPDATE course SET waits = (SELECT count(*) FROM prerequisite JOIN course AS needed"
        " ON needed.position = prerequisite.need WHERE prerequisite.term = course.position"
        " AND NOT (needed.started OR needed.fresh = 0))"
    )
    connection.execute("INSERT INTO course_stamp VALUES (?)", (_stamp(index),))
