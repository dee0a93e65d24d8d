"""Merging two logs of one learner: the union of their events, folded again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError
from mlterms.store.log.connection import (
    check_current,
    check_sound,
    check_version,
    connect,
    explain_sqlite_errors,
    transaction,
)
from mlterms.store.log.event import EVENT_COLUMNS
from mlterms.store.log.integrity import misplaced
from mlterms.store.log.learner import Learner
from mlterms.store.log.log import Log
from mlterms.store.log.rebuild import rebuild_within
from mlterms.store.log.schema import CHECKED_COLUMNS, VERSION, checksum_of
from mlterms.store.log.schema_check import check_schema

_NAMES = EVENT_COLUMNS.removeprefix("seq, ")
_DIFFERENT = " OR ".join(f"theirs.{name} IS NOT ours.{name}" for name in _NAMES.split(", "))


def merge(learner: Learner, other: Path) -> int:
    """Add the events of the database `other` that this one does not have, in one transaction, and fold all
    of them again. Returns how many there were. The result is the same in either direction.

    Raises MltermsError, and changes nothing, when `other` cannot be read, is damaged or has another version,
    disagrees with this log about an event, or holds events that do not follow from each other.
    """
    log = learner.log
    if not other.is_file():
        raise CallError(f"{other}: {'not a file' if other.exists() else 'there is no such file'}")
    with closing(connect(other, read_only=True)) as theirs, explain_sqlite_errors(other):
        check_version(theirs, other, VERSION)
        check_current(theirs, other)
        check_sound(theirs, other)
        check_schema(theirs, other, VERSION)
    with explain_sqlite_errors(other):
        log.connection.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro",))
    try:
        with explain_sqlite_errors(log.path), transaction(log.connection):
            check_current(log.connection, log.path)
            added = _take_over(log, other)
    finally:
        log.connection.execute("DETACH other")
    learner.reload_settings()
    return added


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
        for uuid, *columns, checksum in log.connection.execute(
            f"SELECT {', '.join(CHECKED_COLUMNS)}, checksum FROM main.event WHERE seq > ?", (last,)
        ):
            if checksum_of(uuid, *columns) != checksum:
                raise MltermsError(f"{other}: event {uuid} is not as it was written; not merged")
        if strange := misplaced(log, last):
            raise MltermsError(
                f"{other}: event {strange[0]} does not follow from what came before it; not merged"
            )
        rebuild_within(log)
    return added
