"""The files next to the learner's database: replacing it whole, leftovers of a lost one, the device name."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mlterms.base.atomic import follow_links, replacing, write_whole
from mlterms.base.errors import FileError, MltermsError
from mlterms.base.files import locked
from mlterms.base.reading import read_own
from mlterms.store.log.connection import check_sound, connect, explain_sqlite_errors

_DEVICE = re.compile(r"[0-9a-f]{16}")


@contextmanager
def replacing_database(path: Path, *, exclusive: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to an empty database that takes the place of `path` when the block ends, whole and sound.

    It is in no write-ahead mode: a file is renamed alone, and what is still in a log beside it would be lost.
    exclusive: raises FileExistsError if there is a file at the end. Raises as `replacing` does, and
    MltermsError where the disk is full or what was written cannot be read back.
    """
    with replacing(path, exclusive=exclusive) as scratch:
        with closing(connect(scratch)) as connection, explain_sqlite_errors(path, "it was not written"):
            yield connection
            connection.execute("PRAGMA journal_mode = DELETE")
        with closing(connect(scratch, read_only=True)) as written, explain_sqlite_errors(path):
            check_sound(written, path)
        if any(_beside(scratch, suffix).exists() for suffix in ("-wal", "-journal")):
            raise MltermsError(f"{path}: the disk could not take all of it; is it full?")


def real_path(database: Path) -> Path:
    """The file of a database, after all links. The log, lock and scratch files of SQLite are beside it, but
    backups and the device's name are beside the path that the learner named.

    Raises MltermsError for a link that leads to no file: its drive may not be mounted, and a new database in
    its place would hide the history.
    """
    real = follow_links(database)
    if database.is_symlink() and not real.exists():
        raise MltermsError(f"{database} leads to {real}, which is not there; is its drive connected?")
    return real


def put_aside_orphans(database: Path) -> None:
    """Rename the write-ahead log of a database that is gone: it must not be played into another one, but may
    hold answers."""
    for suffix in ("-wal", "-shm"):
        orphan = _beside(database, suffix)
        if orphan.exists():
            kept, number = _beside(orphan, "-orphan"), 2
            while kept.exists():
                kept, number = _beside(orphan, f"-orphan-{number}"), number + 1
            orphan.replace(kept)


def device_of(database: Path) -> str:
    """The name of this device, from the file `NAME.device` beside the database, written if it is missing.

    It is kept outside the database, so a database that was copied elsewhere belongs to another device. If the
    file cannot be written, the name is for this run alone.
    """
    path = _beside(database, ".device")
    if name := _read_device(path):
        return name
    fresh = os.urandom(8).hex()
    try:
        with locked(database):
            if name := _read_device(path):
                return name
            write_whole(path, f"{fresh}\n".encode("ascii"))
    except (MltermsError, OSError):
        pass  # a name for this run alone
    return fresh


def _read_device(path: Path) -> str | None:
    try:
        text = read_own(path, 1000).decode("ascii").strip()
    except (OSError, UnicodeDecodeError, FileError):
        return None
    return text if _DEVICE.fullmatch(text) else None


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
