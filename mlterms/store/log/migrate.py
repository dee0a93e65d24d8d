"""Opening the learner's database: creating it if it is not there, and bringing an older one up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError
from mlterms.base.files import explain_write_errors, keep_private, locked, make_folder
from mlterms.store.log.connection import (
    ReadingConnection,
    check_version,
    connect_readable,
    explain_sqlite_errors,
    transaction,
    use_write_ahead_log,
)
from mlterms.store.log.database_files import put_aside_orphans, real_path, replacing_database
from mlterms.store.log.log import Log
from mlterms.store.log.schema import APPLICATION_ID, MIGRATIONS, Migration
from mlterms.store.log.schema_check import check_triggers


def open_database(
    path: Path, now: Now, migrations: Sequence[Migration] = MIGRATIONS, *, create: bool = True
) -> sqlite3.Connection:
    """A connection to the learner's database in version `len(migrations)`.

    If there is none, it is created, for its owner only; without `create`, an empty one in memory is returned
    instead. An older one is brought up to date after a backup. Raises MltermsError, before anything is
    written, if it is newer, is not ours, or cannot be read.
    """
    file = real_path(path)
    if file.is_dir():
        raise MltermsError(f"{path}: a folder, where the file of your answers should be; give another one")
    if file.exists() and not file.is_file():
        raise MltermsError(f"{path}: a device or a pipe, where the file of your answers should be")
    if not file.exists():
        if not create:
            return _empty(path, migrations)
        _create(file, migrations)
    connection = connect_readable(file)
    try:
        with explain_sqlite_errors(path):
            version = check_version(connection, path, len(migrations))
            check_triggers(connection, path)
            if not isinstance(connection, ReadingConnection):
                _prepare(connection, path, file, now, migrations)
                connection = use_write_ahead_log(connection, file)
            elif version < len(migrations):
                raise MltermsError(
                    f"{path}: of an older version and read-only, so it cannot be brought up to date; copy it "
                    "to a place where it can be written, and name that with --database"
                )
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(
    connection: sqlite3.Connection, path: Path, file: Path, now: Now, migrations: Sequence[Migration]
) -> None:
    """Make a database that is known to be ours private and bring it up to date."""
    for suffix in ("", "-wal", "-shm"):
        keep_private(file.with_name(file.name + suffix))
    if check_version(connection, path, len(migrations)) < len(migrations):
        _update(connection, path, now, migrations)


def _create(path: Path, migrations: Sequence[Migration]) -> None:
    """Create the database under another name and then rename it, so that nobody ever sees half of it."""
    make_folder(path.parent)
    with locked(path), explain_write_errors(path), suppress(FileExistsError):
        if path.exists():  # the other of two first starts was quicker
            return
        put_aside_orphans(path)
        with replacing_database(path, exclusive=True) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _apply(connection, path, migrations)


def _empty(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _apply(connection, path, migrations)
    return connection


def _update(connection: sqlite3.Connection, path: Path, now: Now, migrations: Sequence[Migration]) -> None:
    from mlterms.store.log.backup import back_up

    with locked(real_path(path)):
        version = check_version(connection, path, len(migrations))
        if version < len(migrations):  # else the other of two first starts was quicker
            back_up(path, now, why=f"before-version-{len(migrations)}")
            _apply(connection, path, migrations)


def _apply(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Run each migration in its own transaction, together with the version that it leads to."""
    from mlterms.store.log.rebuild import rebuild_within

    connection.execute("PRAGMA foreign_keys = OFF")  # a table that is replaced is dropped first
    try:
        for version in range(check_version(connection, path, len(migrations)), len(migrations)):
            with transaction(connection):
                migrations[version](connection)
                if version and version + 1 == len(migrations):
                    rebuild_within(Log(connection, path))  # what is folded may have other columns now
                if connection.execute("PRAGMA foreign_key_check").fetchone():
                    raise MltermsError(
                        f"{path}: updating it to version {version + 1} failed; it is as it was"
                    )
                connection.execute(f"PRAGMA user_version = {version + 1}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
