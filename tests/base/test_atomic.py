"""Files that are written whole, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mlterms.base.atomic import replacing, sync, write_whole
from mlterms.base.errors import MltermsError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_there_stays_until_the_new_content_is_whole(tmp_path):
    path = tmp_path / "x"
    write_whole(path, b"old")
    with replacing(path) as scratch:
        scratch.write_bytes(b"half of the n")
        assert path.read_bytes() == b"old"
        scratch.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["x"]


def test_an_error_on_the_way_leaves_the_old_content_and_nothing_else(tmp_path):
    path = tmp_path / "x"
    write_whole(path, b"old")

    def fail():
        with replacing(path) as scratch:
            scratch.with_name(scratch.name + "-journal").write_bytes(b"of SQLite")
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        fail()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("name", ["x~", "x.new", "x.tmp", ".x~", ".mlterms", ".mlterms-notes", "device"])
def test_a_file_of_somebody_else_is_never_taken_for_scratch(tmp_path, name):
    (tmp_path / name).write_text("mine")
    os.utime(tmp_path / name, (0, 0))
    write_whole(tmp_path / "x", b"new")
    assert (tmp_path / name).read_text() == "mine"


def test_what_a_killed_program_left_is_swept_after_a_day(tmp_path):
    old, fresh = (tmp_path / f".mlterms-{digit * 16}" for digit in "ab")
    for path in (old, fresh):
        path.write_text("half")
    os.utime(old, (0, 0))
    write_whole(tmp_path / "x", b"new")
    assert names(tmp_path) == [fresh.name, "x"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640])
def test_a_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "x"
    path.write_text("old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_new_file_can_be_read_by_its_owner_only_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        write_whole(tmp_path / "x", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600


def test_a_link_stays_a_link_and_the_file_behind_it_is_replaced(tmp_path):
    (tmp_path / "drive").mkdir()
    real = tmp_path / "drive" / "x"
    real.write_text("old")
    link = tmp_path / "link"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_link_to_a_place_that_is_not_there_is_refused_with_its_target(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "drive" / "x")
    with pytest.raises(MltermsError, match="drive/x, which is not there"):
        write_whole(link, b"new")
    assert link.is_symlink()


def test_a_circle_of_links_is_refused(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(MltermsError, match="in a circle"):
        write_whole(tmp_path / "a", b"new")


def test_of_two_that_may_not_replace_each_other_one_is_refused(tmp_path):
    path = tmp_path / "x"
    slower = replacing(path, exclusive=True)
    scratch = slower.__enter__()
    with replacing(path, exclusive=True) as quicker:
        quicker.write_bytes(b"the quicker one")
    scratch.write_bytes(b"the slower one")
    with pytest.raises(FileExistsError):
        slower.__exit__(None, None, None)
    assert path.read_bytes() == b"the quicker one"
    assert names(tmp_path) == ["x"]


def test_writers_in_threads_leave_one_whole_content(tmp_path):
    contents = [bytes([65 + n]) * 100_000 for n in range(8)]
    threads = [threading.Thread(target=write_whole, args=(tmp_path / "x", each)) for each in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "x").read_bytes() in contents
    assert names(tmp_path) == ["x"]


# A file system whose fsync answers as CIFS and some FUSE ones do.
_CANNOT_SYNC = """
import errno, os, stat, sys
from pathlib import Path
real = os.fsync
def fsync(handle):
    if stat.S_ISDIR(os.fstat(handle).st_mode) or sys.argv[2] == "files too":
        raise OSError(int(sys.argv[3]), "as this file system answers")
    real(handle)
os.fsync = fsync
from mlterms.base.atomic import write_whole
write_whole(Path(sys.argv[1]), b"new")
"""


@pytest.mark.parametrize(
    ("what", "number", "succeeds"),
    [
        ("folders", errno.EINVAL, True),
        ("folders", errno.EIO, True),
        ("files too", errno.EINVAL, True),
        ("files too", errno.ENOSPC, False),
        ("files too", errno.EIO, False),
    ],
)
def test_a_file_system_that_cannot_sync_is_no_failure_and_a_disk_error_is(tmp_path, what, number, succeeds):
    command = [sys.executable, "-c", _CANNOT_SYNC, str(tmp_path / "x"), what, str(number)]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ran.returncode == 0) == succeeds
    assert names(tmp_path) == (["x"] if succeeds else [])


def test_a_folder_that_is_not_there_cannot_be_synced_and_nobody_minds(tmp_path):
    sync(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "file")
