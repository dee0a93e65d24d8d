"""The tables of the learner's database, and the migrations from each version to the next.

Nothing here opens a file or writes an event: `migrate.py` opens, `learner.py` writes.

`event` is the truth. `card`, `day`, `setting` and `renamed` are folded from it alone and can be rebuilt at
any time. `sitting` is outside the log: it holds what is on the screen now.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from zlib import crc32

# "mlts": marks a SQLite file as ours, so that `restore` refuses the database of another program.
APPLICATION_ID = 0x6D6C7473

# Events that change a question's card form its chain. The others are about an event, an id or the learner.
CHAIN_KINDS = ("answer", "suspend", "bury", "flag", "reset", "known", "imported")
KINDS = (*CHAIN_KINDS, "undo", "renamed", "parameters", "settings")
MODES = ("scheduled", "ahead", "cram")

MATURE_DAYS = 21

CHECKED_COLUMNS = (
    *("uuid", "device", "stamp", "at", '"offset"', "day", "kind", "version", "question", "nth", "previous"),
    *("target", "before", "after", "policy", "value", "rating", "mode", "phase", "correct", "confidence"),
    *("milliseconds", "recall", "asked", "given", '"interval"'),
)

# Of one day: effective answers in any mode, and how many of them were right; new questions and reviews, cram
# left out; reviews that were right (true retention); the same of mature reviews; answers by mode; time taken.
DAY_COUNTS = (
    *("answered", "remembered", "new", "reviews", "reviews_remembered", "mature", "mature_remembered"),
    *("scheduled", "ahead", "cram", "milliseconds"),
)

# What a queue may ask, with the parameter :today (a logical day). A question that was buried more than a day
# after today was buried under a wrong clock, and is not buried: nothing is buried forever.
NOT_SET_ASIDE = "suspended = 0 AND (buried_until IS NULL OR buried_until <= :today OR buried_on > :today + 1)"

# Beside `kind = 'undo'` it looks superfluous, but SQLite uses the index of the few events that are not
# answers only in a query that repeats the condition of the index.
NOT_AN_ANSWER = "kind <> 'answer'"

# `nth` (see tables.Tip) tells a rebuild that a question's history is complete without reading it: if none of
# its events is undone and the highest nth is their number, they form one chain of `previous` in which each
# was recorded of the card that the one before it left. So the `after` of the last one is the card.
_EVENT = f"""
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,                -- order of arrival in this file, and nothing else
    uuid TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    stamp INTEGER NOT NULL,                 -- max(at, last stamp + 1): the order is (stamp, device, uuid)
    at INTEGER NOT NULL,                    -- the raw clock, ms since the epoch, UTC
    "offset" INTEGER NOT NULL,              -- seconds east of UTC, there and then
    day INTEGER NOT NULL,                   -- logical day, days since 1970-01-01
    kind TEXT NOT NULL CHECK (kind IN {KINDS}),
    question TEXT,                          -- deck:term/slug as it was called then; also the fuzz seed
    nth INTEGER,                            -- place in its question's chain, see above
    previous TEXT REFERENCES event (uuid),  -- the question's effective event before it
    target TEXT REFERENCES event (uuid),    -- what an undo undoes
    before TEXT,                            -- the card before and after, as JSON (see card.py)
    after TEXT,
    policy TEXT,                            -- the key of the policy at that time
    value TEXT,                             -- JSON: the content; of an answer, the days on its buttons
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    mode TEXT CHECK (mode IN {MODES}),
    phase INTEGER,                          -- of the question when it was asked (memory's Phase)
    correct INTEGER CHECK (correct IN (0, 1)), -- as graded by the program; NULL where the learner graded
    confidence INTEGER,
    milliseconds INTEGER CHECK (milliseconds BETWEEN 0 AND 60000),
    recall REAL,                            -- predicted probability of recall; NULL for a new question
    asked TEXT,                             -- JSON: the question as it was asked
    given TEXT,                             -- JSON: the answer as it was given
    version TEXT NOT NULL,                  -- of the program
    CHECK ((kind = 'answer') = (rating IS NOT NULL AND mode IS NOT NULL AND milliseconds IS NOT NULL)),
    CHECK ((kind = 'undo') = (target IS NOT NULL)),
    CHECK ((kind IN {CHAIN_KINDS}) = (nth IS NOT NULL)),
    CHECK (nth IS NULL OR (question IS NOT NULL AND before IS NOT NULL AND after IS NOT NULL))
) STRICT
"""

_CARD = """
CREATE TABLE card (
    question TEXT PRIMARY KEY,              -- deck:term/slug, as it is called now
    phase INTEGER NOT NULL,                 -- these ten are memory's CardState
    step INTEGER NOT NULL,
    stability REAL,
    difficulty REAL,
    due_at INTEGER,                         -- ms; learning steps within a day
    due_day INTEGER,                        -- logical day; reviews and day-long steps
    last_at INTEGER,
    last_day INTEGER,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    suspended INTEGER NOT NULL,             -- 0 or 1
    buried_until INTEGER,                   -- the day on which it comes back
    buried_on INTEGER,                      -- the day on which it was buried
    flagged INTEGER NOT NULL,               -- 0 or 1
    answered INTEGER NOT NULL,              -- answers that count and moved the schedule: all but cram
    first_day INTEGER,                      -- of the first of them
    last_event INTEGER NOT NULL REFERENCES event (seq) -- the last effective one
) STRICT, WITHOUT ROWID
"""

_DAY = """
CREATE TABLE day (
    day INTEGER PRIMARY KEY,
    answered INTEGER NOT NULL,              -- effective answers, in any mode
    remembered INTEGER NOT NULL,            -- of them rated above Again
    new INTEGER NOT NULL,                   -- of them on a new question, not cram
    reviews INTEGER NOT NULL,               -- of them on a question in review, not cram
    reviews_remembered INTEGER NOT NULL,    -- of these reviews rated above Again: true retention
    scheduled INTEGER NOT NULL,
    ahead INTEGER NOT NULL,
    cram INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL
) STRICT
"""

_EVENT_STAYS = (
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
)

_FIRST = (
    _EVENT,
    "CREATE INDEX event_by_question ON event (question, stamp, nth)",
    "CREATE INDEX event_by_stamp ON event (stamp)",
    "CREATE INDEX event_by_day ON event (day, mode, phase, rating, milliseconds) WHERE kind = 'answer'",
    f"CREATE INDEX event_but_answers ON event (kind, stamp) WHERE {NOT_AN_ANSWER}",
    _EVENT_STAYS,
    "CREATE TRIGGER event_remains BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    _CARD,
    # `suspended` too, though it is 0: SQLite before 3.43 would look it up in the table, row by row.
    "CREATE INDEX card_due ON card (due_day, stability, question, buried_until, buried_on, suspended)"
    " WHERE due_day IS NOT NULL AND suspended = 0",
    "CREATE INDEX card_step ON card (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX card_leech ON card (lapses) WHERE lapses >= 8",
    "CREATE INDEX card_last ON card (last_day)",
    _DAY,
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE renamed (question TEXT PRIMARY KEY, now TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX renamed_to ON renamed (now)",
    "CREATE TABLE sitting (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL) STRICT",
)


# An answer is right as the program graded it or, where the learner graded, when it is rated above Again.
_RIGHT = "coalesce(correct, rating > 1)"
_DAY_COLUMNS = ", ".join(("day INTEGER PRIMARY KEY", *(f"{name} INTEGER NOT NULL" for name in DAY_COUNTS)))

_SECOND = (
    # Of an answer to a question in review: the days that it was given at the answer before; else NULL.
    'ALTER TABLE event ADD COLUMN "interval" INTEGER',
    "ALTER TABLE event ADD COLUMN checksum INTEGER",  # of all other columns but seq, see `checksum_of`
    f"ALTER TABLE event ADD COLUMN is_right INTEGER GENERATED ALWAYS AS ({_RIGHT}) VIRTUAL",
    "DROP TRIGGER event_stays",
    'UPDATE event SET "interval" = mlterms_interval(before) WHERE phase = 2',
    f"UPDATE event SET checksum = mlterms_checksum({', '.join(CHECKED_COLUMNS)})",
    _EVENT_STAYS,
    "DROP INDEX event_by_day",
    'CREATE INDEX event_by_day ON event (day, mode, phase, is_right, "interval", milliseconds)'
    " WHERE kind = 'answer'",
    "DROP TABLE day",
    f"CREATE TABLE day ({_DAY_COLUMNS}) STRICT",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    """A checksum for each event, and days that know mature reviews."""
    connection.create_function("mlterms_checksum", -1, checksum_of)
    connection.create_function("mlterms_interval", 1, interval_of)
    for statement in _SECOND:
        connection.execute(statement)


def _from_json(name: str, column: str) -> str:
    """A text column that is read from the JSON in another one; NULL where it is not there.

    SQLite does not let a schema that is not trusted call `json_extract`. Inside a string of JSON quotes are
    escaped, so this finds names only.
    """
    begins = f'"{name}":"'
    rest = f"substr({column}, instr({column}, '{begins}') + {len(begins)})"
    read = f"CASE WHEN instr({column}, '{begins}') THEN substr({rest}, 1, instr({rest}, '\"') - 1) END"
    return f"ALTER TABLE event ADD COLUMN {name} TEXT GENERATED ALWAYS AS ({read}) VIRTUAL"


_THIRD = (
    # Progress finds the answers with a confidence by it.
    "CREATE INDEX event_confident ON event (seq) WHERE confidence IS NOT NULL",
    _from_json("misconception", "given"),  # the mistaken belief that a wrong answer betrays
    _from_json("began", "asked"),  # how a term began, at its first answer: "guess" or "card"
    "CREATE INDEX event_misconception ON event (day) WHERE misconception IS NOT NULL",
    "CREATE INDEX event_began ON event (seq) WHERE began IS NOT NULL",
    "CREATE INDEX event_sure_and_wrong ON event (day) WHERE confidence = 3 AND correct = 0",
)


def _third(connection: sqlite3.Connection) -> None:
    """What Progress and the quiz look for in answers: confidence, misconceptions, how a term began."""
    for statement in _THIRD:
        connection.execute(statement)


def _fourth(connection: sqlite3.Connection) -> None:
    """Days without wrong guesses at new terms. No table changes: the fold that follows corrects the days."""


# Each takes a database of version i (its place, from 0) to version i + 1, inside a transaction of its caller,
# which enforces foreign keys at the end and folds the log again after the last.
Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (_first, _second, _third, _fourth)
VERSION = len(MIGRATIONS)


def interval_of(card_json: str) -> int | None:
    """The days that a card in review was given, from its JSON in the log; None where it has no such form."""
    try:
        _, _, _, _, _, due_day, _, last_day, *_ = json.loads(card_json)
        return int(due_day - last_day)
    except (ValueError, TypeError):
        return None


def checksum_of(*columns: object) -> int:
    """The checksum of an event, from its columns as SQLite has them, in the order of `CHECKED_COLUMNS`.

    Only a form that is the same on every machine and in every Python will do: `ascii` escapes all else.
    """
    return crc32(ascii(columns).encode("ascii"))
