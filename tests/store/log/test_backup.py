"""Backups: which are kept, that they are whole, and that one can be brought back."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.base.errors import CallError, MltermsError
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, back_up_daily, backups, restore, worth_keeping
from mlterms.store.log.connection import connect
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Learner
from mlterms.store.log.schema import VERSION
from tests.store.canonical import canonical

Q = "mlterms:epoch/one-pass"
DAY = 86_400_000
FIRST = date(2026, 1, 1)


def days_of(*numbers):
    return {FIRST + timedelta(days=number) for number in numbers}


def counted(path):
    with closing(connect(path, read_only=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT count(*) FROM event WHERE kind = 'answer'").fetchone()[0]


# -- which to keep ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (range(0), ()),
        (range(12), range(12)),
        # 2026-01-01 was a Thursday. The twelve days to the 14th; before them the last day of the first week.
        (range(13), range(1, 13)),
        (range(16), range(3, 16)),
        (range(17), (3, *range(5, 17))),
        (range(24), (3, 10, *range(12, 24))),
        # however long ago: twelve days, then weeks, then months
        (range(0, 365, 30), range(0, 365, 30)),
        ([0, 0, 0, 400], (0, 400)),
    ],
)
def test_the_last_twelve_days_are_kept_and_of_earlier_weeks_the_last_day(days, kept):
    assert worth_keeping(FIRST + timedelta(days=day) for day in days) == days_of(*kept)


def test_after_years_of_days_there_are_twelve_days_ten_weeks_and_nine_months():
    held: set[date] = set()
    for number in range(600):
        held = worth_keeping(held | days_of(number))
    last = FIRST + timedelta(days=599)
    newest_first = sorted(held, reverse=True)
    assert newest_first[:12] == [last - timedelta(days=n) for n in range(12)]
    sundays = newest_first[12:22]
    assert sundays == [sundays[0] - timedelta(weeks=n) for n in range(10)]
    assert sundays[0].weekday() == 6
    assert last - sundays[0] <= timedelta(days=18)
    months = [12 * day.year + day.month for day in newest_first[21:]]
    assert months == [months[0] - n for n in range(10)]


@given(st.sets(st.integers(0, 2000)))
def test_thinning_out_keeps_the_newest_never_invents_one_and_is_done_after_once(numbers):
    days = days_of(*numbers)
    kept = worth_keeping(days)
    assert kept <= days
    assert len(kept) <= 31
    assert worth_keeping(kept) == kept
    assert set(sorted(days)[-12:]) <= kept


# -- making one ------------------------------------------------------------------------------------------


def test_a_backup_is_one_private_file_that_holds_what_was_acknowledged(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    path = back_up(learner.path, start)
    assert path == learner.path.parent / "backups" / "mlterms-2026-11-21T090000.db"
    assert counted(path) == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_backup_is_made_while_the_database_is_in_use(learner, opened, database, start, give):
    other = opened(database)
    other.connection.execute("BEGIN IMMEDIATE")
    give_up = back_up(database, start)
    other.connection.execute("ROLLBACK")
    assert counted(give_up) == 0


def test_two_backups_of_one_second_are_two(learner, start):
    paths = [back_up(learner.path, start, why="before-restore") for _ in range(3)]
    assert len(set(paths)) == 3
    assert [backup.why for backup in backups(learner.path)] == ["before-restore"] * 3


def test_a_backup_can_go_anywhere_but_over_something(learner, tmp_path, start):
    path = tmp_path / "mine.db"
    assert back_up(learner.path, start, to=path) == path
    assert counted(path) == 0
    with pytest.raises(CallError, match="exists already"):
        back_up(learner.path, start, to=path)
    with pytest.raises(MltermsError, match="cannot be written"):
        back_up(learner.path, start, to=tmp_path / "none" / "mine.db")
    assert backups(learner.path) == []


def test_there_is_nothing_to_back_up_before_the_first_start(database, start):
    with pytest.raises(MltermsError, match="no database yet"):
        back_up(database, start)
    assert not database.parent.exists()


def test_a_damaged_database_is_not_taken_for_a_backup(learner, database, start, give):
    give(learner, Q, Rating.GOOD, start)
    learner.close()
    damage(database)
    with pytest.raises(MltermsError):
        back_up(database, start)
    assert not (database.parent / "backups").exists() or not list((database.parent / "backups").iterdir())


def test_one_backup_a_day_is_made_by_itself(learner, start):
    path = back_up_daily(learner.path, start)
    assert back_up_daily(learner.path, start.later(14 * 3_600_000)) is None  # 23:00
    assert back_up_daily(learner.path, start.later(15 * 3_600_000)) is not None
    assert [backup.made.day for backup in backups(learner.path)] == [22, 21]
    assert path == backups(learner.path)[-1].path


def test_of_old_backups_fewer_are_kept_and_of_those_made_for_a_reason_the_last_20(learner, start):
    folder = learner.path.parent / "backups"
    folder.mkdir()
    for number in range(40):
        day = date(2026, 11, 20) - timedelta(days=number)
        (folder / f"mlterms-{day}T120000.db").write_bytes(b"")
        (folder / f"mlterms-{day}T120000-before-restore.db").write_bytes(b"")
    (folder / "mlterms-2026-11-20T080000.db").write_bytes(b"")
    (folder / "other-2026-10-01T080000.db").write_bytes(b"")
    (folder / "mlterms-2026-02-30T080000.db").write_bytes(b"")
    back_up_daily(learner.path, start)
    daily = [backup.made for backup in backups(learner.path) if not backup.why]
    assert {made.date() for made in daily} == worth_keeping(
        date(2026, 11, 21) - timedelta(days=number) for number in range(41)
    )
    assert [made.hour for made in daily] == [9, *[12] * (len(daily) - 1)]
    reasoned = [backup.made.date() for backup in backups(learner.path) if backup.why == "before-restore"]
    assert reasoned == [date(2026, 11, 20) - timedelta(days=number) for number in range(20)]
    assert (folder / "other-2026-10-01T080000.db").exists()
    assert (folder / "mlterms-2026-02-30T080000.db").exists()


def test_backups_are_listed_newest_first_with_their_size(learner, start):
    back_up(learner.path, start)
    back_up(learner.path, start.later(DAY))
    newest, oldest = backups(learner.path)
    assert newest.made > oldest.made
    assert newest.size == newest.path.stat().st_size > 0
    assert backups(learner.path.with_name("none.db")) == []


# -- bringing one back -----------------------------------------------------------------------------------


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


@pytest.fixture
def backup(learner, start, give):
    """A backup from when there was one answer; there are two now."""
    give(learner, Q, Rating.GOOD, start)
    path = back_up(learner.path, start)
    give(learner, Q, Rating.GOOD, start.later(DAY))
    return path


def test_a_restored_backup_is_what_it_was_and_what_it_replaced_is_kept(
    learner, opened, database, start, backup
):
    learner.close()
    kept = restore(backup, database, start)
    learner = opened(database)
    assert learner.card(Q).answered == 1
    assert examine(learner.log).problems == ()
    assert counted(kept) == 2
    assert [each.why for each in backups(database)] == ["before-restore", ""]
    restore(kept, database, start)
    assert learner.card(Q).answered == 2


def test_a_restore_reaches_a_window_that_is_open(learner, start, give, backup):
    learner.change_settings({"new_per_day": 3}, start)
    restore(backup, learner.path, start)
    assert learner.card(Q).answered == 1
    give(learner, Q, Rating.GOOD, start.later(2 * DAY))
    assert learner.settings.new_per_day == 10
    assert examine(learner.log).problems == ()


def test_a_backup_is_restored_where_there_is_no_database(tmp_path, opened, start, backup):
    path = tmp_path / "new" / "mlterms.db"
    assert restore(backup, path, start) is None
    assert opened(path).card(Q).answered == 1
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("how", ["torn", "empty", "garbage", "garbled"])
def test_a_damaged_database_is_replaced_and_kept_byte_by_byte(learner, opened, database, start, backup, how):
    learner.close()
    if how == "torn":
        damage(database)
    elif how == "garbled":  # a table's own text is no UTF-8, and what SQLite says about it is none either
        database.write_bytes(
            database.read_bytes().replace(b"CREATE TABLE event", b"\xa5\xa5\xa5\xa5\xa5\xa5 TABLE event")
        )
        with pytest.raises(MltermsError, match="damaged"):
            opened(database)
    else:
        database.write_bytes(b"" if how == "empty" else b"no database" * 500)
    before = database.read_bytes()
    kept = restore(backup, database, start)
    assert kept.read_bytes() == before
    assert opened(database).card(Q).answered == 1


@pytest.mark.parametrize("content", [b"", b"garbage" * 3000, b"SQLite format 3\x00" + b"\x00" * 8176])
def test_what_is_no_backup_is_refused_and_nothing_changes(learner, tmp_path, start, give, content):
    give(learner, Q, Rating.GOOD, start)
    path = tmp_path / "mine.db"
    path.write_bytes(content)
    with pytest.raises(MltermsError, match=r"mine\.db"):
        restore(path, learner.path, start)
    assert learner.card(Q).answered == 1
    assert backups(learner.path) == []


def test_a_torn_backup_is_refused(learner, start, backup):
    damage(backup)
    with pytest.raises(MltermsError, match="this backup is damaged, so nothing was changed"):
        restore(backup, learner.path, start)
    assert learner.card(Q).answered == 2


def test_a_backup_of_a_newer_version_is_refused(learner, start, backup):
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 5")
    with pytest.raises(MltermsError, match=rf"version 5.*version {VERSION}"):
        restore(backup, learner.path, start)


@pytest.mark.parametrize("content", [b"", b'{"rating": "good"}\n'], ids=["empty", "an export"])
def test_what_is_not_a_backup_is_refused_with_where_the_backups_are(learner, start, tmp_path, content):
    file = tmp_path / "answers.jsonl"
    file.write_bytes(content)
    with pytest.raises(MltermsError, match="not a backup; `mlterms backup --list` lists"):
        restore(file, learner.path, start)


def test_the_database_of_another_program_is_not_replaced(tmp_path, start, backup):
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    before = theirs.read_bytes()
    with pytest.raises(MltermsError, match="not a database of mlterms"):
        restore(backup, theirs, start)
    assert theirs.read_bytes() == before


def test_a_database_is_not_restored_from_itself_or_from_nothing(learner, start, tmp_path):
    with pytest.raises(CallError, match="itself"):
        restore(learner.path, learner.path, start)
    with pytest.raises(CallError, match="no such file"):
        restore(tmp_path / "none.db", learner.path, start)


def test_a_restore_does_not_wait_for_ever_for_another_program(learner, start, backup, monkeypatch):
    monkeypatch.setattr("mlterms.store.log.connection.BUSY_SECONDS", 0.01)
    learner.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(MltermsError, match="another mlterms is writing"):
        restore(backup, learner.path, start)
    learner.connection.execute("ROLLBACK")
    assert learner.card(Q).answered == 2


_RESTORER = """
import sys
from pathlib import Path
from mlterms.base.clock import Now
from mlterms.store.log.backup import restore

print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), Now(1_795_248_000_000, 0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_restore_that_is_killed_leaves_the_one_or_the_other(database, start, give):
    with Learner.open(database, start) as learner:
        for n in range(30):
            give(learner, f"{Q}-{n}", Rating.GOOD, start, given="long " * 2000)
        backup = back_up(database, start)
        old = list(canonical(learner.log))
        give(learner, Q, Rating.GOOD, start)
        new = list(canonical(learner.log))
    for milliseconds in (0, 2, 4, 8, 16, 32, 500):
        with subprocess.Popen(
            [sys.executable, "-c", _RESTORER, str(backup), str(database)], stdout=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            try:
                process.wait(timeout=milliseconds / 1000)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        with Learner.open(database, Now(start.at, 0)) as learner:
            assert list(canonical(learner.log)) in (old, new)
            assert examine(learner.log).problems == ()
