"""A database of an earlier version, with everything that can be in it, brought up to date."""

from __future__ import annotations

from contextlib import closing

import pytest

from mlterms.memory.days import day_of
from mlterms.memory.state import Rating
from mlterms.store.log.backup import backups
from mlterms.store.log.integrity import examine
from mlterms.store.log.migrate import open_database
from mlterms.store.log.schema import MIGRATIONS
from tests.store.canonical import canonical

A, B, C = (f"mlterms:term/{slug}" for slug in "abc")
DAY = 86_400_000
_OF_VERSION_1 = (
    'uuid, device, stamp, at, "offset", day, kind, version, question, nth, previous, target, before, after, '
    "policy, value, rating, mode, phase, correct, confidence, milliseconds, recall, asked, given"
)


@pytest.fixture
def lived(learner, start, give):
    """A learner with some of everything in the log, mature reviews among it."""
    for day in (0, 3, 15, 60, 200):
        give(learner, A, Rating.GOOD, start.later(day * DAY), seconds=day / 10, correct=day != 60)
    give(learner, B, Rating.EASY, start, given="ü\ud800")
    learner.undo(give(learner, B, Rating.AGAIN, start.later(DAY)).uuid, start.later(DAY))
    learner.suspend(C, start)
    learner.change_settings({"light_days": [6], "desired_retention": 0.85}, start)
    learner.rename(C, "mlterms:term/d", start)
    learner.set_parameters(None, start)
    return learner


@pytest.fixture
def old(lived, tmp_path, start):
    """The same log in a database of version 1."""
    path = tmp_path / "old" / "mlterms.db"
    with closing(open_database(path, start, MIGRATIONS[:1])) as connection:
        connection.execute("ATTACH ? AS lived", (str(lived.path),))
        connection.execute(
            f"INSERT INTO event ({_OF_VERSION_1}) SELECT {_OF_VERSION_1} FROM lived.event ORDER BY seq"
        )
    return path


def test_an_upgrade_keeps_the_log_and_folds_it_again(lived, old, opened):
    upgraded = opened(old)
    assert list(canonical(upgraded.log)) == list(canonical(lived.log))
    assert [event[1:] for event in upgraded.events()] == [event[1:] for event in lived.events()]
    assert examine(upgraded.log).problems == ()
    assert [backup.why for backup in backups(old)] == [f"before-version-{len(MIGRATIONS)}"]


def test_the_log_of_an_upgraded_database_cannot_be_changed(old, opened):
    connection = opened(old).connection
    for statement in ("UPDATE event SET rating = 4", "DELETE FROM event"):
        with pytest.raises(Exception, match="events are never"):
            connection.execute(statement)


def test_a_day_knows_young_and_mature_reviews_and_the_right_ones_of_each(lived, start):
    today = day_of(start)
    seen = [lived.day(today + day) for day in (0, 3, 15, 60, 200)]
    assert [(day.young, day.young_right, day.mature, day.mature_right) for day in seen] == [
        (0, 0, 0, 0),
        (0, 0, 0, 0),  # the second learning step
        (1, 1, 0, 0),
        (0, 0, 1, 0),  # graded as wrong, however it was rated
        (0, 0, 1, 1),
    ]
    assert seen[4].minutes == 20 / 60


def test_a_review_of_three_weeks_is_mature_and_one_of_twenty_days_is_young(learner, start, give):
    learner.change_settings({"maximum_interval": 20}, start)
    give(learner, A, Rating.EASY, start)
    learner.change_settings({"maximum_interval": 21}, start)
    for number in range(4):
        give(learner, A, Rating.EASY, start.later((number + 1) * 30 * DAY))
    days = [learner.day(day_of(start) + 30 * number) for number in range(5)]
    intervals = [event.interval for event in learner.events(A)]
    assert [interval >= 21 for interval in intervals[1:]] == [day.mature == 1 for day in days[1:]]
    assert {20, 21} & set(intervals[1:])
    assert sum(day.young + day.mature for day in days) == 4
