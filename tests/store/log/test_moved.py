"""A database that is deleted, replaced or unplugged under an open window: told, and saved elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, restore
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Answer, Learner

A, B = "d:t/a", "d:t/b"
DAY = 86_400_000


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def delete(path: Path) -> None:
    path.unlink()


def delete_all(path: Path) -> None:
    shutil.rmtree(path.parent)


def delete_the_log_of_changes(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def move_the_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def replace_by_an_older_copy(path: Path) -> None:
    shutil.copyfile(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


def lead_the_link_elsewhere(path: Path) -> None:
    other = path.with_name("other.db")
    shutil.copyfile(path, other)
    path.unlink()
    path.symlink_to(other)


ACCIDENTS = [
    *(delete, delete_all, delete_the_log_of_changes, move_the_folder, replace_by_an_older_copy),
    lead_the_link_elsewhere,
]


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_it_is_told_that_an_answer_is_not_recorded_and_all_before_it_is_saved(
    learner, start, give, opened, accident
):
    give(learner, A, Rating.GOOD, start)
    accident(learner.path)
    with pytest.raises(MltermsError, match="not recorded in it") as raised:
        give(learner, B, Rating.GOOD, start)
    saved = Path(re.search(r"saved in (\S+\.db);", str(raised.value))[1])
    copy = opened(saved)
    assert copy.card(A).answered == 1
    assert copy.card(B) is None
    assert examine(copy.log).problems == ()


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_every_later_act_is_refused_too_and_only_one_copy_is_saved(learner, start, give, accident, tmp_path):
    give(learner, A, Rating.GOOD, start)
    accident(learner.path)
    for act in (
        lambda: give(learner, B, Rating.GOOD, start),
        lambda: learner.suspend(B, start),
        lambda: learner.undo(learner.undoable().uuid, start),
        lambda: learner.save_sitting({"open": None}),
        lambda: learner.change_settings({"new_per_day": 3}, start),
    ):
        with pytest.raises(MltermsError, match="not recorded in it"):
            act()
    assert len(list((tmp_path / "data" / "mlterms" / "rescued").iterdir())) == 1


def test_an_answer_that_was_on_its_way_when_the_file_went_is_in_what_is_saved(learner, start, opened):
    class Deleting(Mapping):
        """A sitting that is written at the end of the transaction; that is when the file goes."""

        def __iter__(self):
            learner.path.unlink(missing_ok=True)
            return iter(["open"])

        def __len__(self):
            return 1

        def __getitem__(self, key):
            return None

    with pytest.raises(MltermsError, match="not recorded in it") as raised:
        learner.answer(Answer(A, Rating.GOOD), learner.state(A), start, sitting=Deleting())
    saved = Path(re.search(r"saved in (\S+\.db);", str(raised.value))[1])
    assert opened(saved).card(A).answered == 1


def test_a_restore_over_a_damaged_database_is_seen_by_the_window_that_has_it_open(
    learner, start, give, opened
):
    give(learner, A, Rating.GOOD, start)
    backup = back_up(learner.path, start)
    give(learner, B, Rating.GOOD, start)
    with learner.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    learner.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with learner.path.open("r+b") as file:
        file.seek(0)
        file.write(b"\xff" * 8192)
    restore(backup, learner.path, start)
    with pytest.raises(MltermsError, match="not recorded in it"):
        give(learner, A, Rating.GOOD, start.later(DAY))
    again = opened(learner.path)
    assert (again.card(A).answered, again.card(B)) == (1, None)


def test_a_restore_over_a_sound_database_is_followed_by_the_window_that_has_it_open(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    backup = back_up(learner.path, start)
    give(learner, B, Rating.GOOD, start)
    restore(backup, learner.path, start)
    give(learner, A, Rating.GOOD, start.later(DAY))
    assert (learner.card(A).answered, learner.card(B)) == (2, None)


def test_what_is_saved_can_be_restored_in_the_place_of_what_was_deleted(learner, start, give, opened):
    give(learner, A, Rating.GOOD, start)
    delete_all(learner.path)
    with pytest.raises(MltermsError) as raised:
        give(learner, B, Rating.GOOD, start)
    restore(Path(re.search(r"mlterms restore (\S+\.db)", str(raised.value))[1]), learner.path, start)
    with Learner.open(learner.path, start) as again:
        assert again.card(A).answered == 1
