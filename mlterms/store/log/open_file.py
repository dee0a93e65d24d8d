"""Whether the file under a database's path is still the one that is open, and holds what was written to it.

It may have been deleted, replaced by a program that syncs, or unplugged. SQLite then goes on writing into the
file that it opened, which has no name any more. Or a program has written over it, as `cp` does with a backup.
SQLite then mixes both, which loses both.

Nothing here opens the database except through SQLite: closing a file lets go of all locks that this process
has on it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from mlterms.base.atomic import follow_links, replacing
from mlterms.base.clock import Clock
from mlterms.base.errors import MltermsError
from mlterms.base.paths import restore_command
from mlterms.store.log.connection import connect
from mlterms.store.log.database_files import put_aside_orphans

_LOOKS = 20
_BETWEEN_LOOKS = 0.05  # seconds: in between another window may be taking its log of changes into the file


class OpenFile:
    """The file of an open database, its write-ahead log included. `check` costs a few microseconds."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection
        self._real = path.resolve()
        self._watched = str(path), f"{self._real}-wal", f"{self._real}-shm"
        now = self._look_at_all()
        self._seen = _Seen(now.file, None, None)
        self._last = self._last_event(is_all_in_file=not _has_content(now.log))
        self._is_overwritten = False
        self._rescued: Path | None = None
        self._was_told = False

    def check(self) -> None:
        """Raise MltermsError if the file is no longer there, or if another one or another content is.

        What is in the open file is then saved as a whole if it can be, and the error says where.
        """
        now = self._look_at_all()
        if now.is_same_as(self._seen) and not self._is_written_over(now):
            self._seen, self._was_told = now, False
            return
        if not self._was_told:
            self._rescued = self._save()
            if self._is_overwritten:
                put_aside_orphans(self._real)  # its changes belong to pages that are no longer there
        self._was_told = True
        what = "overwritten" if self._is_overwritten else "moved, deleted or replaced"
        raise MltermsError(
            f"{self._path}: the file was {what} while it was open here, so this is not recorded in it. "
            f"{self._advice()}"
        )

    def _advice(self) -> str:
        if self._rescued:
            return f"`{restore_command(self._rescued, self._path)}` brings back what was recorded before."
        if self._is_overwritten:
            return (
                "Close mlterms: what was written over it stays, and `mlterms doctor` says if that is sound."
            )
        return "Close mlterms and look for the file."

    def close(self) -> None:
        """Close the connection. Where another program has written over the file, what it wrote stays there:
        SQLite would mix its own pages in."""
        now = self._look_at_all()
        if not (now.is_same_as(self._seen) and self._is_written_over(now)) and not self._is_overwritten:
            self._connection.close()
            return
        import shutil  # a millisecond of each start, for what hardly ever happens

        try:
            with replacing(follow_links(self._path)) as scratch:
                shutil.copyfile(self._real, scratch)
                self._connection.close()
            put_aside_orphans(self._real)
        except (OSError, MltermsError):
            self._connection.close()

    def _look_at_all(self) -> _Seen:
        return _Seen(*map(_look, self._watched))

    def _is_written_over(self, now: _Seen) -> bool:
        """Whether anybody but SQLite has changed what is in the file.

        SQLite takes its log of changes into the file only after somebody has written to that log. What it
        takes in is a part of what is open here.
        """
        if self._is_overwritten or now.file is None or self._seen.file == now.file:
            return self._is_overwritten
        by_sqlite = now.log is None or now.log != self._seen.log
        for look in range(_LOOKS):
            last = self._last_event()
            if last is not None and self._holds(last) and (by_sqlite or last >= (self._last or (0, ""))):
                self._last = last
                return False
            if by_sqlite:
                return False  # perhaps it is being taken in at this moment; the next look will tell
            if look < _LOOKS - 1:
                time.sleep(_BETWEEN_LOOKS)
        self._is_overwritten = True
        return True

    def _last_event(self, *, is_all_in_file: bool = False) -> EventPlace | None:
        """The last event in the file, without what is in the log of changes; None if it cannot be read.

        is_all_in_file: there is nothing in the log of changes, so that the open connection can say it.
        """
        with suppress(MltermsError, sqlite3.Error):
            if is_all_in_file:
                return _last_event(self._connection)
            with closing(connect(self._real, immutable=True)) as file:
                return _last_event(file)
        return None

    def _holds(self, event: EventPlace) -> bool:
        """Whether an event is in the open database."""
        sql = "SELECT NOT :seq OR EXISTS (SELECT 1 FROM event WHERE seq = :seq AND uuid = :uuid)"
        with suppress(sqlite3.Error):
            return bool(self._connection.execute(sql, event._asdict()).fetchone()[0])
        return False

    def _save(self) -> Path | None:
        """Copy the open database to our own data folder; None where that fails, too."""
        from mlterms.store.log.backup import rescue

        try:
            saved = rescue(self._connection, self._path, Clock().now())
        except (MltermsError, OSError, sqlite3.Error):
            return None
        if self._is_overwritten and not _is_whole(saved):
            saved.unlink()
            return None
        return saved


class EventPlace(NamedTuple):
    """An event by its place in the file; seq 0: there is none."""

    seq: int
    uuid: str


class _Look(NamedTuple):
    """What tells one file from another, and whether it was written to."""

    device: int
    number: int
    modified: int
    size: int


class _Seen(NamedTuple):
    """The files as they were seen: the database, its log of changes, the memory that windows share."""

    file: _Look | None
    log: _Look | None
    shared: _Look | None

    def is_same_as(self, before: _Seen) -> bool:
        """Whether they are the files that were seen before, even if their content has changed."""
        if self == before:
            return True
        is_there = self.file is not None if before.file is not None else self.file is None
        return is_there and all(
            old is None or (new is not None and new[:2] == old[:2])
            for old, new in zip(before, self, strict=True)
        )


def _look(path: str) -> _Look | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, at every answer
    except OSError:
        return None
    return _Look(status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


def _has_content(file: _Look | None) -> bool:
    return file is not None and file.size > 0


def _last_event(connection: sqlite3.Connection) -> EventPlace:
    row = connection.execute("SELECT seq, uuid FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return EventPlace(*row) if row else EventPlace(0, "")


def _is_whole(database: Path) -> bool:
    """Whether a copy is sound in every page and index, and not a mixture of two databases."""
    with suppress(MltermsError, sqlite3.Error), closing(connect(database, read_only=True)) as copy:
        return bool(copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    return False
