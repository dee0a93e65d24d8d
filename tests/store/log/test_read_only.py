"""A database in a place that cannot be written: it can be read and rescued, and answering is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.days import day_of
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Learner
from mlterms.store.log.migrate import open_database
from mlterms.store.log.schema import MIGRATIONS

A, B = "d:t/a", "d:t/b"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders there have no such modes")


@pytest.fixture
def read_only(tmp_path):
    """Makes a folder read-only: by a mount of its own where this user may write everywhere."""
    made = []

    def read_only(folder):
        if os.geteuid():
            made.append(["chmod", "-R", "u+w", str(folder)])
            subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True)
            return
        for mount in (["mount", "--bind", folder, folder], ["mount", "-o", "remount,ro,bind", folder]):
            if subprocess.run(mount, capture_output=True, check=False).returncode:
                pytest.skip("nothing can be mounted here")
        made.append(["umount", "-l", str(folder)])

    yield read_only
    for command in made:
        subprocess.run(command, check=True)


def copied(learner, tmp_path, *suffixes):
    """The files of an open database as a power cut or a copy leaves them."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for suffix in ("", *suffixes):
        shutil.copyfile(learner.path.with_name(f"mlterms.db{suffix}"), folder / f"mlterms.db{suffix}")
    return folder / "mlterms.db"


@pytest.mark.parametrize("suffixes", [(), ("-wal",), ("-wal", "-shm")], ids=str)
def test_it_is_read_examined_and_backed_up(learner, start, give, tmp_path, opened, read_only, suffixes):
    give(learner, A, Rating.GOOD, start)
    if not suffixes:
        learner.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = copied(learner, tmp_path, *suffixes)
    path.chmod(0o644)
    read_only(path.parent)
    there = opened(path)
    assert there.card(A).answered == 1
    assert there.day(day_of(start)).answered == 1
    assert len(list(there.events())) == 2
    assert [problem for problem in examine(there.log).problems if "chmod" not in problem] == []
    with Learner.open(back_up(path, start, to=tmp_path / "rescued.db"), start) as rescued:
        assert rescued.card(A).answered == 1


@pytest.mark.parametrize("suffixes", [(), ("-wal",), ("-wal", "-shm")], ids=str)
def test_an_answer_is_refused_in_a_sentence_that_says_why(
    learner, start, give, tmp_path, opened, read_only, suffixes
):
    give(learner, A, Rating.GOOD, start)
    path = copied(learner, tmp_path, *suffixes)
    read_only(path.parent)
    there = opened(path)
    for act in (
        lambda: give(there, B, Rating.GOOD, start),
        lambda: there.suspend(A, start),
        lambda: there.sitting.save({}),
        lambda: there.change_settings({"new_per_day": 1}, start),
    ):
        with pytest.raises(MltermsError, match="read-only, so nothing was recorded"):
            act()


def test_a_database_of_an_older_version_says_that_it_must_be_copied(tmp_path, start, opened, read_only):
    folder = tmp_path / "stick"
    open_database(folder / "mlterms.db", start, MIGRATIONS[:1]).close()
    read_only(folder)
    with pytest.raises(MltermsError, match="older version and read-only"):
        opened(folder / "mlterms.db")


def test_a_folder_without_a_database_that_cannot_be_written_is_named(tmp_path, opened, read_only):
    folder = tmp_path / "stick"
    folder.mkdir()
    read_only(folder)
    with pytest.raises(MltermsError, match="cannot be written"):
        opened(folder / "mlterms.db")


def test_a_live_database_keeps_its_log_when_it_is_only_read(learner, start, give):
    from mlterms.store.log.connection import connect_readable

    give(learner, A, Rating.GOOD, start)
    with closing(connect_readable(learner.path)) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (2,)


@pytest.mark.parametrize("name", ["null", "zero"])
def test_a_device_is_not_taken_for_a_database(opened, tmp_path, name):
    (tmp_path / "mlterms.db").symlink_to(f"/dev/{name}")
    with pytest.raises(MltermsError, match="a device or a pipe"):
        opened(tmp_path / "mlterms.db")


@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_system_without_shared_memory_has_the_older_way_to_write(
    tmp_path, opened, give, start, is_new
):
    """A link in the place of the file of shared memory keeps SQLite from using any: it follows none there."""
    path = tmp_path / "home" / "mlterms.db"
    if not is_new:
        with Learner.open(path, start) as learner:
            give(learner, B, Rating.GOOD, start)
    path.parent.mkdir(exist_ok=True)
    path.with_name("mlterms.db-shm").symlink_to("nowhere")
    learner = opened(path)
    give(learner, A, Rating.GOOD, start)
    assert learner.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert opened(path).card(A).answered == 1
    assert is_new or learner.card(B).answered == 1
    assert examine(learner.log).problems == ()
    with Learner.open(back_up(path, start), start) as copy:
        assert copy.card(A).answered == 1
