"""The folded tables made anew: the same bytes, and right again after anything was wrong with them."""

from __future__ import annotations

import pytest

from mlterms.memory.state import Rating
from mlterms.store.log.integrity import examine
from mlterms.store.log.rebuild import rebuild
from tests.store.canonical import canonical

A, B, C = (f"mlterms:term/{slug}" for slug in "abc")
DAY = 86_400_000


@pytest.fixture
def lived(learner, start, give):
    """A learner with some of everything in the log."""
    for n in range(6):
        give(learner, A, Rating.GOOD, start.later(n * n * DAY), seconds=n)
    give(learner, B, Rating.AGAIN, start)
    learner.undo(give(learner, B, Rating.EASY, start.later(DAY)).uuid, start.later(DAY))
    learner.suspend(C, start)
    learner.change_settings({"light_days": [6], "desired_retention": 0.85}, start)
    learner.rename(C, "mlterms:term/d", start)
    return learner


def dump(learner):
    tables = ("card", "day", "setting", "renamed")
    return [learner.connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]


def test_a_rebuild_of_what_is_right_changes_nothing(lived):
    before = dump(lived)
    report = rebuild(lived.log)
    assert dump(lived) == before
    assert report.wrong == {"card": 0, "day": 0, "setting": 0, "renamed": 0}
    assert (report.events, report.cards) == (13, 3)


@pytest.mark.parametrize(
    ("damage", "wrong"),
    [
        ("DELETE FROM card", {"card": 3}),
        ("UPDATE card SET stability = stability + 1e-13 WHERE phase <> 0", {"card": 2}),
        ("UPDATE card SET flagged = 1", {"card": 3}),
        ("UPDATE card SET question = 'x:y/z' WHERE question = 'mlterms:term/a'", {"card": 2}),
        ("UPDATE day SET milliseconds = milliseconds + 1", {"day": 6}),
        ("INSERT INTO day VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)", {"day": 1}),
        ("DELETE FROM setting", {"setting": 2}),
        ("DELETE FROM renamed", {"renamed": 1}),
        ("UPDATE card SET last_event = 1 WHERE question = 'mlterms:term/a'", {"card": 1}),
    ],
)
def test_a_rebuild_puts_right_what_was_wrong_and_says_how_much(lived, damage, wrong):
    before = dump(lived)
    lived.connection.execute(damage)
    found = examine(lived.log).problems
    assert [problem.split()[0] for problem in found] == [str(count) for count in wrong.values()]
    assert {table: rows for table, rows in rebuild(lived.log).wrong.items() if rows} == wrong
    assert dump(lived) == before
    assert not examine(lived.log).problems


def test_a_rebuild_gives_back_the_settings(lived):
    lived.connection.execute("DELETE FROM setting")
    lived.reload_settings()
    rebuild(lived.log)
    lived.reload_settings()
    assert lived.policy.desired_retention == 0.85


def test_doctor_can_rebuild_and_is_content_afterwards(lived):
    lived.connection.execute("DELETE FROM card")
    examined = examine(lived.log, rebuild=True)
    assert (examined.events, examined.problems) == (13, ())
    assert lived.card(A).answered == 6


@pytest.mark.parametrize("sealed", [False, True])
def test_doctor_notices_an_event_that_does_not_follow(lived, tamper, sealed):
    tamper(lived, "UPDATE event SET after = before WHERE seq = 3", sealed)
    problems = examine(lived.log).problems
    assert any("does not follow" in problem for problem in problems)


def test_doctor_notices_a_file_that_others_can_read(lived):
    lived.path.chmod(0o644)
    assert any("chmod 600" in problem for problem in examine(lived.log).problems)


def test_what_is_recorded_of_a_card_that_was_worked_out_again_says_so(learner, start, give):
    events = [give(learner, A, Rating.GOOD, start.later(n * DAY)) for n in range(3)]
    learner.undo(events[1].uuid, start.later(3 * DAY))
    later = [give(learner, A, Rating.GOOD, start.later(n * DAY)) for n in (4, 5)]
    assert [event.nth for event in events + later] == [1, 2, 3, 0, 0]
    assert rebuild(learner.log).recomputed == 1  # the third; what came after was recorded of what it came to
    assert not examine(learner.log).problems


def test_what_followed_a_rename_that_is_undone_is_not_taken_for_a_whole_history(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    rename = learner.rename(A, B, start)
    give(learner, B, Rating.GOOD, start.later(DAY))
    learner.undo(rename.uuid, start.later(DAY))
    give(learner, B, Rating.GOOD, start.later(2 * DAY))
    assert not examine(learner.log).problems
    assert learner.card(B).answered == 2


def test_the_canonical_form_has_no_sequence_of_this_file(lived):
    lines = list(canonical(lived.log))
    last = list(lived.events(A))[-1]
    assert lines[0].startswith(f"card ('{A}', 2, 0, ")
    assert lines[0].endswith(f"'{last.uuid}')")
    assert "setting ('light_days', '[6]')" in lines
    assert f"renamed ('{C}', 'mlterms:term/d')" in lines
