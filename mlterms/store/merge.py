"""Two logs of one learner put together: the union of their events, folded anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError
from mlterms.store.connection import check_version, connect, explained, transaction
from mlterms.store.event import EVENT_COLUMNS
from mlterms.store.integrity import misplaced
from mlterms.store.log import Log
from mlterms.store.rebuild import rebuild_within
from mlterms.store.schema import VERSION

_NAMES = EVENT_COLUMNS.removeprefix("seq, ")
_DIFFERENT = " OR ".join(f"theirs.{name} IS NOT ours.{name}" for name in _NAMES.split(", "))


def merge(log: Log, other: Path) -> int:
    """Add the events of `other` that are not here, in one transaction, and fold all anew. How many were
    added.

    Raises MltermsError, and changes nothing, when `other` cannot be read, is damaged or of another version,
    says something else than we do of one event, or holds events that do not follow from each other.
    """
    if not other.is_file():
        raise CallError(f"{other}: there is no such file")
    _check(other)
    with explained(other):
        log.connection.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro",))
    try:
        with explained(log.path), transaction(log.connection):
            check_version(log.connection, log.path, VERSION)
            return _take_over(log, other)
    finally:
        log.connection.execute("DETACH other")


def _take_over(log: Log, other: Path) -> int:
    last = log.last_sequence()
    clash = log.connection.execute(
        f"SELECT uuid FROM other.event AS theirs JOIN main.event AS ours USING (uuid) WHERE {_DIFFERENT}"
    ).fetchone()
    if clash:
        raise MltermsError(f"{other}: says something else of event {clash[0]} than the log here; not merged")
    added = log.connection.execute(
        f"INSERT INTO main.event ({_NAMES}) SELECT {_NAMES} FROM other.event"
        " WHERE uuid NOT IN (SELECT uuid FROM main.event) ORDER BY stamp, device, uuid"
    ).rowcount
    if added:
        if strange := misplaced(log, last):
            raise MltermsError(
                f"{other}: event {strange[0]} does not follow from what came before it; not merged"
            )
        rebuild_within(log)
    return added


def _check(other: Path) -> None:
    """Raise MltermsError unless `other` is a sound database of our version."""
    connection = connect(other, read_only=True)
    try:
        with explained(other):
            version = check_version(connection, other, VERSION)
            if version < VERSION:
                raise MltermsError(
                    f"{other}: of version {version}; open it once with this mlterms, then merge"
                )
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("database disk image is malformed")
    finally:
        connection.close()
