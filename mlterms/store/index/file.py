"""The file of an index: where it lies, whether it can be used, and how a new one takes its place.

It lies in the cache folder and may be deleted at any time. A new one is made beside it, moved there whole,
and never changed afterwards, so readers need no locks.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from mlterms.base.errors import MltermsError
from mlterms.store.index.sources import Sources, read_files, read_identity
from mlterms.store.sqlite_errors import is_garbled


def opened(path: Path, sources: Sources, look: bool) -> sqlite3.Connection | None:
    """The index that lies there, if it can be used as it is."""
    try:
        # Nobody changes the file once it is in its place, so SQLite needs no locks and no look at its time.
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.OperationalError:
        return None
    try:
        if read_identity(connection) == sources.identity and (not look or is_fresh(connection, sources)):
            return connection
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        pass  # damaged, empty, or something else altogether
    connection.close()
    return None


def is_damage(error: Exception) -> bool:
    """Whether SQLite says that the file is not what it was."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return is_garbled(error) or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def remove(path: Path) -> None:
    """Take the file away, if that can be done."""
    with suppress(OSError):
        path.unlink()


def is_fresh(connection: sqlite3.Connection, sources: Sources) -> bool:
    """Whether the files are still those that the index was made from."""
    return read_files(connection, all_but=0 if sources.packed else None) == sources.watched()


def made(path: Path, sources: Sources) -> sqlite3.Connection:
    """The index, made from the files: in its place in the cache folder, or in memory where that fails."""
    from mlterms.base.files import locked, make_folder

    try:
        make_folder(path.parent)
        with locked(path):
            # Another process may have made it while we waited for the lock.
            return opened(path, sources, look=True) or _moved_in(path, sources)
    except (OSError, sqlite3.Error, MltermsError):
        return _in_memory(sources)


def _moved_in(path: Path, sources: Sources) -> sqlite3.Connection:
    """Make the file beside its place, from the old one if that can be mended, and move it there."""
    from mlterms.base.atomic import replacing
    from mlterms.store.index.build import build

    with replacing(path) as scratch:
        if not _mended(path, scratch, sources):
            os.truncate(scratch, 0)
            with closing(_connect(scratch)) as empty:
                build(empty, sources)
    _sweep(path)
    connection = opened(path, sources, look=False)
    if connection is None:
        raise sqlite3.DatabaseError(f"{path} cannot be read back")
    return connection


def _mended(old: Path, fresh: Path, sources: Sources) -> bool:
    """Whether `fresh` is now a copy of `old` with what has changed put right."""
    import shutil

    from mlterms.store.index.build import build, can_be_mended

    try:
        shutil.copyfile(old, fresh)
        with closing(_connect(fresh)) as connection:
            if not can_be_mended(connection, sources):
                return False
            build(connection, sources)
    except (OSError, sqlite3.DatabaseError):  # there is none, or it is damaged
        return False
    return True


def _connect(fresh: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(fresh, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")  # nobody opens what was not finished
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _sweep(path: Path) -> None:
    """Remove indexes of other versions of the program that nobody has made for a month."""
    import time

    kind = path.name.rpartition("-")[0]  # the same format and version
    for other in path.parent.glob("index-*"):
        with suppress(OSError):
            if not other.name.startswith(kind) and other.stat().st_mtime < time.time() - 30 * 86_400:
                other.unlink()


def _in_memory(sources: Sources) -> sqlite3.Connection:
    from mlterms.store.index.build import build

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    build(connection, sources)
    return connection
