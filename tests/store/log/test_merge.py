"""Two machines' logs put together."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.errors import CallError, MltermsError
from mlterms.memory.days import day_of
from mlterms.memory.schedule import replay
from mlterms.memory.state import Rating
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.log.merge import merge
from mlterms.store.log.schema import VERSION
from tests.store.canonical import canonical

A, B = "mlterms:term/a", "mlterms:term/b"
MINUTE, DAY = 60_000, 86_400_000


@pytest.fixture
def two(opened, learner, tmp_path, database, start, give):
    """Two machines with a past in common."""
    give(learner, A, Rating.GOOD, start)
    copy = tmp_path / "away" / "mlterms.db"
    copy.parent.mkdir()
    with closing(sqlite3.connect(copy)) as target:
        learner.connection.backup(target)
    return learner, opened(copy)


def lines(learner):
    return list(canonical(learner.log))


def merge_both(one, other, tmp_path):
    """Each takes over what the other had before."""
    kept = tmp_path / "before.db"
    with closing(sqlite3.connect(kept)) as target:
        one.connection.backup(target)
    merge(one, other.path)
    merge(other, kept)


def test_a_copied_database_is_another_device(two, start, give):
    one, other = two
    assert give(one, A, Rating.GOOD, start).device != give(other, A, Rating.GOOD, start).device


def test_answers_on_two_machines_come_to_the_answers_in_their_order(two, tmp_path, start, give):
    one, other = two
    times = [start.later(n * DAY) for n in (1, 2, 3, 4)]
    give(one, A, Rating.HARD, times[0])
    give(other, A, Rating.AGAIN, times[1])
    give(one, A, Rating.GOOD, times[2])
    give(other, A, Rating.EASY, times[3])
    merge_both(one, other, tmp_path)
    ratings = (Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.GOOD, Rating.EASY)
    alone = replay(one.policy, zip(ratings, (start, *times), strict=True), A)
    assert one.state(A) == other.state(A) == alone
    assert lines(one) == lines(other)
    assert one.card(A).answered == 5
    assert not examine(one.log).problems
    assert not examine(other.log).problems


def test_merging_again_adds_nothing(two, start, give):
    one, other = two
    give(other, B, Rating.GOOD, start)
    assert merge(one, other.path) == 1
    before = lines(one)
    assert merge(one, other.path) == 0
    assert lines(one) == before


def test_a_database_merges_while_it_is_in_use(two, start, give):
    one, other = two
    give(other, B, Rating.GOOD, start)
    merge(one, other.path)
    give(other, B, Rating.GOOD, start.later(DAY))
    assert merge(one, other.path) == 1


def test_what_was_undone_on_one_machine_is_undone_on_both(two, tmp_path, start, give):
    one, other = two
    [first] = one.answers_since(0)
    give(other, A, Rating.GOOD, start.later(DAY))
    one.undo(first.uuid, start.later(2 * DAY))
    merge_both(one, other, tmp_path)
    assert lines(one) == lines(other)
    assert one.state(A) == replay(one.policy, [(Rating.GOOD, start.later(DAY))], A)
    assert one.day(day_of(start)).answered == 0


def test_an_answer_to_an_old_id_on_another_machine_finds_the_renamed_question(two, tmp_path, start, give):
    one, other = two
    one.rename(A, B, start)
    give(one, B, Rating.GOOD, start.later(DAY))
    give(other, A, Rating.HARD, start.later(2 * DAY))
    merge_both(one, other, tmp_path)
    assert one.card(B).answered == 3
    assert lines(one) == lines(other)
    assert not examine(other.log).problems


def test_settings_changed_on_both_machines_are_both_kept(two, tmp_path, start):
    one, other = two
    one.change_settings({"new_per_day": 3, "desired_retention": 0.8}, start)
    other.change_settings({"reviews_per_day": 50, "desired_retention": 0.95}, start.later(1000))
    merge_both(one, other, tmp_path)
    assert one.settings == other.settings
    assert (one.settings.new_per_day, one.settings.reviews_per_day) == (3, 50)
    assert one.policy.desired_retention == 0.95


def test_settings_that_do_not_fit_together_leave_both_machines_with_the_same(two, tmp_path, start, give):
    one, other = two
    one.change_settings({"maximum_interval": 2}, start)
    other.change_settings({"learning_steps": [60, 10 * 86_400]}, start)
    merge_both(one, other, tmp_path)
    assert one.settings == other.settings
    assert one.policy.learning_steps == (60, 864_000)
    assert one.policy.maximum_interval == 36_500
    give(one, B, Rating.GOOD, start.later(DAY))
    one.change_settings({"new_per_day": 1}, start.later(DAY))
    assert not examine(one.log).problems


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_what_is_no_database_of_ours_is_refused(learner, tmp_path, content):
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(MltermsError, match=r"other\.db: "):
        merge(learner, path)
    assert learner.last_sequence() == 0


def test_a_file_that_is_not_there_is_refused(learner, tmp_path):
    with pytest.raises(CallError, match="no such file"):
        merge(learner, tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_another_programs_database_is_refused(learner, tmp_path):
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE event (uuid)")
    with pytest.raises(MltermsError, match="not a database of mlterms"):
        merge(learner, path)


def test_a_newer_database_is_refused_and_both_versions_are_named(two):
    one, other = two
    other.connection.execute("PRAGMA user_version = 7")
    with pytest.raises(MltermsError, match=rf"version 7.*version {VERSION}"):
        merge(one, other.path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET rating = 4 WHERE kind = 'answer'",
        "UPDATE event SET before = after WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET nth = 9 WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET stamp = 1 WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET question = 'x:y/z' WHERE seq = (SELECT max(seq) FROM event)",
    ],
)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_log_that_was_tampered_with_is_refused_and_nothing_changes(
    two, start, give, tamper, change, sealed
):
    one, other = two
    give(other, A, Rating.GOOD, start.later(DAY))
    tamper(other, change, sealed)
    before = lines(one)
    with pytest.raises(MltermsError, match="not merged"):
        merge(one, other.path)
    assert lines(one) == before
    assert len(list(one.events())) == 2


ACTS = st.lists(
    st.tuples(
        st.booleans(),  # on which machine
        st.sampled_from(["answer", "answer", "answer", "cram", "undo", "flag", "suspend", "rename", "set"]),
        st.integers(0, 3),
        st.integers(-2, 3),  # days that its clock goes on
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_union_is_the_same_in_either_order_and_in_three_steps(tmp_path_factory, start, acts):
    folder = tmp_path_factory.mktemp("merge")
    nows = [start, start.later(MINUTE)]
    paths = [folder / name / "mlterms.db" for name in ("one", "two")]
    machines = [Learner.open(path, start) for path in paths]
    for machine in machines:
        machine.connection.execute("PRAGMA synchronous = OFF")  # a power cut is not what is tested here
    try:
        for away, kind, number, days in acts:
            machine, now = machines[away], nows[away].later(days * DAY)
            nows[away] = now
            act(machine, kind, number, now)
        copies = [folder / name / "mlterms.db" for name in ("three", "four")]
        for path, copy in zip(paths, copies, strict=True):
            copy.parent.mkdir()
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        merge(machines[0], paths[1])
        merge(machines[1], copies[0])
        with Learner.open(copies[1], start) as fourth, Learner.open(copies[0], start) as third:
            merge(fourth, copies[0])
            merge(third, copies[0])
            merge(third, paths[0])
            assert lines(machines[0]) == lines(machines[1]) == lines(fourth) == lines(third)
        for machine in machines:
            assert not examine(machine.log).problems
    finally:
        for machine in machines:
            machine.close()
        shutil.rmtree(folder)


def act(machine, kind, number, now):
    question = f"mlterms:term/{'abcd'[number]}"
    if kind in ("answer", "cram"):
        mode = "cram" if kind == "cram" else "scheduled"
        machine.answer(Answer(question, Rating(number + 1), mode), machine.state(question), now)
    elif kind == "undo":
        events = [e for e in machine.events() if e.uuid not in machine.log.all_undone()]
        if events:
            machine.undo(events[-1 - number % len(events)].uuid, now)
    elif kind == "flag":
        machine.flag(question, now)
    elif kind == "suspend":
        machine.suspend(question, now, on=number % 2 == 0)
    elif kind == "set":
        machine.change_settings({"desired_retention": 0.8 + number / 100}, now)
    else:
        try:
            machine.rename(question, f"mlterms:term/{'bcda'[number]}", now)
        except MltermsError:
            assert machine.last_sequence() > 0
