"""Connections to the learner's database: their settings, and SQLite's errors as sentences for the person."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from json import JSONDecodeError
from pathlib import Path

from mlterms.base.errors import DamagedError, MltermsError
from mlterms.store.log.schema import APPLICATION_ID, VERSION
from mlterms.store.sqlite_errors import is_garbled

OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
BUSY_SECONDS = 5.0
_ROOM_TO_WRITE = 64 * 1024  # bytes: the index to the log of changes takes 32 KB, and the log as much

_BUSY = "another mlterms is writing; try again in a moment"
_RIGHTS = "look at the rights of the file and its folder"
_DAMAGED = "the database is damaged; bring back a backup: mlterms restore"
_NO_LOCKS = (
    "this file system cannot lock the database; keep your answers on a local drive, with --database FILE or "
    "MLTERMS_DATABASE"
)
_IS_IT_FULL = "the disk reports an error; is it full?"
_NO_SHARED_MEMORY = (
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_PROTOCOL,
)
# What SQLite's errors mean to the person: the detailed code first, then the group that it belongs to.
_MEANINGS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: "not a database; give another one, or bring back a backup: mlterms restore",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: "the disk is full; {outcome}",
    sqlite3.SQLITE_READONLY: f"the database is read-only, so {{outcome}}; {_RIGHTS}",
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: f"the database cannot be opened; {_RIGHTS}",
    sqlite3.SQLITE_PERM: f"the database cannot be opened; {_RIGHTS}",
    sqlite3.SQLITE_IOERR: _IS_IT_FULL,
    sqlite3.SQLITE_IOERR_LOCK: _NO_LOCKS,
    sqlite3.SQLITE_IOERR_RDLOCK: _NO_LOCKS,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK: _NO_LOCKS,
    sqlite3.SQLITE_IOERR_UNLOCK: _NO_LOCKS,
    **dict.fromkeys(_NO_SHARED_MEMORY, _NO_LOCKS),
    sqlite3.SQLITE_IOERR_SHMSIZE: _IS_IT_FULL,
}


# What SQLite says of a schema whose text is damaged.
_OF_A_DAMAGED_SCHEMA = ("no such ", "malformed ", "unknown function", "foreign key mismatch")


class ReadingConnection(sqlite3.Connection):
    """A connection that can only read."""


def check_sqlite(
    connection: sqlite3.Connection, version: tuple[int, int, int] = sqlite3.sqlite_version_info
) -> None:
    """Raise MltermsError when this SQLite is too old or has no full-text search."""
    if version < OLDEST_SQLITE:
        have, want = (".".join(map(str, v)) for v in (version, OLDEST_SQLITE))
        raise MltermsError(
            f"this Python brings SQLite {have}, and mlterms needs {want} or newer: use a newer Python"
        )
    if not connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
        raise MltermsError(
            "this Python's SQLite was built without FTS5, which mlterms needs: use another Python"
        )


def connect(
    path: Path, *, read_only: bool = False, immutable: bool = False, alone: bool = False
) -> sqlite3.Connection:
    """Open a database with the settings that every connection of ours has. The caller begins and ends each
    transaction.

    read_only: never writes, and never creates the file. immutable: also reads where not even a lock can be
    written; nobody may write meanwhile. alone: keeps everybody else out, and needs no shared memory. Raises
    MltermsError.
    """
    with explain_sqlite_errors(path):
        mode = "ro&immutable=1" if immutable else "ro" if read_only else "rwc"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            factory=ReadingConnection if read_only or immutable else sqlite3.Connection,
        )
    try:
        with explain_sqlite_errors(path):
            if alone:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from a stranger
            # A power cut loses no answer that was acknowledged: each costs one fdatasync.
            connection.execute("PRAGMA synchronous = FULL")
            if sys.platform == "darwin":  # where fsync alone does not reach the disk
                connection.execute("PRAGMA fullfsync = ON")
                connection.execute("PRAGMA checkpoint_fullfsync = ON")
        check_sqlite(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_writable(file: Path) -> bool:
    """Whether a database can be written: the file, and its folder, where SQLite keeps the log of changes."""
    return os.access(file, os.W_OK) and (os.access(file.parent, os.W_OK) or _log_of(file).exists())


def connect_readable(file: Path) -> sqlite3.Connection:
    """Open a database for reading wherever it is; where it can be written, the connection can write.

    A read-only disk or folder allows none of the files that SQLite wants beside it, and a full disk none that
    is new. Then it is a `ReadingConnection`. Raises MltermsError.
    """
    if not is_writable(file):
        return _connect_for_reading(file)
    try:
        return connect(file)
    except MltermsError as error:
        if not _lacks_shared_memory(error.__cause__):
            raise
    try:
        return _connect_without_shared_memory(file)
    except MltermsError as error:
        if not _is_full(error.__cause__):
            raise
    return _connect_for_reading(file)


def _connect_for_reading(file: Path) -> sqlite3.Connection:
    if not _log_of(file).exists():
        return connect(file, immutable=True)
    try:
        return connect(file, read_only=True)
    except MltermsError:  # there is a log of changes, and no room for the index to it
        return _connect_copy(file)


def use_write_ahead_log(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Keep changes in a log beside the file, so that readers and a writer do not wait for each other.

    That takes shared memory, which some network drives do not have. There the database keeps to the older
    way, and the connection that is returned is another one.
    """
    try:
        _set_journal_mode(connection, "WAL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return connection
    except sqlite3.OperationalError as error:
        if not _lacks_shared_memory(error):
            raise
    connection.close()
    return _connect_without_shared_memory(file)


def _connect_without_shared_memory(file: Path) -> sqlite3.Connection:
    with closing(connect(file, alone=True)) as connection, explain_sqlite_errors(file):
        _set_journal_mode(connection, "DELETE")
    return connect(file)


def _set_journal_mode(connection: sqlite3.Connection, mode: str) -> None:
    """Change where changes are written first, and wait for another window that does the same.

    SQLite refuses this change at once, without its own wait, while another connection writes.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(0.01)


def _is_full(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def _lacks_shared_memory(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code in _NO_SHARED_MEMORY or code & 0xFF == sqlite3.SQLITE_CANTOPEN


def _connect_copy(file: Path) -> sqlite3.Connection:
    """A read-only connection to a copy of a database with its log, in a folder that is gone again."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        shutil.copyfile(_log_of(file), _log_of(copy))
        with closing(connect(copy)) as connection, explain_sqlite_errors(file):
            connection.execute("PRAGMA journal_mode = DELETE")  # takes the log in
        return connect(copy, immutable=True)


def _log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def check_version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """The version of a database of ours, by `user_version`.

    Raises MltermsError when it is above `known`, or when the file is not a learner's database at all.
    """
    version, application = connection.execute(
        "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if application != APPLICATION_ID:
        raise MltermsError(
            f"{path}: not a database of mlterms; if it is empty and yours, delete it, or bring back a backup "
            "with `mlterms restore`"
        )
    if version > known:
        raise _newer(path, version, known)
    return int(version)


def _newer(path: Path, version: int, known: int) -> MltermsError:
    return MltermsError(
        f"{path}: written by a newer mlterms (version {version} of the database; this mlterms knows version "
        f"{known}): update mlterms"
    )


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raise MltermsError unless the database still has our version. Each writing transaction asks."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise _newer(path, version, VERSION)
    if version < VERSION:
        raise MltermsError(
            f"{path}: of an older version (a restored backup?); close mlterms and start it again"
        )


def check_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Raise MltermsError when the file is damaged."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedError(f"{path}: the database is damaged ({found})")


class explain_sqlite_errors:  # noqa: N801 - a class enters in a quarter of the time of @contextmanager
    """Turn SQLite's errors into sentences with the path of the database and what to do.

    outcome: what it means that nothing could be written. Errors in our SQL are raised as they are.
    """

    __slots__ = ("_outcome", "_path")

    def __init__(self, path: Path, outcome: str = "nothing was recorded") -> None:
        self._path, self._outcome = path, outcome

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, sqlite3.Error | UnicodeDecodeError | JSONDecodeError):
            meaning = _meaning(error, self._path)
            if meaning is not None:
                sentence = meaning.replace("{outcome}", self._outcome)
                kind = DamagedError if meaning.startswith(_DAMAGED) else MltermsError
                raise kind(f"{self._path}: {sentence}") from error


def _meaning(error: Exception, path: Path) -> str | None:
    """What an error says of the file; None where it is about our SQL."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF == sqlite3.SQLITE_READONLY and has_no_room(path):
        code = sqlite3.SQLITE_FULL
    if is_garbled(error) or isinstance(error, JSONDecodeError):
        return _DAMAGED
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(_OF_A_DAMAGED_SCHEMA):
        return f"{_DAMAGED} ({error})"
    return _MEANINGS.get(code, _MEANINGS.get(code & 0xFF))


def has_no_room(path: Path) -> bool:
    """Whether the disk is too full for the files beside the database: then it is opened for reading."""
    import shutil

    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _ROOM_TO_WRITE
    return False


@contextmanager
def without_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    """Transactions that survive a crash of the program, but not a power cut, and do not wait for the disk."""
    connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All or nothing. IMMEDIATE takes the right to write at once, DEFERRED reads one moment throughout.

    Inside another transaction it is a part of that one, which is on disk when that one is.
    """
    if connection.in_transaction:
        with _part_of_transaction(connection):
            yield
        return
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself after some errors
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _part_of_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")
