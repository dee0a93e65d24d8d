"""A database that is deleted, replaced or unplugged under an open window: told, and saved elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, backups, backups_and_rescued, restore
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
def test_the_error_says_that_an_answer_is_not_recorded_and_all_before_it_is_saved(
    learner, start, give, opened, accident
):
    give(learner, A, Rating.GOOD, start)
    accident(learner.path)
    with pytest.raises(MltermsError, match="not recorded in it") as raised:
        give(learner, B, Rating.GOOD, start)
    saved = Path(re.search(r"restore (\S+\.db)`", str(raised.value))[1])
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
        lambda: learner.sitting.save({"open": None}),
        lambda: learner.change_settings({"new_per_day": 3}, start),
    ):
        with pytest.raises(MltermsError, match="not recorded in it"):
            act()
    assert len(list((tmp_path / "data" / "mlterms" / "rescued").iterdir())) == 1


def test_what_was_rescued_is_offered_to_the_database_of_that_path_alone(learner, start, give, tmp_path):
    give(learner, A, Rating.GOOD, start)
    learner.path.unlink()
    with pytest.raises(MltermsError, match="not recorded in it"):
        give(learner, B, Rating.GOOD, start)
    (saved,) = (tmp_path / "data" / "mlterms" / "rescued").iterdir()
    assert [copy.path for copy in backups_and_rescued(learner.path)] == [saved]
    assert backups_and_rescued(tmp_path / "of a friend" / learner.path.name) == []


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
    saved = Path(re.search(r"restore (\S+\.db)`", str(raised.value))[1])
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
    restore(Path(re.search(r"restore (\S+\.db)", str(raised.value))[1]), learner.path, start)
    with Learner.open(learner.path, start) as again:
        assert again.card(A).answered == 1


# -- written over, as `cp backup.db mlterms.db` does -------------------------------------------------------


@pytest.fixture
def with_history(learner, start, give):
    """A learner whose answers are in the database itself and no longer in its log of changes."""
    for number in range(300):
        give(learner, f"d:t/{number}", Rating.GOOD, start)
    learner.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    give(learner, A, Rating.GOOD, start)
    return learner


def overwrite_by(copy: Path, path: Path) -> None:
    path.write_bytes(copy.read_bytes())  # the same file, with other content


@pytest.fixture
def backup_of_another(tmp_path, start, give):
    with Learner.open(tmp_path / "other" / "mlterms.db", start) as other:
        give(other, B, Rating.GOOD, start)
        return back_up(other.path, start)


def test_a_file_written_over_an_open_database_is_reported_and_stays_when_the_window_closes(
    with_history, start, give, opened, backup_of_another
):
    overwrite_by(backup_of_another, with_history.path)
    for _ in range(2):
        with pytest.raises(MltermsError, match=r"overwritten while it was open.*not recorded in it"):
            give(with_history, "d:t/more", Rating.GOOD, start)
    with_history.close()
    again = opened(with_history.path)
    assert (again.card(A), again.card(B).answered) == (None, 1)
    assert examine(again.log).problems == ()


def test_what_was_written_over_a_database_stays_also_if_the_window_closes_without_another_answer(
    with_history, start, opened, backup_of_another
):
    overwrite_by(backup_of_another, with_history.path)
    with_history.close()
    again = opened(with_history.path)
    assert (again.card(A), again.card(B).answered) == (None, 1)
    assert examine(again.log).problems == ()


def test_an_older_copy_of_the_same_size_is_seen_too(with_history, start, give):
    path = with_history.path
    give(with_history, "d:t/0", Rating.GOOD, start.later(DAY))
    with_history.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = path.read_bytes()
    give(with_history, "d:t/1", Rating.GOOD, start.later(DAY))
    with_history.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    give(with_history, "d:t/2", Rating.GOOD, start.later(DAY))
    path.write_bytes(older)
    with pytest.raises(MltermsError, match="overwritten while it was open"):
        give(with_history, "d:t/3", Rating.GOOD, start.later(DAY))


def test_a_database_that_was_emptied_is_reported_and_no_backup_of_it_is_made(with_history, start, give):
    back_up(with_history.path, start)
    with_history.path.write_bytes(b"")
    with pytest.raises(MltermsError, match="overwritten while it was open"):
        give(with_history, B, Rating.GOOD, start)
    with_history.close()
    with pytest.raises(MltermsError):
        back_up(with_history.path, start.later(DAY))
    (kept,) = backups(with_history.path)
    restore(kept.path, with_history.path, start.later(DAY))
    with Learner.open(with_history.path, start) as again:
        assert again.card(A).answered == 1


def test_what_is_all_in_the_log_of_changes_is_saved_from_a_database_that_was_written_over(
    learner, start, give, opened, backup_of_another
):
    give(learner, A, Rating.GOOD, start)
    overwrite_by(backup_of_another, learner.path)
    with pytest.raises(MltermsError, match="overwritten") as raised:
        give(learner, B, Rating.GOOD, start)
    saved = opened(Path(re.search(r"restore (\S+\.db)`", str(raised.value))[1]))
    assert saved.card(A).answered == 1
    assert examine(saved.log).problems == ()


def test_other_windows_that_write_and_take_their_changes_in_are_no_cause_for_alarm(with_history, start, give):
    for number in range(6):
        with Learner.open(with_history.path, start) as other:
            give(other, f"d:u/{number}", Rating.GOOD, start)
            if number % 2:
                other.connection.execute(
                    f"PRAGMA wal_checkpoint({['PASSIVE', 'FULL', 'TRUNCATE'][number // 2]})"
                )
        give(with_history, f"d:v/{number}", Rating.GOOD, start)
    with_history.path.touch()
    with_history.path.chmod(0o600)
    give(with_history, "d:v/last", Rating.GOOD, start)
    assert examine(with_history.log).problems == ()


def test_a_deleted_index_of_the_log_of_changes_is_reported(learner, start, give):
    """Without it a second window would not see the first, and write where that writes."""
    give(learner, A, Rating.GOOD, start)
    learner.path.with_name(f"{learner.path.name}-shm").unlink()
    with pytest.raises(MltermsError, match="not recorded in it"):
        give(learner, B, Rating.GOOD, start)
