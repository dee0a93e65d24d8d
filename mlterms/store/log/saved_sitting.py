"""The open sitting as it is saved beside the log: as JSON with a checksum, so that a damaged one is not used.

What the JSON says is the affair of `quiz/open_sitting.py`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import EllipsisType
from typing import Any
from zlib import crc32

from mlterms.store.log.active_settings import ActiveSettings
from mlterms.store.log.card import to_json
from mlterms.store.log.connection import without_waiting

Sitting = Mapping[str, Any] | EllipsisType | None
"""The open sitting as JSON can hold it; None: there is none; ...: what is on disk stays."""


class SavedSitting:
    """The row of one learner's database. writing: begins a transaction that needs no settings."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        active: ActiveSettings,
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection, self._active, self._writing = connection, active, writing

    def read(self) -> dict[str, Any] | None:
        """The sitting that was open when the program last saved one; None also where it cannot be read.

        Nothing is lost with it: the answers are in the log.
        """
        try:
            row = self._connection.execute("SELECT value FROM sitting").fetchone()
            return unseal(row[0]) if row else None
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None

    def save(self, sitting: Mapping[str, Any] | None, *, durable: bool = True) -> None:
        """Save the open sitting; None: there is none.

        durable: it also survives a power cut. Without that it survives a crash of the program, and costs no
        wait for the disk.
        """
        with nullcontext() if durable else without_waiting(self._connection), self._writing():
            self.put(sitting)

    def put(self, sitting: Sitting) -> None:
        """The same within a transaction of the caller. It is not a change for `Learner.changes`."""
        if isinstance(sitting, EllipsisType):
            return
        before = self._connection.total_changes
        if sitting is None:
            self._connection.execute("DELETE FROM sitting")
        else:
            self._connection.execute("INSERT OR REPLACE INTO sitting VALUES (1, ?)", (seal(sitting),))
        self._active.ignore_changes(self._connection.total_changes - before)


def seal(sitting: Mapping[str, Any]) -> str:
    """The text of the row."""
    content = dict(sitting)
    return to_json({"checksum": crc32(to_json(content).encode()), "sitting": content})


def unseal(text: str) -> dict[str, Any] | None:
    """The sitting in a row; None if the row is damaged."""
    try:
        row = json.loads(text)
        sitting = dict(row["sitting"])
        return sitting if crc32(to_json(sitting).encode()) == row["checksum"] else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
