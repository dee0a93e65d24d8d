"""The log of events (the table `event`): the only code that adds to it, and the queries that read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import mlterms
from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError
from mlterms.base.ids import Day, QuestionId
from mlterms.memory.policy import Policy
from mlterms.store.log.card import to_json
from mlterms.store.log.database_files import device_of
from mlterms.store.log.event import EVENT_COLUMNS, Event, new_uuid
from mlterms.store.log.fold import Folded, Link, fold, undone
from mlterms.store.log.schema import NOT_AN_ANSWER

_LAST_STAMP = 1 << 60  # ms; a later one is damage, and nothing could come after it
_IN_ORDER = "ORDER BY stamp, device, uuid"
_BUT_SEQUENCE = EVENT_COLUMNS.removeprefix("seq, ")
_INSERT = f"INSERT INTO event ({_BUT_SEQUENCE}) VALUES ({', '.join('?' * (len(Event._fields) - 1))})"


class Log:
    """The log of one database. The caller begins the transaction in which something is appended.

    last_at_opening: the sequence of the last event that was there when the log was opened; None counts all
    as ours.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.last_at_opening: int | None = None
        self._appended: set[str] = set()
        self._policies: dict[str, Policy] = {}

    @cached_property
    def device(self) -> str:
        return device_of(self.path)

    # -- adding --------------------------------------------------------------------------------------------

    def draft(self, kind: str, now: Now, day: Day, **columns: Any) -> Event:
        """An event that is not in the log yet, with the columns that every event has."""
        stamp = self.connection.execute("SELECT max(stamp) FROM event").fetchone()[0]
        if stamp is not None and not -_LAST_STAMP < stamp < _LAST_STAMP:
            raise MltermsError(
                f"{self.path}: an event has an impossible time; bring back a backup: mlterms restore"
            )
        return Event(
            sequence=0,
            uuid=columns.pop("uuid", "") or new_uuid(now),
            device=self.device,
            stamp=now.at if stamp is None else max(now.at, stamp + 1),
            at=now.at,
            offset=now.offset,
            day=day,
            kind=kind,
            version=mlterms.__version__,
            **columns,
        )

    def append(self, event: Event) -> Event:
        """Append an event. Returns it with its sequence and its checksum."""
        event = event.sealed()
        sequence = self.connection.execute(_INSERT, event[1:]).lastrowid
        assert sequence is not None
        self._appended.add(event.uuid)
        return Event(sequence, *event[1:])

    def claim(self, event: Event) -> None:
        """Count an event as ours that another window recorded in our place."""
        self._appended.add(event.uuid)

    def is_from_before_opening(self, event: Event) -> bool:
        """Whether it was in the log already when this one was opened, in this window."""
        return (
            self.last_at_opening is not None
            and event.sequence <= self.last_at_opening
            and event.uuid not in self._appended
        )

    def is_of_another_window(self, event: Event) -> bool:
        """Whether it was recorded by another process while this log was open."""
        return (
            self.last_at_opening is not None
            and event.sequence > self.last_at_opening
            and event.uuid not in self._appended
        )

    # -- reading -------------------------------------------------------------------------------------------

    def find(self, uuid: str) -> Event | None:
        return next(self._read("WHERE uuid = ?", (uuid,)), None)

    def get(self, uuid: str) -> Event:
        """The event of a uuid that is known to be in the log."""
        return next(self._read("WHERE uuid = ?", (uuid,)))

    def last_sequence(self) -> int:
        """The sequence of the event that arrived last; 0 in an empty log."""
        return int(self.connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])

    def in_order(self) -> Iterator[Event]:
        return self._read(_IN_ORDER)

    def newest_first(self) -> Iterator[Event]:
        return self._read("ORDER BY stamp DESC, device DESC, uuid DESC")

    def answers_after(self, sequence: int) -> Iterator[Event]:
        return self._read("WHERE seq > ? AND kind = 'answer' ORDER BY seq", (sequence,))

    def of_questions(self, names: Sequence[str]) -> Iterator[Event]:
        """All events that were recorded under one of these ids, in order."""
        return self._read(f"WHERE question IN ({_marks(names)}) {_IN_ORDER}", names)

    def fold(self, names: Sequence[str], undone: Container[str]) -> Folded | None:
        """The fold of the events that were recorded under these ids, without those in `undone`."""
        chain = self.connection.execute(
            "SELECT seq, uuid, before, after FROM event"
            f" WHERE question IN ({_marks(names)}) AND nth IS NOT NULL {_IN_ORDER}",
            names,
        )
        return fold(map(Link._make, chain), undone, self.get, self.policy)

    def undone(self, question: QuestionId | None) -> set[str]:
        """The events recorded under this id that do not count. None: those of no question."""
        undos = self.connection.execute(
            "SELECT uuid, target FROM event"
            f" WHERE question IS ? AND nth IS NULL AND kind = 'undo' {_IN_ORDER}",
            (question,),
        )
        return undone(undos.fetchall())

    def all_undone(self) -> set[str]:
        """Every event that does not count."""
        undos = self.connection.execute(
            f"SELECT uuid, target FROM event WHERE {NOT_AN_ANSWER} AND kind = 'undo' {_IN_ORDER}"
        )
        return undone(undos.fetchall())

    def of_kinds(self, *kinds: str) -> Iterator[Event]:
        """All events of these kinds (not answers), in order, whether or not they count."""
        return self._read(f"WHERE {NOT_AN_ANSWER} AND kind IN ({_marks(kinds)}) {_IN_ORDER}", kinds)

    def renames(self, undone: Container[str]) -> Iterator[tuple[str, str]]:
        """The renames that count, as (old, new) in order. undone: the events that do not count."""
        for event in self.of_kinds("renamed"):
            if event.uuid not in undone:
                assert event.question is not None
                yield event.question, event.value["to"]

    def policy(self, key: str) -> Policy:
        """The policy with this key. Raises MltermsError if the log does not know it."""
        if key not in self._policies:
            event = self._policy_event(key)
            if event is None:
                raise MltermsError(
                    f"{self.path}: the log has answers under scheduling settings {key!r}, but not these"
                )
            self._policies[key] = Policy.from_json(to_json(event.value["policy"]))
        return self._policies[key]

    def knows_policy(self, key: str) -> bool:
        return self._policy_event(key) is not None

    def _policy_event(self, key: str) -> Event | None:
        return next(
            self._read(
                f"WHERE {NOT_AN_ANSWER} AND kind IN ('parameters', 'settings') AND policy = ?", (key,)
            ),
            None,
        )

    def _read(self, clause: str, parameters: Sequence[Any] = ()) -> Iterator[Event]:
        return map(
            Event.from_row, self.connection.execute(f"SELECT {EVENT_COLUMNS} FROM event {clause}", parameters)
        )


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
