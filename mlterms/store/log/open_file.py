"""Whether the file under a database's path is still the one that is open.

It may have been deleted, replaced by a program that syncs, or unplugged. SQLite then goes on writing into the
file that it opened, which has no name any more.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from mlterms.base.clock import Clock
from mlterms.base.errors import MltermsError
from mlterms.base.paths import data_folder

Identity = tuple[int, int]


class OpenFile:
    """The file of an open database, its write-ahead log included. `check` costs a few microseconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal = path.resolve().with_name(f"{path.resolve().name}-wal")
        self._opened = _identity(path)
        self._opened_wal: Identity | None = None
        self._rescued: Path | None = None

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise MltermsError if the file is no longer there or another one is.

        What is in the open file is then saved as a whole, and the error says where.
        """
        wal = _identity(self._wal)
        if _identity(self._path) == self._opened and (self._opened_wal is None or wal == self._opened_wal):
            self._opened_wal = wal
            return
        saved = self._rescued or self._save(connection)
        raise MltermsError(
            f"{self._path}: the file was moved, deleted or replaced while it was open here, so this is not "
            "recorded in it. "
            + (
                f"What was recorded before is saved in {saved}; `mlterms restore {saved}` brings it back."
                if saved
                else "Close mlterms and look for the file."
            )
        )

    def _save(self, connection: sqlite3.Connection) -> Path | None:
        """Copy the open database to our own data folder; None where that fails, too."""
        from mlterms.store.log.backup import copy_to_folder

        try:
            folder = data_folder() / "rescued"
            self._rescued = copy_to_folder(connection, self._path, folder, Clock().now())
        except (MltermsError, OSError):
            return None
        return self._rescued


def _identity(path: Path) -> Identity | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, at every answer
    except OSError:
        return None
    return status.st_dev, status.st_ino
