"""Folders of the learner's own, and locks where there are none."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from mlterms.base.errors import MltermsError
from mlterms.base.files import locked, make_folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_every_new_folder_can_be_entered_by_its_owner_only_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        make_folder(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    for name in ("a", "a/b", "a/b/c"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700


def test_a_file_in_the_place_of_a_folder_is_reported_in_a_sentence(tmp_path):
    (tmp_path / "a").touch()
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(MltermsError, match="cannot be written"):
            make_folder(folder)


def test_a_lock_keeps_others_waiting(tmp_path):
    code = (
        "import sys; from pathlib import Path; from mlterms.base.files import locked\n"
        "with locked(Path(sys.argv[1])): print('mine')"
    )
    with locked(tmp_path / "x"):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "x")], stdout=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
    assert other.communicate(timeout=60) == ("mine\n", None)


# A file system whose flock answers as NFS without locks does.
_WITHOUT_LOCKS = """
import fcntl, sys
from pathlib import Path
def flock(handle, how):
    raise OSError(int(sys.argv[2]), "as this file system answers")
fcntl.flock = flock
from mlterms.base.files import locked
with locked(Path(sys.argv[1])):
    print("inside")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in another way")
@pytest.mark.parametrize(
    ("number", "inside"), [(errno.ENOLCK, True), (errno.ENOTSUP, True), (errno.EIO, False)]
)
def test_a_file_system_without_locks_is_worked_on_without_and_an_error_names_the_file(
    tmp_path, number, inside
):
    command = [sys.executable, "-c", _WITHOUT_LOCKS, str(tmp_path / "x"), str(number)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout == ("inside\n" if inside else "")
    assert inside or f"{tmp_path / 'x.lock'}: cannot be written" in ran.stderr
