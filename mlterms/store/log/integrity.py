"""Whether the learner's database is sound: the file, the log, and what is folded from it.

The log is never changed. What to do with a file that is damaged is `backup.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from mlterms.store.log.card import CARD_COLUMNS, NO_CARD
from mlterms.store.log.connection import explained
from mlterms.store.log.log import Log
from mlterms.store.log.rebuild import rebuild as make_anew

# An event stands after the one before it in its chain, with its place in it, and under the same id unless
# that was renamed. An undo stands after its target.
_MISPLACED = """
SELECT event.uuid FROM event
LEFT JOIN event AS earlier ON earlier.uuid = coalesce(event.previous, event.target)
WHERE event.seq > :after AND CASE
    WHEN event.target IS NOT NULL
        THEN (earlier.stamp, earlier.device, earlier.uuid) >= (event.stamp, event.device, event.uuid)
            OR earlier.question IS NOT event.question
    WHEN event.nth IS NULL THEN 0
    WHEN event.previous IS NULL THEN event.nth <> 1 OR event.before <> :new
    ELSE (earlier.stamp, earlier.device, earlier.uuid) >= (event.stamp, event.device, event.uuid)
        OR event.nth <> iif(earlier.nth > 0 AND event.before = earlier.after, earlier.nth + 1, 0)
        OR (event.question <> earlier.question AND earlier.question NOT IN
            (SELECT question FROM event WHERE kind <> 'answer' AND kind = 'renamed'))
END
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """events: in the log. problems: a sentence each; none means that all is well."""

    events: int
    problems: tuple[str, ...]


def examine(log: Log, *, rebuild: bool = False) -> Examined:
    """Look at all that can be wrong; with `rebuild`, first make the folded tables anew where they are.

    Raises MltermsError only when the database cannot be read at all.
    """
    with explained(log.path):
        problems = list(_damage(log))
        if not problems:  # else there is no trusting what is read
            problems += [f"event {uuid} does not follow from what came before it" for uuid in misplaced(log)]
            report = make_anew(log, write=rebuild)
            if not rebuild:
                problems += [
                    f"{rows} rows of the table {table} are not what the log says: mlterms doctor --rebuild"
                    for table, rows in report.wrong.items()
                    if rows
                ]
        if sys.platform != "win32" and log.path.stat().st_mode & 0o077:
            problems.append(f"{log.path} can be read by others: chmod 600")
        events = log.connection.execute("SELECT count(*) FROM event").fetchone()[0]
        return Examined(events, tuple(problems))


def _damage(log: Log) -> Iterator[str]:
    """What is wrong with the file as SQLite sees it."""
    for (found,) in log.connection.execute("PRAGMA integrity_check(10)"):
        if found != "ok":
            yield f"the database is damaged ({found}); bring back a backup: mlterms restore"
    if log.connection.execute("PRAGMA foreign_key_check").fetchone():
        yield "the tables refer to events that are not in the log; bring back a backup: mlterms restore"


def misplaced(log: Log, after: int = 0) -> list[str]:
    """The events with a sequence above `after` that do not follow from what came before them."""
    parameters = {"after": after, "new": NO_CARD.to_json()}
    return [uuid for (uuid,) in log.connection.execute(_MISPLACED, parameters)]


def canonical(log: Log) -> Iterator[str]:
    """All that the log comes to, line by line, in one form on every machine: floats to the last bit, and
    events by uuid where the tables have their sequence in this file."""
    uuids = "(SELECT uuid FROM event WHERE seq = last_event)"
    queries = {
        "card": f"SELECT {CARD_COLUMNS.replace('last_event', uuids)} FROM card ORDER BY question",
        "day": "SELECT * FROM day ORDER BY day",
        "setting": "SELECT * FROM setting ORDER BY name",
        "renamed": "SELECT * FROM renamed ORDER BY question",
    }
    for table, query in queries.items():
        for row in log.connection.execute(query):
            yield f"{table} {row!r}"
