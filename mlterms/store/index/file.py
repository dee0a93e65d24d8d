"""The file of an index: whether there is one that can be used, and how a new one takes its place.

It is in the cache folder and may be deleted at any time, or it came with the bundle. A new one is built
beside its place, moved there whole, and never changed afterwards, so readers need no locks.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mlterms.base.errors import MltermsError
from mlterms.store.index.sources import Sources, read_fingerprint, read_identity, shipped_identity
from mlterms.store.sqlite_errors import is_garbled

if TYPE_CHECKING:
    from mlterms.store.index.parallel import Progress


def open_existing(path: Path, sources: Sources, check_files: bool) -> sqlite3.Connection | None:
    """The index in the cache folder or in the bundle, if one of them can be used as it is."""
    shipped = sources.shipped()
    if shipped and sources.is_bundle_alone():
        connection = _open(shipped, shipped_identity())
        if connection is not None:
            return connection
    connection = _open(path, sources.identity)
    if connection is not None and check_files and not is_fresh(connection, sources):
        connection.close()
        return None
    return connection


def _open(path: Path, identity: str) -> sqlite3.Connection | None:
    """The index in a file, if it has that identity."""
    if not path.is_file():  # to open a pipe would wait for somebody to write into it
        return None
    try:
        # Nobody changes the file once it is in its place, so SQLite needs no locks and no look at its time.
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.OperationalError:
        return None
    try:
        if read_identity(connection) == identity:
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
    """Whether the files are still those that the index was built from."""
    try:
        return read_fingerprint(connection) == sources.fingerprint()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def build_index(path: Path, sources: Sources, progress: Progress | None = None) -> sqlite3.Connection:
    """The index, built from the files: in the cache folder, or in memory where that fails."""
    from mlterms.base.files import locked, make_folder

    try:
        make_folder(path.parent)
        with locked(path):
            # Another process may have built it while we waited for the lock.
            existing = _open(path, sources.identity)
            if existing is not None and is_fresh(existing, sources):
                return existing
            return _build_and_swap(path, sources, progress)
    except (OSError, sqlite3.Error, MltermsError):
        return _in_memory(sources, progress)


def write_shipped(root: Path, to: Path) -> None:
    """Build the index of the bundle in `root` that comes with a wheel."""
    from mlterms.store.index.build import build

    with closing(_connect(to)) as connection:
        build(connection, Sources([root], frozen=True), identity=shipped_identity())
        connection.execute("VACUUM")


def _build_and_swap(path: Path, sources: Sources, progress: Progress | None) -> sqlite3.Connection:
    """Build the file beside its place, from an older one if that can be updated, and move it there."""
    from mlterms.base.atomic import replacing
    from mlterms.store.index.build import build

    with replacing(path) as scratch:
        olds = (old for old in (path, sources.shipped()) if old is not None)
        if not any(_update_copy(old, scratch, sources, progress) for old in olds):
            os.truncate(scratch, 0)
            with closing(_connect(scratch)) as empty:
                build(empty, sources, progress)
    _sweep(path)
    connection = _open(path, sources.identity)
    if connection is None:
        raise sqlite3.DatabaseError(f"{path} cannot be read back")
    return connection


def _update_copy(old: Path, fresh: Path, sources: Sources, progress: Progress | None) -> bool:
    """Make `fresh` a copy of `old` in which what has changed is up to date, if that can be done."""
    import shutil

    from mlterms.store.index.build import build, can_be_updated

    try:
        shutil.copyfile(old, fresh)
        with closing(_connect(fresh)) as connection:
            if not can_be_updated(connection, sources):
                return False
            build(connection, sources, progress)
    except (OSError, sqlite3.DatabaseError):  # there is none, or it is damaged
        return False
    return True


def _connect(fresh: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(fresh, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")  # nobody opens what was not finished
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _sweep(path: Path) -> None:
    """Remove indexes of other versions of the program that have not been written for a month."""
    import time

    kind = path.name.rpartition("-")[0]  # the same format and version
    for other in path.parent.glob("index-*"):
        with suppress(OSError):
            if not other.name.startswith(kind) and other.stat().st_mtime < time.time() - 30 * 86_400:
                other.unlink()


def _in_memory(sources: Sources, progress: Progress | None) -> sqlite3.Connection:
    from mlterms.store.index.build import build

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    build(connection, sources, progress)
    return connection
