"""Backups of the learner's database: making one, thinning out the older ones, and restoring one.

Which to keep is a pure function of their days; everything else acts on files. A backup is written under
another name, checked, and then renamed, so there is never half of one.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from itertools import count as numbers_from
from pathlib import Path
from typing import NamedTuple

from mlterms.base.atomic import replacing
from mlterms.base.clock import Now
from mlterms.base.digest import sha256
from mlterms.base.errors import CallError, DamagedError, MltermsError
from mlterms.base.files import explain_write_errors, locked, make_folder
from mlterms.base.paths import rescue_folder
from mlterms.store.log.connection import (
    check_sound,
    check_version,
    connect,
    connect_readable,
    explain_sqlite_errors,
)
from mlterms.store.log.database_files import put_aside_orphans, real_path, replacing_database
from mlterms.store.log.schema import VERSION
from mlterms.store.log.schema_check import check_schema
from mlterms.store.sqlite_errors import is_garbled

# How many of each are kept: the last 12 days, before them 10 weeks, before them 9 months, as in Anki.
_KEEP: tuple[tuple[int, Callable[[date], object]], ...] = (
    (12, lambda day: day),
    (10, lambda day: day - timedelta(days=day.weekday())),
    (9, lambda day: (day.year, day.month)),
)


DAMAGED = "damaged"
"""Why a copy was made: of a file that cannot be read as a database."""

_KEEP_WITH_REASON = 20
"""The newest backups that were made for a reason stay: before a restore, of a damaged file, and so on."""


_OF = "of-"  # before the mark of the path from which a copy was rescued


class Backup(NamedTuple):
    """A file in the folder of backups. made: local time. why: "" for a daily one. size: in bytes."""

    path: Path
    made: datetime
    why: str
    size: int


def worth_keeping(days: Iterable[date]) -> set[date]:
    """The days, among those with a backup, whose backup is kept: the last day of each period."""
    left = sorted(set(days))
    kept: list[date] = []
    for count, period in _KEEP:
        while left and count:
            day = left.pop()
            if not kept or period(day) != period(kept[-1]):
                kept.append(day)
                count -= 1
    return set(kept)


def backups(database: Path) -> list[Backup]:
    """The backups of a database, newest first."""
    return _copies_in(_folder(database), database)


def backups_and_rescued(database: Path) -> list[Backup]:
    """Its backups and what was rescued when it was moved or deleted, newest first."""
    rescued = _copies_in(rescue_folder(), database)
    of_others = [copy for copy in rescued if copy.why.startswith(_OF) and copy.why != _place_mark(database)]
    found = [*backups(database), *(copy for copy in rescued if copy not in of_others)]
    return sorted(found, key=lambda each: each.made, reverse=True)


def rescue(source: sqlite3.Connection, database: Path, now: Now) -> Path:
    """Copy an open database whose file is gone to our own data folder. Where it is. Raises MltermsError.

    All databases are rescued to one folder, and many have the same name. So the name of the copy also has a
    mark of the path: the events would not tell whose it is, since the name of the device is in a file beside
    the database, which may be gone with it.
    """
    return copy_to_folder(source, database, rescue_folder(), now, _place_mark(database))


def _place_mark(database: Path) -> str:
    """Tells the path of a database from other paths: `of-3f9a0c21`."""
    return _OF + sha256(os.fsencode(database.absolute())).hexdigest()[:8]


def _copies_in(folder: Path, database: Path) -> list[Backup]:
    """The copies of a database in a folder, newest first."""
    pattern = re.compile(
        re.escape(database.stem) + r"-(\d{4}-\d\d-\d\dT\d{6})(?:-([a-z][a-z0-9-]*))?(?:\.\d+)?\.db"
    )
    found = []
    for path in folder.glob("*.db"):
        match = pattern.fullmatch(path.name)
        if match:
            try:
                made = datetime.strptime(match[1], "%Y-%m-%dT%H%M%S")
                stat = path.stat()
            except (ValueError, OSError):
                continue  # there is no such day, so it is not one of ours; or another window has just thinned
            found.append((stat.st_mtime_ns, Backup(path, made, match[2] or "", stat.st_size)))
    found.sort(key=lambda each: (each[1].made, each[0]), reverse=True)
    return [backup for _, backup in found]


def back_up(database: Path, now: Now, *, to: Path | None = None, why: str = "") -> Path:
    """Copy a database, in use or not, to `to` or into its folder of backups. Returns where the copy is.

    why: a word or two for the file's name. Raises MltermsError if there is nothing to copy, if it is damaged,
    or if the copy cannot be written; CallError if `to` exists.
    """
    file = real_path(database)
    if not file.is_file():
        what = "a folder and no database" if file.is_dir() else "there is no database yet"
        raise MltermsError(f"{database}: {what}, so nothing to back up")
    with closing(connect_readable(file)) as source:
        _check_ours(source, database)
        if to is None:
            return copy_to_folder(source, database, _folder(database), now, why)
        with explain_write_errors(to):
            try:
                return _copy(source, database, to)
            except FileExistsError:
                raise CallError(f"{to} exists already; give another name") from None


def back_up_daily(database: Path, now: Now) -> Path | None:
    """Make today's backup and thin out the older ones. Returns where it is; None if there was one already.

    Can run in another thread. Raises MltermsError as `back_up` does, and deletes nothing then.
    """
    today = _local(now).date()
    if _has_daily(database, today):
        return None
    make_folder(_folder(database))
    with locked(_folder(database) / "daily"):
        if _has_daily(database, today):  # another window was quicker
            return None
        new = back_up(database, now)
        _thin_out(backups(database))
        return new


def _has_daily(database: Path, day: date) -> bool:
    return any(backup.made.date() == day and not backup.why for backup in backups(database))


def _thin_out(found: Sequence[Backup]) -> None:
    """Delete the backups, newest first in `found`, that are not worth keeping."""
    daily = [backup for backup in found if not backup.why]
    keep = worth_keeping(backup.made.date() for backup in daily)
    for backup in daily:  # the newest of a day stays
        if backup.made.date() in keep:
            keep.discard(backup.made.date())
        else:
            backup.path.unlink(missing_ok=True)
    for backup in [backup for backup in found if backup.why][_KEEP_WITH_REASON:]:
        backup.path.unlink(missing_ok=True)


def restore(backup: Path, database: Path, now: Now) -> Path | None:
    """Replace a database with a backup. Returns where the replaced one is kept; None if there was none.

    The backup is checked first, and the present database is kept as a backup too. Then everything is replaced
    in one transaction, so a window that has it open continues with what was restored, and a power cut leaves
    one or the other. Only where there is no database, or a damaged one, the file itself is replaced: a window
    that has the old one open then says that it cannot record.

    Raises MltermsError, and changes nothing, when the backup is not a sound database of ours or comes from a
    newer version, or when the file in its place belongs to another program or a newer mlterms.
    """
    if not backup.is_file():
        raise CallError(f"{backup}: {'not a file' if backup.exists() else 'there is no such file'}")
    file = real_path(database)
    if file.exists() and backup.samefile(file):
        raise CallError(f"{backup} is the database itself, not a backup of it")
    with closing(_open_backup(backup)) as source, explain_sqlite_errors(backup):
        make_folder(file.parent)
        with locked(file), explain_write_errors(file):
            if not file.exists():
                _replace(source, file)
                return None
            if _is_damaged(file):
                kept = _keep_damaged(database, now)
                _replace(source, file)
                return kept
            kept = back_up(database, now, why="before-restore")
            with closing(connect(file)) as target, explain_sqlite_errors(file):
                _pour(source, target, file)
            return kept


def _open_backup(backup: Path) -> sqlite3.Connection:
    """A connection to a backup that is sound and ours. Raises MltermsError where it is not."""
    if not _may_be_database(backup):
        raise MltermsError(
            f"{backup}: not a backup; `mlterms backup --list` lists those that there are. "
            "An export cannot be restored"
        )
    try:
        source = connect(backup, read_only=True)
        try:
            with explain_sqlite_errors(backup):
                version = check_version(source, backup, VERSION)
                check_sound(source, backup)
                check_schema(source, backup, version)
        except BaseException:
            source.close()
            raise
    except DamagedError as error:
        raise MltermsError(
            f"{backup}: this backup is damaged, so nothing was changed; `mlterms backup --list` lists all "
            "that there are"
        ) from error
    return source


def _check_ours(source: sqlite3.Connection, database: Path) -> None:
    """Raise MltermsError unless it has our tables: a copy without them would push out good backups."""
    with explain_sqlite_errors(database):
        version = check_version(source, database, sys.maxsize)
        if version <= VERSION:
            check_schema(source, database, version)


def _folder(database: Path) -> Path:
    return database.with_name("backups")


def _local(now: Now) -> datetime:
    return datetime(1970, 1, 1) + timedelta(milliseconds=now.at, seconds=now.offset)


def _free_names(folder: Path, stem: str, now: Now, why: str) -> Iterator[Path]:
    """Names for a backup that no file has, the best first."""
    name = f"{stem}-{_local(now):%Y-%m-%dT%H%M%S}{why and '-'}{why}"
    for number in numbers_from(1):
        path = folder / (f"{name}.{number}.db" if number > 1 else f"{name}.db")
        if not path.exists():
            yield path


def copy_to_folder(source: sqlite3.Connection, database: Path, folder: Path, now: Now, why: str = "") -> Path:
    """Copy an open database into a folder under a free name. Where the copy is. Raises MltermsError."""
    make_folder(folder)
    for path in _free_names(folder, database.stem, now, why):
        with explain_write_errors(path), suppress(FileExistsError):  # another window took the name meanwhile
            return _copy(source, database, path)
    raise AssertionError("there is always another name")


def _copy(source: sqlite3.Connection, database: Path, to: Path) -> Path:
    """A sound copy of `source` in the new file `to`. Raises FileExistsError if there is one."""
    if to.exists():
        raise FileExistsError(to)
    with replacing_database(to, exclusive=True) as copy:
        _pour(source, copy, database)
    return to


def _pour(source: sqlite3.Connection, target: sqlite3.Connection, database: Path) -> None:
    """Make `target` hold what `source` holds, in one transaction."""

    def look(status: int, left: int, pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # sqlite3 itself would try forever
            raise MltermsError(f"{database}: another mlterms is writing; try again in a moment")

    source.backup(target, progress=look)


def _may_be_database(file: Path) -> bool:
    """Whether it begins as SQLite's files do, or cannot be read, which SQLite explains better."""
    with suppress(OSError), file.open("rb") as content:
        return content.read(16) == b"SQLite format 3\0"
    return True


def _is_damaged(database: Path) -> bool:
    """Whether a file is not a readable database. Raises MltermsError where it is one, but not ours."""
    if database.stat().st_size == 0:
        return True
    try:
        with closing(connect(database)) as connection, explain_sqlite_errors(database):
            check_version(connection, database, VERSION)
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except MltermsError as error:
        cause = error.__cause__
        # Malformed or no database; not busy, not forbidden.
        if isinstance(cause, Exception) and (type(cause) is sqlite3.DatabaseError or is_garbled(cause)):
            return True
        raise


def _keep_damaged(database: Path, now: Now) -> Path:
    """Copy a damaged database with its write-ahead log, byte by byte, to where the backups are."""
    file = real_path(database)
    make_folder(_folder(database))
    kept = next(_free_names(_folder(database), database.stem, now, DAMAGED))
    for suffix in ("", "-wal"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            with replacing(kept.with_name(kept.name + suffix)) as scratch:
                shutil.copyfile(part, scratch)
    return kept


def _replace(source: sqlite3.Connection, database: Path) -> None:
    """Put a copy of `source` where there is no database, or none that can be read."""
    with replacing_database(database) as copy:
        _pour(source, copy, database)
        put_aside_orphans(database)
