"""Whether everything can be started by a day: what it takes, what fits, what is set, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import CallError
from mlterms.base.ids import Day
from mlterms.memory.days import day_of
from mlterms.memory.policy import Policy
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.memory.workload import first_interval
from mlterms.progress.deadline import (
    FARTHEST,
    LEAST_MINUTES,
    USUAL_MINUTES,
    Deadline,
    Unstarted,
    _days_for,
    _largest,
    _smallest,
    apply_deadline,
    plan_deadline,
)
from mlterms.progress.deadline_words import as_json, in_words, what_to_do
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from tests.store.imported import import_state

FRIDAY = Day(20_777)  # 2026-11-20
DAY = 86_400_000
FIRST = first_interval(Policy())
PLAN = Deadline(
    today=FRIDAY,
    by=Day(FRIDAY + 34),
    unstarted=Unstarted(1204, 140, 9),
    minutes=40.0,
    source="given",
    needed=35,
    takes=38.4,
    possible=36,
    done=Day(FRIDAY + 33),
    limit=10,
)


def test_with_more_time_more_fits_and_an_earlier_day_needs_more(workspace: Workspace) -> None:
    now = workspace.clock.now()
    plans = [plan_deadline(workspace, now, Day(FRIDAY + 120), minutes) for minutes in (5, 20, 45, 90)]
    assert [plan.possible for plan in plans] == sorted({plan.possible for plan in plans})
    assert {plan.needed for plan in plans} == {plans[0].needed}
    assert plans[-1].fits
    assert not plans[0].fits
    assert all(plan.source == "given" for plan in plans)
    early = plan_deadline(workspace, now, Day(FRIDAY + 80), 45)
    assert early.needed > plans[0].needed
    assert early.takes > plans[0].takes
    total = sum(row.questions for row in workspace.index.terms())
    assert early.unstarted.questions == total
    assert early.unstarted.terms == len(workspace.index.terms())
    assert plans[0].needed * 121 > total


def test_reviews_that_are_due_already_leave_less_room(workspace: Workspace) -> None:
    now, learner = workspace.clock.now(), workspace.learner
    free = plan_deadline(workspace, now, Day(FRIDAY + 90), 30)
    today = day_of(now)
    for place, row in enumerate(workspace.queue.every(now, 300)):
        state = CardState(Phase.REVIEW, 0, 3.0, 6.0, None, today + place % 10, now.at, today, 3, 0)
        import_state(learner, row.question, state, "a test", now)
    busy = plan_deadline(workspace, now, Day(FRIDAY + 90), 30)
    assert busy.possible < free.possible
    assert busy.unstarted.questions == free.unstarted.questions - 300


@pytest.mark.parametrize(
    ("days", "answers", "minutes", "source"),
    [
        (range(1, 11), 8, 8.0, "own"),
        (range(1, 8), 8, 8.0, "own"),
        (range(1, 7), 8, USUAL_MINUTES, "usual"),
        (range(1, 11), 2, LEAST_MINUTES, "least"),
        (range(9, 20), 8, USUAL_MINUTES, "usual"),  # after a pause
        ([1, 2, *range(12, 20)], 8, USUAL_MINUTES, "usual"),  # back since the day before yesterday
    ],
)
def test_the_minutes_are_the_learners_own_after_a_week_and_never_only_a_few(
    workspace: Workspace, days: Iterable[int], answers: int, minutes: float, source: str
) -> None:
    now = workspace.clock.now()
    usual = plan_deadline(workspace, now, Day(FRIDAY + 60))
    assert (usual.source, usual.minutes) == ("usual", USUAL_MINUTES)
    ago = [day for day in sorted(days, reverse=True) for _ in range(answers)]
    for place, (row, back) in enumerate(zip(workspace.queue.every(now, len(ago)), ago, strict=True)):
        answer = Answer(row.question, Rating.GOOD, seconds=60)
        workspace.learner.answer(
            answer, workspace.learner.state(row.question), now.later(-back * DAY + place * 1000)
        )
    plan = plan_deadline(workspace, now, Day(FRIDAY + 60))
    assert (plan.minutes, plan.source) == (pytest.approx(minutes), source)


@pytest.mark.parametrize("by", [FRIDAY - 1, FRIDAY + FARTHEST + 1])
def test_a_day_that_is_over_or_too_far_ahead_is_refused(workspace: Workspace, by: int) -> None:
    with pytest.raises(CallError, match="the deadline is"):
        plan_deadline(workspace, workspace.clock.now(), Day(by))


def test_applied_it_is_a_settings_event_that_can_be_undone(workspace: Workspace) -> None:
    now, learner = workspace.clock.now(), workspace.learner
    plan = plan_deadline(workspace, now, Day(FRIDAY + 60), 90)
    event = apply_deadline(workspace, plan, now)
    assert event is not None
    assert event.kind == "settings"
    assert learner.settings.new_per_day == plan.needed == plan.advised
    assert apply_deadline(workspace, plan, now) is None
    learner.undo(event.uuid, now)
    assert learner.settings.new_per_day == plan.limit == 10


def test_where_it_does_not_fit_as_many_as_are_possible_are_set(workspace: Workspace) -> None:
    now = workspace.clock.now()
    plan = plan_deadline(workspace, now, Day(FRIDAY + 80), 20)
    assert not plan.fits
    apply_deadline(workspace, plan, now)
    assert workspace.learner.settings.new_per_day == plan.possible < plan.needed


def test_a_few_days_are_too_few_for_a_term_of_many_questions(workspace: Workspace) -> None:
    plan = plan_deadline(workspace, workspace.clock.now(), Day(FRIDAY + 5), 600)
    assert plan.needed is None
    assert not plan.fits
    assert "even if you have more time each day" in in_words(plan)[0]


# -- its parts -----------------------------------------------------------------------------------------------


@given(st.integers(1, 3000), st.integers(0, 200), st.integers(1, 20), st.integers(1, 6))
def test_more_new_questions_a_day_never_take_more_days(questions, terms, longest, first):
    days = _days_for(Unstarted(questions, min(terms, questions), longest), first)
    counts = [days(new) for new in range(1, 60)]
    assert counts == sorted(counts, reverse=True)
    assert all(count * new >= questions for new, count in enumerate(counts, 1))


@pytest.mark.parametrize(
    ("terms", "new", "lasted"), [(20, 20, 30), (20, 40, 25), (50, 20, 36), (100, 20, 52), (250, 20, 115)]
)
def test_the_days_that_are_foreseen_are_those_that_simulated_learners_took(terms, new, lasted):
    """lasted: until all were started, in `benchmarks/year.py` with so many terms of eight questions."""
    assert _days_for(Unstarted(8 * terms, terms, 8), FIRST)(new) == pytest.approx(lasted, rel=0.2)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_bounds_of_a_condition_are_found(bound, most):
    assert _largest(lambda number: number <= bound, most) == min(bound, most)
    smallest = _smallest(lambda number: number >= bound, most)
    assert smallest == (0 if not most else None if bound > most else max(1, bound))


def test_a_new_question_is_reviewed_first_after_some_days():
    assert first_interval(Policy()) == 2
    assert first_interval(Policy(desired_retention=0.8)) > first_interval(Policy(desired_retention=0.95))


# -- in words ------------------------------------------------------------------------------------------------

TAKES = (
    "1,204 questions are new. To answer each of them once by 24 December, you need 35 new questions a day. "
    "With the reviews that takes 38 minutes a day in the busiest week."
)


def test_what_fits_begins_with_yes():
    assert in_words(PLAN) == ["Yes, by 24 December.", TAKES, "You have 40 minutes a day, which is enough."]
    assert (
        in_words(replace(PLAN, source="own"))[2] == "Lately you have spent 40 minutes a day, which is enough."
    )
    assert (
        "not known yet, so this assumes 40 minutes a day, which is enough."
        in in_words(replace(PLAN, source="usual"))[2]
    )
    assert what_to_do(PLAN) == "Learn 35 new questions a day instead of 10"
    assert what_to_do(replace(PLAN, limit=35)) == ""


def test_a_number_far_above_an_even_share_is_explained():
    much = replace(PLAN, needed=200)
    assert (
        "Spread evenly it would be 35 a day, but a term comes after the terms that it builds on, and"
        in in_words(much)[1]
    )
    assert "Spread evenly" not in in_words(PLAN)[1]


def test_what_does_not_fit_begins_with_no_and_ends_with_what_is_possible():
    tight = replace(PLAN, minutes=20.0, possible=17, done=Day(FRIDAY + 70))
    assert in_words(tight) == [
        "No, not by 24 December in 20 minutes a day.",
        TAKES,
        "You have 20 minutes a day, which is not enough. So that even the busiest week takes no more than "
        "20 minutes a day, learn 17 new questions each day. "
        "You will then have answered all of them by 29 January 2027.",
    ]
    assert what_to_do(tight) == "Learn 17 new questions a day instead of 10"
    assert "in more than three years." in in_words(replace(tight, done=None))[2]
    none = replace(tight, minutes=1.0, possible=0, done=None)
    assert in_words(none)[2].endswith(
        "Even one new question a day takes more than 1 minute, with the reviews."
    )
    assert what_to_do(none) == ""


def test_it_is_said_that_fewer_are_possible_than_the_limit_and_why():
    tight = replace(PLAN, minutes=8.0, possible=1, done=None)
    assert "learn 1 new question each day instead of 10, your limit now." in in_words(tight)[2]
    why = "At that limit, the reviews that follow would take longer."
    assert why in in_words(tight)[2]
    assert "limit" not in in_words(replace(tight, possible=10))[2]
    fits = replace(PLAN, needed=2)
    assert in_words(fits)[2].endswith(
        "You could learn fewer new questions a day than now: 2 instead of 10, your limit."
    )


def test_minutes_that_are_assumed_because_the_average_is_less_are_named_as_such():
    least = replace(PLAN, minutes=5.0, source="least")
    assert in_words(least)[2].startswith(
        "Lately you have spent less than 5 minutes a day, so this assumes 5 minutes, which is not enough."
    )


def test_one_question_and_none_are_told_as_such():
    one = replace(PLAN, unstarted=Unstarted(1, 0, 1), needed=1, takes=0.4)
    assert in_words(one)[1].startswith(
        "1 question is new. To answer it once by 24 December, you need 1 new question a day"
    )
    none = replace(PLAN, unstarted=Unstarted(0, 0, 0), needed=0, takes=0.0, possible=0)
    assert in_words(none) == ["You have answered every question at least once. There is nothing to plan."]
    assert what_to_do(none) == ""


def test_as_json_dates_are_iso():
    row = as_json(PLAN)
    assert (row["by"], row["days"], row["fits"], row["advised_limit"]) == ("2026-12-24", 35, True, 35)
    assert as_json(replace(PLAN, needed=None, done=None))["needed_minutes"] is None
