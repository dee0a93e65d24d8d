"""The first start on a disk that is nearly full, behind links, and beside files of somebody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, backups, restore
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Learner

Q = "d:t/q"


@pytest.fixture
def small_disk(tmp_path):
    """Mounts an empty file system of so many KB; skips where that is not allowed."""
    mounted = []

    def small_disk(kilobytes):
        folder = tmp_path / f"disk-{kilobytes}"
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
        if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(folder)
        return folder

    yield small_disk
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_first_start_on_a_disk_that_is_nearly_full_leaves_nothing_broken(small_disk, start):
    refused = 0
    for kilobytes in range(60, 301, 16):
        folder = small_disk(kilobytes)
        try:
            Learner.open(folder / "home" / "mlterms.db", start).close()
        except MltermsError:
            refused += 1
        subprocess.run(["mount", "-o", "remount,size=4m", str(folder)], check=True)
        with Learner.open(folder / "home" / "mlterms.db", start) as learner:
            assert examine(learner.log).problems == ()
    assert refused > 2


def test_a_link_to_a_drive_that_is_not_mounted_is_refused_and_stays(tmp_path, opened, give, start):
    drive, link = tmp_path / "drive", tmp_path / "mlterms.db"
    link.symlink_to(drive / "answers.db")
    for _ in range(2):
        with pytest.raises(MltermsError, match=r"leads to .*answers\.db, which is not there"):
            opened(link)
        drive.mkdir(exist_ok=True)  # where it is to be mounted
    assert link.is_symlink()
    with Learner.open(drive / "answers.db", start) as learner:
        give(learner, Q, Rating.GOOD, start)
    learner = opened(link)
    assert learner.card(Q).answered == 1
    assert link.is_symlink()
    assert back_up(link, start).parent == tmp_path / "backups"


def test_a_database_behind_a_link_that_is_damaged_is_mended_where_it_is(tmp_path, opened, give, start):
    drive, link = tmp_path / "drive", tmp_path / "mlterms.db"
    with Learner.open(drive / "answers.db", start) as learner:
        give(learner, Q, Rating.GOOD, start)
        backup = back_up(learner.path, start)
    link.symlink_to(drive / "answers.db")
    (drive / "answers.db").write_bytes(b"damaged" * 1000)
    restore(backup, link, start)
    assert link.is_symlink()
    assert opened(drive / "answers.db").card(Q).answered == 1


def test_files_of_somebody_else_beside_the_database_stay_as_they_are(tmp_path, opened, give, start):
    names = ("device", "device~", "answers.db~", "notes.db~", "notes.db~-wal", "answers.db.new")
    for name in names:
        (tmp_path / name).write_text("mine")
    learner = opened(tmp_path / "answers.db")
    give(learner, Q, Rating.GOOD, start)
    back_up(learner.path, start, to=tmp_path / "notes.db")
    assert [(tmp_path / name).read_text() for name in names] == ["mine"] * len(names)


def test_the_log_of_a_lost_database_is_kept_also_when_another_was_lost_before(tmp_path, opened):
    for text in ("one", "two", "three"):
        (tmp_path / "mlterms.db").unlink(missing_ok=True)
        (tmp_path / "mlterms.db-wal").write_text(text)
        opened(tmp_path / "mlterms.db").close()
    assert {path.read_text() for path in tmp_path.glob("*-wal-orphan*")} == {"one", "two", "three"}


_BACK_UP = """
import sys, time
from pathlib import Path
from mlterms.base.clock import Now
from mlterms.store.log.backup import back_up, back_up_daily
while time.time() < float(sys.argv[2]):
    pass
for _ in range(3):
    back_up(Path(sys.argv[1]), Now(1_795_248_000_000, 3600))
back_up_daily(Path(sys.argv[1]), Now(1_795_348_000_000, 3600))
"""


def test_backups_of_one_second_do_not_hinder_each_other(database, learner, give, start):
    give(learner, Q, Rating.GOOD, start)
    begin = str(time.time() + 1)
    ran = [
        subprocess.Popen([sys.executable, "-c", _BACK_UP, str(database), begin], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in ran] == [(b"", 0)] * 3
    assert {backup.made.day for backup in backups(database)} == {21, 22}
    for backup in backups(database):
        with Learner.open(backup.path, start) as copy:
            assert copy.card(Q).answered == 1


def test_a_backup_for_which_there_is_no_room_says_that_it_was_not_written(small_disk, learner, give, start):
    give(learner, Q, Rating.GOOD, start)
    with pytest.raises(MltermsError, match="the disk is full; it was not written"):
        back_up(learner.path, start, to=small_disk(40) / "copy.db")


@pytest.mark.parametrize("suffixes", [("",), ("", "-wal")], ids=str)
def test_a_database_on_a_full_disk_is_read_examined_and_backed_up_elsewhere(
    small_disk, learner, give, start, opened, suffixes
):
    give(learner, Q, Rating.GOOD, start)
    if "-wal" not in suffixes:
        learner.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = small_disk(1200) / "mlterms.db"
    for suffix in suffixes:
        shutil.copyfile(f"{learner.path}{suffix}", f"{path}{suffix}")
    path.chmod(0o600)
    with (path.parent / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4096)
    there = opened(path)
    assert there.card(Q).answered == 1
    assert examine(there.log).problems == ()
    with Learner.open(back_up(path, start, to=learner.path.with_name("rescued.db")), start) as rescued:
        assert rescued.card(Q).answered == 1
    with pytest.raises(MltermsError, match="the disk is full; nothing was recorded"):
        give(there, Q, Rating.GOOD, start)
    asked = [sys.executable, "-m", "mlterms", "--database", str(path), "doctor"]
    home = {**os.environ, "HOME": str(learner.path.parent)}
    ran = subprocess.run(asked, capture_output=True, text=True, env=home)
    assert (ran.returncode, "the disk is full" in ran.stdout + ran.stderr) == (1, True), ran
