"""Whether the learner's database is sound: the file, the log, and what is folded from it.

The log is never changed. What to do with a file that is damaged is `backup.py`.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlterms.base.errors import MltermsError
from mlterms.store.log.card import NO_CARD
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.log import Log
from mlterms.store.log.rebuild import rebuild as rebuild_tables
from mlterms.store.log.schema import CHECKED_COLUMNS, NOT_AN_ANSWER, VERSION, checksum_of
from mlterms.store.log.schema_check import check_schema

# An event comes after the previous one of its chain, has its place in the chain, and has the same id unless
# that was renamed. An undo comes after its target.
_MISPLACED = f"""
SELECT event.uuid FROM event
LEFT JOIN event AS earlier ON earlier.uuid = coalesce(event.previous, event.target)
WHERE CASE
    WHEN event.target IS NOT NULL
        THEN (earlier.stamp, earlier.device, earlier.uuid) >= (event.stamp, event.device, event.uuid)
            OR earlier.question IS NOT event.question
    WHEN event.nth IS NULL THEN 0
    WHEN event.previous IS NULL THEN event.nth <> 1 OR event.before <> :new
    ELSE (earlier.stamp, earlier.device, earlier.uuid) >= (event.stamp, event.device, event.uuid)
        OR event.nth <> iif(earlier.nth > 0 AND event.before = earlier.after, earlier.nth + 1, 0)
        OR (event.question <> earlier.question AND earlier.question NOT IN
            (SELECT question FROM event WHERE {NOT_AN_ANSWER} AND kind = 'renamed'))
END
"""


MOST = 10
"""Problems of one kind that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination of the database found.

    events: in the log. problems: a sentence each; none means that all is well.
    """

    events: int
    problems: tuple[str, ...]


def examine(log: Log, *, rebuild: bool = False) -> Examined:
    """Look for everything that can be wrong; with `rebuild`, first fold the tables again where they are.

    It never raises: what cannot be read is among the problems.
    """
    problems = _list_first(_damage(log))
    if not problems:  # else nothing that is read can be trusted
        problems += _list_first(_schema(log))
        problems += _list_first(_malformed(log))
        problems += _list_first(_misplaced(log))
        problems += _list_first(_find_wrong_tables(log, rebuild))
    problems += _list_first(_rights(log.path))
    return Examined(_count(log), tuple(problems))


def _list_first(problems: Iterator[str]) -> list[str]:
    """The first problems of one kind, and how many more there are. An error on the way is one of them."""
    found: list[str] = []
    more = 0
    try:
        for problem in problems:
            if len(found) < MOST:
                found.append(problem)
            else:
                more += 1
    except Exception as error:  # any at all: the file may hold anything
        said = str(error) or type(error).__name__
        found.append(said if isinstance(error, MltermsError) else f"the database cannot be checked: {said}")
    return [*found, f"and {more} more like that"] if more else found


def _count(log: Log) -> int:
    try:
        return int(log.connection.execute("SELECT count(*) FROM event").fetchone()[0])
    except (sqlite3.Error, UnicodeDecodeError):
        return 0


def _damage(log: Log) -> Iterator[str]:
    """What is wrong with the file as SQLite sees it."""
    with explain_sqlite_errors(log.path):
        for (found,) in log.connection.execute("PRAGMA integrity_check(10)"):
            if found != "ok":
                yield f"the database is damaged ({found}); bring back a backup: mlterms restore"
        if log.connection.execute("PRAGMA foreign_key_check").fetchone():
            yield "the tables refer to events that are not in the log; bring back a backup: mlterms restore"


def _schema(log: Log) -> Iterator[str]:
    yield from ()
    with explain_sqlite_errors(log.path):
        check_schema(log.connection, log.path, VERSION)


def _malformed(log: Log) -> Iterator[str]:
    """The events that are not what was written, or that mean nothing."""
    known = "SELECT policy FROM event WHERE kind IN ('parameters', 'settings')"
    with explain_sqlite_errors(log.path):
        for sequence, uuid, *columns, checksum in log.connection.execute(
            f"SELECT seq, {', '.join(CHECKED_COLUMNS)}, checksum FROM event ORDER BY seq"
        ):
            if checksum_of(uuid, *columns) != checksum:
                yield f"event {uuid} (number {sequence}) is not as it was written; bring back a backup"
        for (key,) in log.connection.execute(
            f"SELECT DISTINCT policy FROM event WHERE policy IS NOT NULL AND policy NOT IN ({known})"
        ):
            yield f"there are answers under scheduling settings {key!r} that the log does not know"
        for (key,) in log.connection.execute(known).fetchall():
            log.policy(key)


def _misplaced(log: Log) -> Iterator[str]:
    with explain_sqlite_errors(log.path):
        for uuid in misplaced(log):
            yield f"event {uuid} does not follow from what came before it"


def _find_wrong_tables(log: Log, rebuild: bool) -> Iterator[str]:
    """Which folded tables are not what the log says; with `rebuild`, they are afterwards."""
    wrong = rebuild_tables(log, write=rebuild).wrong
    for table, rows in wrong.items():
        if rows and not rebuild:
            yield f"{rows} rows of the table {table} are not what the log says: mlterms doctor --rebuild"


def _rights(path: Path) -> Iterator[str]:
    if sys.platform != "win32" and path.exists() and path.stat().st_mode & 0o077:
        yield f"{path} can be read by others: chmod 600"


def misplaced(log: Log) -> list[str]:
    """The events that do not follow from the events before them."""
    return [uuid for (uuid,) in log.connection.execute(_MISPLACED, {"new": NO_CARD.to_json()})]
