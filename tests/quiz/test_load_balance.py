"""In a sitting the day of a review depends on what is due then; what was decided is in the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from mlterms.base.ids import term_of
from mlterms.memory.days import day_of
from mlterms.memory.intervals import interval_text
from mlterms.memory.schedule import answer as fold_again
from mlterms.memory.state import Rating
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.store.log.integrity import examine
from mlterms.store.log.rebuild import rebuild
from tests.store.canonical import canonical
from tests.store.imported import import_state

Set = Callable[..., Any]
RIGHT = Verdict(True, Rating.EASY, "", (), None)


def crowd(table: Any, day: int, count: int) -> None:
    """Make so many questions due on one day, on which nothing else knows of them."""
    from mlterms.memory.state import CardState, Phase

    now = table.clock.now()
    today = day_of(now)
    for number in range(count):
        state = CardState(Phase.REVIEW, 0, 9.0, 5.0, None, today + day, now.at, today, 3, 0)
        import_state(table.learner, f"test:other{number}/first", state, "a test", now)


def easy_days(table: Any) -> tuple[int, ...]:
    sitting = table.sit()
    assert sitting.ask() is not None
    sitting.give(RIGHT)
    return sitting.current.days


def test_the_interval_on_the_button_is_given_though_the_load_changes_meanwhile(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.give(RIGHT)
    shown = sitting.buttons()[Rating.EASY]
    crowd(table, sitting.current.days[-1], 500)
    after = sitting.rate(Rating.EASY)
    assert interval_text(after, table.clock.now(), table.learner.policy) == shown
    assert table.learner.state(asked.id) == after


def test_a_crowded_day_is_avoided(set_table_anew: Set) -> None:
    usual = easy_days(set_table_anew(alpha=[]))[-1]
    table = set_table_anew(alpha=[])
    crowd(table, usual, 300)
    assert easy_days(table)[-1] != usual


def test_what_was_decided_is_in_the_event_and_the_fold_needs_nothing_else(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(8)})
    table.learner.change_settings({"new_per_day": 99, "relearning_steps": ()}, table.clock.now())
    events = []
    for _ in range(4):
        sitting = table.sit()
        while sitting.ask() is not None:
            rating = Rating.AGAIN if len(events) % 7 == 3 else Rating.EASY
            sitting.give(Verdict(rating > 1, rating, "", (), None))
            sitting.rate(rating)
            events.append(sitting.answers[-1])
        table.clock.forward(9 * 24 * 3600 * 1000)
    decided = [event for event in events if event.value]
    assert len(decided) > 20
    for event in decided:
        policy = table.learner.log.policy(event.policy)
        days = event.value["days"]
        again = fold_again(policy, event.before, Rating(event.rating), event.now, event.question, days)
        assert again == event.after
    assert examine(table.learner.log).problems == ()


def test_after_an_older_answer_is_undone_every_machine_folds_the_same(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(6)})
    sitting = table.sit()
    while sitting.ask() is not None and len(sitting.answers) < 6:
        sitting.give(RIGHT)
        sitting.rate(Rating.EASY)
    first = sitting.answers[0]
    table.clock.forward(30 * 24 * 3600 * 1000)
    sitting = table.sit()
    while sitting.ask() is not None:
        sitting.give(RIGHT)
        sitting.rate(Rating.GOOD)
    table.learner.undo(first.uuid, table.clock.now())
    before = list(canonical(table.learner.log))
    assert not any(rebuild(table.learner.log).wrong.values())
    assert list(canonical(table.learner.log)) == before


def test_an_answer_that_a_crash_left_unrated_gets_the_days_that_were_shown(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.give(RIGHT)
    days = sitting.current.days
    crowd(table, days[-1], 500)
    Sitting(table.learner, table.index, table.queue, table.clock, sitting.plan)  # as after the crash
    state = table.learner.state(asked.id)
    assert state.due_day - day_of(table.clock.now()) == days[-1]


def test_the_questions_of_a_term_are_not_due_on_one_day(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(12)})
    table.learner.change_settings({"new_per_day": 99, "learning_steps": ()}, table.clock.now())
    for _ in range(6):
        sitting = table.sit()
        while sitting.ask() is not None:
            sitting.give(RIGHT)
            sitting.rate(Rating.GOOD)
        table.clock.forward(4 * 24 * 3600 * 1000)
    rows = table.learner.connection.execute(
        "SELECT question, due_day FROM card WHERE due_day - last_day > 6"
    ).fetchall()
    same = Counter((term_of(question), day) for question, day in rows)
    assert len(rows) > 15
    assert sum(count - 1 for count in same.values()) <= len(rows) * 0.1
