"""The open sitting as its row has it: JSON with a checksum, so that a damaged one is not taken up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from types import EllipsisType
from typing import Any
from zlib import crc32

from mlterms.store.log.card import to_json

Sitting = Mapping[str, Any] | EllipsisType | None
"""The open sitting as JSON can hold it; None: there is none; ...: what is on disk stays."""


def read_sitting(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """The sitting that was open when the program last saved one; None also if it cannot be read."""
    try:
        row = connection.execute("SELECT value FROM sitting").fetchone()
        return unseal(row[0]) if row else None
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def put_sitting(connection: sqlite3.Connection, sitting: Sitting) -> None:
    if sitting is None:
        connection.execute("DELETE FROM sitting")
    elif not isinstance(sitting, EllipsisType):
        connection.execute("INSERT OR REPLACE INTO sitting VALUES (1, ?)", (seal(sitting),))


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
