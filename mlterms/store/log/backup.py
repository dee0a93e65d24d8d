"""Copies of the learner's database: one a day, fewer of the older ones, and bringing one back.

Which to keep is a pure function of their days; everything else here acts on files. A copy is whole or it is
not there: it is made under another name, checked, and then renamed.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from mlterms.base.clock import Now
from mlterms.base.errors import CallError, MltermsError
from mlterms.base.files import locked, make_folder, make_private, sync, writing
from mlterms.store.log.connection import check_sound, check_version, connect, explained
from mlterms.store.log.files import put_aside_orphans
from mlterms.store.log.schema import VERSION
from mlterms.store.sqlite_errors import is_garbled

# So many of each, one after the other: the last 12 days, before them 10 weeks, before them 9 months, as Anki.
_KEEP: tuple[tuple[int, Callable[[date], object]], ...] = (
    (12, lambda day: day),
    (10, lambda day: day - timedelta(days=day.weekday())),
    (9, lambda day: (day.year, day.month)),
)


class Backup(NamedTuple):
    """A copy in the folder of backups. made: local time. why: "" for a daily one. size: bytes."""

    path: Path
    made: datetime
    why: str
    size: int


def worth_keeping(days: Iterable[date]) -> set[date]:
    """Of the days on which backups were made, those whose backup is kept: the last day of each period."""
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
    pattern = re.compile(
        re.escape(database.stem) + r"-(\d{4}-\d\d-\d\dT\d{6})(?:-([a-z][a-z0-9-]*))?(?:\.\d+)?\.db"
    )
    found = []
    for path in _folder(database).glob("*.db"):
        match = pattern.fullmatch(path.name)
        if match:
            try:
                made = datetime.strptime(match[1], "%Y-%m-%dT%H%M%S")
            except ValueError:
                continue  # not one of ours: there is no such day
            stat = path.stat()
            found.append((stat.st_mtime_ns, Backup(path, made, match[2] or "", stat.st_size)))
    found.sort(key=lambda each: (each[1].made, each[0]), reverse=True)
    return [backup for _, backup in found]


def back_up(database: Path, now: Now, *, to: Path | None = None, why: str = "") -> Path:
    """Copy a database, in use or not, to `to` or into its folder of backups. Where the copy is.

    why: a word or two for the file's name; such a backup is never thinned out. Raises MltermsError when there
    is nothing to copy, it is damaged, or the copy cannot be written; CallError when `to` exists.
    """
    if not database.is_file():
        what = "a folder and no database" if database.is_dir() else "there is no database yet"
        raise MltermsError(f"{database}: {what}, so nothing to back up")
    if to is None:
        make_folder(_folder(database))
        to = _free_name(database, now, why)
    elif to.exists():
        raise CallError(f"{to} exists already; give another name")
    with writing(to), closing(connect(database)) as source:
        fresh = _written(source, to.with_name(to.name + "~"), database)
        fresh.replace(to)
        sync(to.parent)
    return to


def back_up_daily(database: Path, now: Now) -> Path | None:
    """Make today's backup if there is none, and thin out the older ones. Where it is; None if there was one.

    May run in a thread of its own. Raises MltermsError as `back_up`; nothing is deleted then.
    """
    today = _local(now).date()
    if any(backup.made.date() == today and not backup.why for backup in backups(database)):
        return None
    made = back_up(database, now)
    daily = [backup for backup in backups(database) if not backup.why]
    keep = worth_keeping(backup.made.date() for backup in daily)
    for backup in daily:  # newest first, so it is the newest of a day that stays
        if backup.made.date() in keep:
            keep.discard(backup.made.date())
        else:
            backup.path.unlink(missing_ok=True)
    return made


def restore(backup: Path, database: Path, now: Now) -> Path | None:
    """Put a backup in the place of a database. Where the replaced one is kept; None if there was none.

    The backup is checked first and the present database kept as a backup of its own. Then all is replaced in
    one transaction, so whoever has it open goes on with what was restored, and a power cut leaves one or the
    other. Raises MltermsError, and changes nothing, when the backup is no sound database of ours or is of a
    newer version, or when what is in its place belongs to another program or a newer mlterms.
    """
    if not backup.is_file():
        raise CallError(f"{backup}: there is no such file")
    if database.exists() and backup.samefile(database):
        raise CallError(f"{backup} is the database itself, not a backup of it")
    with closing(connect(backup, read_only=True)) as source, explained(backup):
        check_version(source, backup, VERSION)
        check_sound(source, backup)
        make_folder(database.parent)
        with locked(database), writing(database):
            if not database.exists():
                _replace(source, database)
                return None
            if _is_damaged(database):
                kept = _keep_damaged(database, now)
                _replace(source, database)
                return kept
            kept = back_up(database, now, why="before-restore")
            with closing(connect(database)) as target, explained(database):
                _pour(source, target, database)
            return kept


def _folder(database: Path) -> Path:
    return database.with_name("backups")


def _local(now: Now) -> datetime:
    return datetime(1970, 1, 1) + timedelta(milliseconds=now.at, seconds=now.offset)


def _free_name(database: Path, now: Now, why: str) -> Path:
    name = f"{database.stem}-{_local(now):%Y-%m-%dT%H%M%S}{why and '-'}{why}"
    path = _folder(database) / f"{name}.db"
    number = 2
    while path.exists():
        path = path.with_name(f"{name}.{number}.db")
        number += 1
    return path


def _written(source: sqlite3.Connection, fresh: Path, database: Path) -> Path:
    """A sound copy of `source`, in one file that is on disk, for its owner alone."""
    fresh.unlink(missing_ok=True)  # of a run that was killed
    make_private(fresh)
    try:
        with closing(connect(fresh)) as copy, explained(database):
            _pour(source, copy, database)
            copy.execute("PRAGMA journal_mode = DELETE")
            check_sound(copy, database)
        sync(fresh)
    except BaseException:
        fresh.unlink()
        raise
    return fresh


def _pour(source: sqlite3.Connection, target: sqlite3.Connection, database: Path) -> None:
    """Make `target` hold what `source` holds, in one transaction."""

    def look(status: int, left: int, pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # sqlite3 itself would try for ever
            raise MltermsError(f"{database}: another mlterms is writing; try again in a moment")

    source.backup(target, progress=look)


def _is_damaged(database: Path) -> bool:
    """Whether a file is no readable database. Raises MltermsError where it is one, but not ours."""
    if database.stat().st_size == 0:
        return True
    try:
        with closing(connect(database)) as connection, explained(database):
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
    make_folder(_folder(database))
    kept = _free_name(database, now, "damaged")
    for suffix in ("", "-wal"):
        part = database.with_name(database.name + suffix)
        if part.exists():
            copy = kept.with_name(kept.name + suffix)
            make_private(copy)
            shutil.copyfile(part, copy)
            sync(copy)
    return kept


def _replace(source: sqlite3.Connection, database: Path) -> None:
    """Put a copy of `source` where there is no database, or none that can be read."""
    fresh = _written(source, database.with_name(database.name + "~"), database)
    put_aside_orphans(database)
    fresh.replace(database)
    sync(database.parent)
