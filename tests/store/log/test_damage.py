"""A database that a disk has damaged or a stranger has written: it is told in sentences."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up, restore
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Learner

A, B, C = (f"mlterms:term/{slug}" for slug in "abc")
DAY = 86_400_000


def live(learner, start, give):
    """Some of everything in the log."""
    for day in range(5):
        give(learner, A, Rating.GOOD, start.later(day * day * DAY), asked={"kind": "choice"}, given=["x"])
    give(learner, B, Rating.AGAIN, start, correct=False, confidence=3)
    learner.undo(give(learner, B, Rating.EASY, start.later(DAY)).uuid, start.later(DAY))
    learner.suspend(C, start)
    learner.bury(B, 21_000, start)
    learner.change_settings({"light_days": [6], "desired_retention": 0.85}, start)
    learner.rename(C, "mlterms:term/d", start)
    learner.sitting.save({"open": None})


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a sound database, and the events in it."""
    from mlterms.base.clock import Now
    from mlterms.store.log.learner import Answer

    start = Now(1_795_248_000_000, 3600)

    def give(learner, question, rating, now, **more):
        return learner.answer(Answer(question, Rating(rating), **more), learner.state(question), now)

    path = tmp_path_factory.mktemp("sound") / "mlterms.db"
    with Learner.open(path, start) as learner:
        live(learner, start, give)
        events = list(learner.events())
        learner.connection.execute("VACUUM")
    return path.read_bytes(), events


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_is_reported_or_changes_nothing(sound, tmp_path, start, seed):
    content, events = sound
    rng = random.Random(seed)
    path = tmp_path / "mlterms.db"
    silent = 0
    for _ in range(40):
        damaged = bytearray(content)
        damaged[rng.randrange(100, len(damaged))] ^= 1 << rng.randrange(8)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.write_bytes(damaged)
        path.chmod(0o600)
        with suppress(MltermsError), Learner.open(path, start) as learner:
            if not examine(learner.log).problems:
                silent += 1
                assert list(learner.events()) == events
    assert silent > 0  # most of the file is empty


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE event SET asked = '{' WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET given = '7' WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET device = 'other' WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET policy = 'none' WHERE seq = 3", "does not know"),
        ("UPDATE event SET at = at + 1 WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET version = '9' WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET recall = 0.5 WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET after = '[' WHERE seq = 3", "not as it was written"),
        ("UPDATE event SET value = '{' WHERE kind = 'settings'", "not as it was written"),
    ],
)
def test_doctor_names_the_event_that_is_not_what_was_written(learner, start, give, tamper, change, words):
    live(learner, start, give)
    tamper(learner, change)
    assert any(words in problem for problem in examine(learner.log).problems)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET after = '[1]' WHERE kind = 'answer'",
        "UPDATE event SET before = 'null'",
        "UPDATE event SET value = '{}' WHERE kind <> 'answer'",
        "UPDATE event SET value = '[' WHERE kind <> 'answer'",
        "UPDATE event SET policy = 'gone' WHERE kind = 'answer'",
        "UPDATE event SET question = '' WHERE question IS NOT NULL",
        "UPDATE event SET stamp = 9223372036854775807 WHERE seq = 3",
        "UPDATE event SET day = 9223372036854775807, milliseconds = 60000 WHERE kind = 'answer'",
        "UPDATE setting SET value = '{'",
    ],
)
@pytest.mark.parametrize("sealed", [False, True])
def test_doctor_survives_what_means_nothing_and_answers_are_refused_in_sentences(
    learner, start, give, tamper, change, sealed
):
    live(learner, start, give)
    for statement in change.split(";"):
        tamper(learner, statement, sealed)
    assert examine(learner.log).problems
    assert examine(learner.log, rebuild=True).events == 13
    for act in (
        lambda: give(learner, A, Rating.GOOD, start.later(60 * DAY)),
        lambda: learner.undo(list(learner.events())[2].uuid, start.later(61 * DAY)),
        lambda: learner.undoable(),
        lambda: learner.reload_settings(),
        lambda: learner.sitting.read(),
    ):
        with suppress(MltermsError):
            act()


