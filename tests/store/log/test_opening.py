"""Opening the learner's database: made, brought up to date, or refused before anything is written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mlterms.base.errors import MltermsError
from mlterms.base.files import locked
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, backups, restore
from mlterms.store.log.connection import check_sqlite, connect
from mlterms.store.log.database_files import device_of
from mlterms.store.log.learner import Learner
from mlterms.store.log.migrate import open_database
from mlterms.store.log.schema import MIGRATIONS, VERSION

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_all_of_it_is_for_the_learner_alone(learner, start, give):
    give(learner, "d:t/q", Rating.GOOD, start)
    folder = learner.path.parent
    assert mode(folder) == 0o700
    for name in ("mlterms.db", "mlterms.db-wal", "mlterms.db-shm"):
        assert mode(folder / name) == 0o600, name


@posix
def test_a_database_that_others_could_read_is_taken_away_from_them(learner, opened, database):
    learner.close()
    database.chmod(0o664)
    opened(database)
    assert mode(database) == 0o600


def test_it_is_set_to_lose_nothing(learner):
    def ask(pragma):
        return learner.connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert (ask("journal_mode"), ask("synchronous"), ask("foreign_keys")) == ("wal", 2, 1)
    assert ask("busy_timeout") >= 1000
    assert ask("user_version") == len(MIGRATIONS)
    if sys.platform == "darwin":
        assert (ask("fullfsync"), ask("checkpoint_fullfsync")) == (1, 1)


def test_two_windows_may_open_it_in_the_same_moment(opened, database, monkeypatch):
    """The change to a write-ahead log is refused at once while another window is in the middle of it."""
    opened(database).close()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        waits = []

        def other_goes_on(seconds):
            waits.append(seconds)
            if len(waits) == 3:
                other.execute("COMMIT")

        monkeypatch.setattr("mlterms.store.log.connection.time.sleep", other_goes_on)
        learner = opened(database)
    assert len(waits) == 3
    assert learner.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_window_that_never_finishes_is_not_waited_for_without_end(opened, database, monkeypatch):
    opened(database).close()
    monkeypatch.setattr("mlterms.store.log.connection.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MltermsError, match="another mlterms is writing"):
            opened(database)


def test_a_value_of_the_wrong_type_is_refused(learner):
    with pytest.raises(sqlite3.IntegrityError):
        learner.connection.execute("INSERT INTO setting VALUES ('a', NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        learner.connection.execute("INSERT INTO day VALUES ('monday', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)")


def test_an_old_sqlite_is_refused_in_one_sentence(learner):
    with pytest.raises(MltermsError, match=r"brings SQLite 3\.36\.0, and mlterms needs 3\.37\.0 or newer"):
        check_sqlite(learner.connection, (3, 36, 0))
    check_sqlite(learner.connection, (3, 37, 0))


def test_a_sqlite_without_full_text_search_is_refused_in_one_sentence():
    class Without:
        """What SQLite answers when it was built without FTS5."""

        def execute(self, statement):
            assert "fts5" in statement
            return self

        def fetchone(self):
            return None

    with pytest.raises(MltermsError, match="FTS5"):
        check_sqlite(Without())


def test_a_newer_database_is_refused_before_any_write_and_both_versions_are_named(learner, database, start):
    learner.connection.execute("PRAGMA user_version = 9")
    learner.close()
    before = database.read_bytes()
    with pytest.raises(MltermsError, match=rf"version 9 .*version {VERSION}\b.*update mlterms"):
        Learner.open(database, start)
    assert database.read_bytes() == before


def test_a_newer_mlterms_that_came_while_this_one_was_open_is_noticed_before_writing(
    learner, opened, database, start, give
):
    give(learner, "d:t/q", Rating.GOOD, start)
    with closing(connect(database)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(MltermsError, match=f"version {VERSION + 1}"):
        give(learner, "d:t/q", Rating.GOOD, start)
    with pytest.raises(MltermsError, match=f"version {VERSION + 1}"):
        learner.sitting.save({})
    assert learner.last_sequence() == 2


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look like one" * 20])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(database, start, content):
    database.parent.mkdir()
    database.write_bytes(content)
    database.chmod(0o644)
    before = database.stat().st_mode
    with pytest.raises(MltermsError, match=r"mlterms\.db: not a database"):
        Learner.open(database, start)
    assert database.read_bytes() == content
    assert database.stat().st_mode == before


def test_the_database_of_another_program_is_refused_and_left_as_it_is(database, start):
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as theirs:
        theirs.execute("CREATE TABLE card (question TEXT)")
        theirs.execute("PRAGMA user_version = 1")
    database.chmod(0o644)
    before = database.read_bytes(), database.stat().st_mode
    with pytest.raises(MltermsError, match="not a database of mlterms"):
        Learner.open(database, start)
    assert (database.read_bytes(), database.stat().st_mode) == before


def test_a_path_with_odd_characters_is_taken_as_it_is(tmp_path, start, opened, give):
    path = tmp_path / "a b#c?d%41é&mode=ro" / "mlterms 2.db"
    give(opened(path), "d:t/q", Rating.GOOD, start)
    copy = back_up(path, start)
    assert path.exists()
    assert copy.name.startswith("mlterms 2-")
    assert restore(copy, path, start) is not None


def test_a_file_where_the_folder_should_be_is_said_in_a_sentence(tmp_path, start):
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(MltermsError, match="cannot be written"):
        Learner.open(tmp_path / "home" / "mlterms.db", start)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path, start):
    tmp_path.chmod(0o500)
    with pytest.raises(MltermsError, match=str(tmp_path)):
        Learner.open(tmp_path / "home" / "mlterms.db", start)
    tmp_path.chmod(0o700)


def test_a_folder_where_the_file_should_be_is_said_in_a_sentence_and_left_as_it_is(tmp_path, start):
    before = tmp_path.stat().st_mode
    tmp_path.chmod(0o755)
    with pytest.raises(MltermsError, match="a folder, where the file"):
        Learner.open(tmp_path, start)
    assert mode(tmp_path) == 0o755
    tmp_path.chmod(before)


def test_the_write_ahead_log_of_a_deleted_database_is_put_aside_and_not_played_in(
    learner, opened, database, start, give
):
    give(learner, "d:t/q", Rating.GOOD, start)
    wal = database.with_name("mlterms.db-wal").read_bytes()
    learner.close()
    database.unlink()
    database.with_name("mlterms.db-wal").write_bytes(wal)
    assert opened(database).last_sequence() == 0
    assert database.with_name("mlterms.db-wal-orphan").read_bytes() == wal


def test_what_a_killed_first_start_left_behind_does_no_harm(database, opened):
    database.parent.mkdir()
    left = [database.with_name(f".mlterms-0123456789abcdef{suffix}") for suffix in ("", "-journal")]
    for path in left:
        path.write_bytes(b"half a database")
        os.utime(path, (0, 0))
    assert opened(database).last_sequence() == 0
    assert not any(path.exists() for path in left)


# -- migrations ------------------------------------------------------------------------------------------


def add_a_column(database):
    database.execute("ALTER TABLE sitting ADD COLUMN note TEXT")


def test_an_older_database_is_brought_up_to_date_after_a_backup(learner, database, start, give):
    give(learner, "d:t/q", Rating.GOOD, start)
    learner.close()
    connection = open_database(database, start, (*MIGRATIONS, add_a_column))
    with closing(connection):
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("SELECT note FROM sitting").fetchall() == []
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (2,)
    [backup] = backups(database)
    assert backup.why == f"before-version-{VERSION + 1}"
    with closing(connect(backup.path, read_only=True)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert kept.execute("SELECT count(*) FROM event").fetchone() == (2,)


def test_a_database_is_made_through_all_migrations(database, start):
    with closing(open_database(database, start, (*MIGRATIONS, add_a_column))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    assert backups(database) == []


def fail_half_way(database):
    database.execute("CREATE TABLE half (id INTEGER)")
    database.execute("DELETE FROM sitting")
    raise ValueError("a bug in a migration")


def break_a_reference(database):
    database.execute("CREATE TABLE child (parent INTEGER REFERENCES sitting (id))")
    database.execute("INSERT INTO child VALUES (7)")


@pytest.mark.parametrize(
    ("migration", "error"), [(fail_half_way, ValueError), (break_a_reference, MltermsError)]
)
def test_a_migration_that_fails_leaves_the_version_before_it(
    learner, opened, database, start, migration, error
):
    learner.sitting.save({"at": 1})
    learner.close()
    with pytest.raises(error):
        open_database(database, start, (*MIGRATIONS, add_a_column, migration))
    with closing(connect(database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert '{"at":1}' in connection.execute("SELECT value FROM sitting").fetchone()[0]
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE name = 'half'").fetchall()
        assert tables == []


# -- two at once -----------------------------------------------------------------------------------------

_FIRST_START = """
import sys
from pathlib import Path
from mlterms.base.clock import Now
from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer, Learner

