"""Each figure from made-up days and answers: the arithmetic, and where it says that it knows too little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.memory.policy import Policy
from mlterms.memory.workload import DayLoad, Group, expected_load
from mlterms.progress.calibration import MEANT, measure_calibration
from mlterms.progress.minutes import (
    DAYS,
    Pace,
    days_before,
    estimate_minutes,
    mean_minutes,
    measure_pace,
    past_minutes,
)
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import measure_recall
from mlterms.progress.year import WEEKS, measure_year
from mlterms.store.confidence import ConfidentAnswer
from mlterms.store.log.tables import DayTotals

FRIDAY = 20_777  # 20 November 2026


def reviews(day: int, right: int, of: int, mature_right: int = 0, mature: int = 0) -> DayTotals:
    return DayTotals(
        day, answered=of, reviews=of, reviews_right=right, mature=mature, mature_right=mature_right
    )


# -- intervals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(  # from the table of Newcombe (1998) and R's prop.test(correct = FALSE)
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert Proportion(right, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_and_is_narrower_with_more_answers(right: int, wrong: int) -> None:
    part = Proportion(right, right + wrong)
    low, high = part.interval
    assert 0 <= low <= high <= 1
    if part.of:
        assert low - 1e-12 <= part.share <= high + 1e-12
        ten_times = Proportion(10 * part.right, 10 * part.of).interval
        assert ten_times[1] - ten_times[0] < high - low


def test_of_nothing_nothing_is_known() -> None:
    assert (Proportion(0, 0).share, Proportion(0, 0).interval) == (0.0, (0.0, 1.0))


# -- recalled ------------------------------------------------------------------------------------------------


def test_the_last_thirty_days_count_and_no_others() -> None:
    days = [reviews(FRIDAY - 30, 0, 50), reviews(FRIDAY - 29, 20, 25), reviews(FRIDAY, 15, 15)]
    recalled = measure_recall([*days, reviews(FRIDAY + 1, 0, 9)], FRIDAY, 0.9)
    assert recalled.last == (35, 40)
    assert recalled.asked_for == 0.9


def test_months_are_of_the_calendar_and_keep_young_and_mature_apart() -> None:
    days = [reviews(FRIDAY - 20, 5, 6), reviews(FRIDAY - 19, 8, 10, 4, 4), reviews(FRIDAY, 7, 10, 1, 2)]
    october, november = measure_recall(days, FRIDAY, 0.9).months
    assert (october.year, october.month, october.all) == (2026, 10, (5, 6))
    assert (november.month, november.young, november.mature) == (11, (10, 14), (5, 6))


@pytest.mark.parametrize(
    ("right", "of", "verdict"),
    [(0, 0, "few"), (9, 9, "few"), (0, 10, "less"), (80, 100, "less"), (358, 412, "as asked"),
     (95, 100, "as asked"), (98, 100, "more")],
)  # fmt: skip
def test_what_was_recalled_is_compared_with_its_interval(right: int, of: int, verdict: str) -> None:
    assert measure_recall([reviews(FRIDAY, right, of)], FRIDAY, 0.9).verdict == verdict


# -- minutes -------------------------------------------------------------------------------------------------


def test_the_past_minutes_are_those_of_the_days_before_today() -> None:
    days = [DayTotals(FRIDAY - back, 1, milliseconds=60_000 * back) for back in (14, 3, 1, 0)]
    past = past_minutes(days, FRIDAY)
    assert (len(past), past[0], past[-3], past[-1], sum(past)) == (DAYS, 14, 3, 1, 18)


def test_the_pace_of_new_questions_counts_days_off_but_none_before_the_first_answer() -> None:
    days = [DayTotals(FRIDAY - 4, 9, new=6), DayTotals(FRIDAY - 1, 9, new=40), DayTotals(FRIDAY, 9, new=9)]
    pace = measure_pace(days, [], FRIDAY, new_limit=10)
    assert pace.new == (6 + 0 + 0 + 10) / 4  # never more than the limit, and today is not over
    assert pace.is_limited
    assert not measure_pace(days, [], FRIDAY, new_limit=40).is_limited
    before = [DayTotals(FRIDAY - back, 9, new=10) for back in (100, 18, 11)]
    assert measure_pace([*before, *days], [], FRIDAY, 10).new == 26 / 14
    assert not measure_pace(days, [], FRIDAY, 10).is_assumed
    assert measure_pace([], [], FRIDAY, 10)[3:] == (10, 5, False, True)


def test_some_days_of_reviews_only_are_no_habit_and_a_week_of_them_is() -> None:
    days = [DayTotals(FRIDAY - back, 9) for back in range(7, 0, -1)]
    few, week = measure_pace(days[1:], [], FRIDAY, 10), measure_pace(days, [], FRIDAY, 10)
    assert (few.new, few.is_assumed, few.is_limited) == (10, True, False)
    assert (week.new, week.is_assumed) == (0, False)


def test_after_a_pause_the_days_before_it_say_nothing_about_those_to_come() -> None:
    days = [DayTotals(FRIDAY - back, 9, new=10) for back in (20, 19, 12, 11, 10, 8)]
    back_today = measure_pace([*days, DayTotals(FRIDAY, 9, new=3)], [], FRIDAY, 12)
    assert (back_today.new, back_today.is_assumed) == (12, True)
    assert days_before(days, FRIDAY) == 0
    assert days_before(days, FRIDAY - 1) == DAYS  # six days without an answer are no pause
    tomorrow = [*days, DayTotals(FRIDAY, 9, new=3)]
    assert (days_before(tomorrow, FRIDAY + 1), measure_pace(tomorrow, [], FRIDAY + 1, 12).new) == (1, 3)
    past = past_minutes([day._replace(milliseconds=60_000) for day in tomorrow], FRIDAY + 1)
    assert (sum(past), mean_minutes(past, 1), mean_minutes(past, 0)) == (5, 1, 0)


def test_the_seconds_of_an_answer_are_the_learners_once_there_are_twenty() -> None:
    assert measure_pace([], [5.0] * 19, FRIDAY, 10).seconds == 20
    assert measure_pace([], [4.0, 8.0] * 10, FRIDAY, 10)[:3] == (6.0, 2.0, 20)


PACE = Pace(seconds=30, spread=0, known_from=200, new=0, new_spread=0)


def test_a_day_is_its_answers_times_the_time_of_one() -> None:
    policy = Policy(learning_steps=(60, 600), relearning_steps=(600,))
    loads = [DayLoad(10, 0, 2, 3), DayLoad(10, 0, 0, 0)]
    today, tomorrow = estimate_minutes(loads, PACE, policy, done=7, steps=4)
    assert today.mean == 7 + (10 + 2 + 2 * 3 + 4) * 30 / 60
    assert tomorrow.mean == tomorrow.low == tomorrow.high == 5  # nothing about it is uncertain


@pytest.mark.parametrize("more", [{"returning": 9}, {"lapses": 3}])
def test_what_is_not_known_widens_the_band(more: dict[str, float]) -> None:
    (narrow,) = estimate_minutes([DayLoad(10, 0, 0, 0)], PACE, Policy(), 0, 0)
    (wide,) = estimate_minutes([DayLoad(10, 0, 0, 0)._replace(**more)], PACE, Policy(), 0, 0)
    assert wide.high - wide.low > narrow.high - narrow.low
    assert wide.low >= 0


def test_an_uneven_habit_widens_the_band() -> None:
    (steady,) = estimate_minutes([DayLoad(0, 0, 0, 5)], PACE, Policy(), 0, 0)
    (uneven,) = estimate_minutes([DayLoad(0, 0, 0, 5)], PACE._replace(new_spread=4), Policy(), 0, 0)
    assert uneven.low < steady.low == steady.high < uneven.high


# -- workload ------------------------------------------------------------------------------------------------


def test_what_is_due_is_asked_on_its_day_and_comes_back() -> None:
    loads = expected_load(Policy(), [Group(0, 100, 3.0), Group(2, 10, 500.0)], [0.0] * 14, 5.0, 9999)
    assert loads[0].reviews == 100
    assert loads[0].returning == 0
    assert 0.05 * 100 < loads[0].lapses < 0.15 * 100  # nine of ten are recalled
    assert loads[2].reviews - loads[2].returning == pytest.approx(10)
    assert sum(load.returning for load in loads) > 0
    assert loads[1].reviews == loads[1].returning  # some of what was forgotten


def test_new_questions_bring_reviews_of_their_own() -> None:
    loads = expected_load(Policy(), [], [5.0] * 14, 5.0, 9999)
    assert [load.new for load in loads] == [5.0] * 14
    assert loads[0].reviews == 0
    assert loads[-1].reviews > loads[4].reviews > 0


def test_beyond_the_limit_reviews_wait_for_the_next_day_and_none_is_lost() -> None:
    loads = expected_load(Policy(), [Group(0, 100, 1000.0)], [0.0] * 4, 5.0, 40)
    assert [load.reviews - load.returning for load in loads] == pytest.approx([40, 40, 20, 0], abs=5)
    assert max(load.reviews for load in loads) <= 40 + 1e-9


# -- the year ------------------------------------------------------------------------------------------------


def test_a_year_begins_on_a_monday_and_ends_today() -> None:
    year = measure_year([DayTotals(FRIDAY, 3, milliseconds=600_000)], FRIDAY)
    assert len(year.minutes) == 7 * (WEEKS - 1) + 5
    assert year.minutes[-1] == 10
    assert (year.studied, year.hours) == (1, pytest.approx(1 / 6))


@given(st.lists(st.integers(0, 3_600_000), max_size=300))
def test_the_levels_rise_with_the_minutes(times: list[int]) -> None:
    days = [DayTotals(FRIDAY - back, 1, milliseconds=time) for back, time in enumerate(times)]
    year = measure_year(days, FRIDAY)
    assert sorted(set(year.bounds)) == list(year.bounds)
    assert year.studied == len(times)  # a day with an answer of no time was studied too
    levels = [year.level(minutes) for minutes in sorted(year.minutes)]
    assert levels == sorted(levels)
    assert set(levels) <= set(range(5))


# -- calibration ---------------------------------------------------------------------------------------------


def test_calibration_counts_each_level_and_compares_on_the_same_answers() -> None:
    answers = [
        ConfidentAnswer(3, 1, 0.9),
        ConfidentAnswer(3, 0, 0.8),
        ConfidentAnswer(3, 1, None),
        ConfidentAnswer(1, 0, 0.6),
    ]
    found = measure_calibration(answers)
    guess, fairly, certain = found.levels
    assert (certain.counted, certain.known, certain.expected) == ((2, 3), (1, 2), pytest.approx(0.85))
    assert (fairly.counted, fairly.expected) == ((0, 0), None)
    assert (guess.counted, guess.name) == ((0, 1), "a guess")
    assert found.compared == 3
    assert found.learner == pytest.approx(((1 - MEANT[3]) ** 2 + MEANT[3] ** 2 + MEANT[1] ** 2) / 3)
    assert found.scheduler == pytest.approx((0.1**2 + 0.8**2 + 0.6**2) / 3)


def test_without_reviews_there_is_nothing_to_compare() -> None:
    found = measure_calibration([ConfidentAnswer(3, 1, None)])
    assert (found.learner, found.scheduler, found.compared, found.answers) == (None, None, 0, 1)


@pytest.mark.parametrize(
    ("count", "is_grey", "is_drawn"),
    [(9, True, False), (10, False, False), (29, False, False), (30, False, True)],
)
def test_few_answers_are_grey_and_a_diagram_comes_from_thirty(
    count: int, is_grey: bool, is_drawn: bool
) -> None:
    level = measure_calibration([ConfidentAnswer(2, 1, 0.9)] * count).levels[1]
    assert (level.is_grey, level.is_drawn) == (is_grey, is_drawn)