@pytest.mark.parametrize("value", ["", "{", "[]", "7", "null", '"x"', "[" * 5000, "\x00"])
def test_a_damaged_sitting_is_none(learner, value):
    learner.connection.execute("INSERT INTO sitting VALUES (1, ?)", (value,))
    assert learner.sitting.read() is None
    learner.sitting.save({"open": 1})
    assert learner.sitting.read() == {"open": 1}


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM card; END",
        "CREATE VIEW shown AS SELECT * FROM event",
        "CREATE VIRTUAL TABLE words USING fts5 (x)",
        "DROP TRIGGER event_stays; CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT 1; END",
        "DROP TRIGGER event_remains",
        "ALTER TABLE card RENAME COLUMN phase TO phrase",
        "ALTER TABLE setting ADD COLUMN more TEXT",
        "DROP TABLE day; CREATE VIEW day AS SELECT 1 AS day",
        "DROP TABLE sitting",
    ],
)
def test_a_database_with_the_tables_of_a_stranger_is_not_restored(
    learner, start, give, tmp_path, change, opened
):
    live(learner, start, give)
    backup = back_up(learner.path, start)
    with closing(sqlite3.connect(backup)) as connection:
        connection.executescript(change)
    for target in (learner.path, tmp_path / "new" / "mlterms.db"):
        with pytest.raises(MltermsError, match="damaged or not from mlterms"):
            restore(backup, target, start)
    assert examine(learner.log).problems == ()
    assert not (tmp_path / "new" / "mlterms.db").exists()


@pytest.mark.parametrize("change", ["CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM card; END"])
def test_a_database_with_triggers_of_a_stranger_is_not_opened(learner, opened, change):
    learner.connection.execute(change)
    with pytest.raises(MltermsError, match="`evil`"):
        opened(learner.path)


def test_a_sitting_of_which_a_bit_has_flipped_is_none(learner):
    learner.sitting.save({"open": {"id": A, "order": [2, 0, 1]}, "since": 3})
    (value,) = learner.connection.execute("SELECT value FROM sitting").fetchone()
    for place in range(len(value)):
        for bit in range(7):
            damaged = value[:place] + chr(ord(value[place]) ^ 1 << bit) + value[place + 1 :]
            learner.connection.execute("UPDATE sitting SET value = ?", (damaged,))
            assert learner.sitting.read() in (None, {"open": {"id": A, "order": [2, 0, 1]}, "since": 3})


@pytest.mark.parametrize(
    ("text", "damaged"), [("coalesce", "coalmsce"), ("REFERENCES event (uuid)", "REFERENCES event (uuie)")]
)
def test_a_damaged_word_in_the_schema_is_reported_when_an_answer_is_given(
    learner, start, give, opened, text, damaged
):
    give(learner, A, Rating.GOOD, start)
    schema = learner.connection
    schema.execute("PRAGMA writable_schema = ON")
    changed = schema.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE instr(sql, ?)", (text, damaged, text)
    ).rowcount
    assert changed
    learner.close()
    with pytest.raises(MltermsError, match="damaged"):
        give(opened(learner.path), A, Rating.GOOD, start.later(DAY))


def test_a_row_that_refers_to_a_lost_event_is_reported_as_damage(learner):
    from mlterms.store.log.connection import explain_sqlite_errors

    columns = [name for _, name, *_ in learner.connection.execute("PRAGMA table_info(card)")]
    values = ", ".join({"question": "'q'", "last_event": "99"}.get(name, "0") for name in columns)
    with pytest.raises(MltermsError, match="damaged"), explain_sqlite_errors(learner.path):
        learner.connection.execute(f"INSERT INTO card VALUES ({values})")