path, name = Path(sys.argv[1]), sys.argv[2]
now = Now(1_795_248_000_000, 0)
sys.stdin.readline()  # all wait here and start together
with Learner.open(path, now) as learner:
    question = f"d:t/{name}"
    learner.answer(Answer(question, Rating.GOOD), learner.state(question), now)
    print(learner.log.device)
"""


def test_first_starts_at_the_same_instant_all_work(database):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _FIRST_START, str(database), str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    results = [process.communicate(timeout=60) for process in processes]
    assert [error for _, error in results] == [""] * 4
    assert len({device for device, _ in results}) == 1
    with closing(connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM event WHERE kind = 'answer'").fetchone() == (4,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# -- the device ------------------------------------------------------------------------------------------


def test_a_device_keeps_its_name_beside_the_database(learner, opened, database):
    assert (
        learner.log.device
        == opened(database).log.device
        == database.with_name("mlterms.db.device").read_text().strip()
    )


def test_a_device_file_that_was_cut_short_is_made_anew(database):
    database.parent.mkdir()
    database.with_name("mlterms.db.device").write_bytes(b"")
    name = device_of(database)
    assert len(name) == 16
    assert device_of(database) == name


def test_a_device_that_cannot_be_written_down_has_a_name_for_this_run(tmp_path):
    (tmp_path / "mlterms.db.device").mkdir()
    name = device_of(tmp_path / "mlterms.db")
    assert len(name) == 16
    assert device_of(tmp_path / "mlterms.db") != name


def test_a_lock_is_free_again_behind_an_error(tmp_path):
    with pytest.raises(ValueError, match="inside"), locked(tmp_path / "x.db"):
        raise ValueError("inside")
    with locked(tmp_path / "x.db"):
        pass


# -- lazy ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_first_start", [True, False])
def test_opening_and_answering_load_nothing_heavy(opened, database, is_first_start):
    if not is_first_start:
        opened(database).close()
    heavy = {"numpy", "pydantic", "textual", "yaml", "click"}
    code = f"{_FIRST_START}\nprint(*sorted({heavy} & {{*sys.modules}}))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(database), "q"],
        input="go\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[1:] == [""]
