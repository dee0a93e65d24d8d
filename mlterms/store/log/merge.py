"""Two logs of one learner put together: the union of their events, folded anew."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError
from mlterms.store import availability
from mlterms.store.log.connection import check_current, check_sound, connect, explained, transaction
from mlterms.store.log.event import EVENT_COLUMNS
from mlterms.store.log.integrity import misplaced
from mlterms.store.log.log import Log
from mlterms.store.log.rebuild import rebuild_within

_NAMES = EVENT_COLUMNS.removeprefix("seq, ")
_DIFFERENT = " OR ".join(f"theirs.{name} IS NOT ours.{name}" for name in _NAMES.split(", "))


def merge(log: Log, other: Path) -> int:
    """Add the events of `other` that are not here, in one transaction, and fold all anew. How many there
    were.

    Raises MltermsError, and changes nothing, when `other` cannot be read, is damaged or of another version,
    says something else than we do of one event, or holds events that do not follow from each other.
    """
    if not other.is_file():
        raise CallError(f"{other}: there is no such file")
    with closing(connect(other, read_only=True)) as theirs, explained(other):
        check_current(theirs, other)
        check_sound(theirs, other)
    with explained(other):
        log.connection.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro",))
    try:
        with explained(log.path), transaction(log.connection):
            check_current(log.connection, log.path)
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
        availability.forget(
            log.connection
        )  # the cards that came may be of questions that no card file here has
        rebuild_within(log)
    return added
