"""Logical days: boundaries as a table, the rest as laws."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now, parse_now
from mlterms.memory.days import counted_day, day_of, elapsed_days, weekday

EPOCH = date(1970, 1, 1)
hours = st.integers(0, 23)
days = st.integers(-1000, 60_000)


def day(text):
    return (date.fromisoformat(text) - EPOCH).days


@pytest.mark.parametrize(
    ("instant", "rollover", "expected"),
    [
        ("2026-11-20T23:59:59+01:00", 4, "2026-11-20"),
        ("2026-11-21T00:00:00+01:00", 4, "2026-11-20"),
        ("2026-11-21T03:59:59.999+01:00", 4, "2026-11-20"),
        ("2026-11-21T04:00:00+01:00", 4, "2026-11-21"),
        ("2026-11-21T00:00:00+01:00", 0, "2026-11-21"),
        ("2026-11-20T23:59:59+01:00", 0, "2026-11-20"),
        ("2026-11-21T22:59:59+01:00", 23, "2026-11-20"),
        ("2026-11-21T23:00:00+01:00", 23, "2026-11-21"),
        ("2028-02-29T03:00:00+00:00", 4, "2028-02-28"),
        ("2028-02-29T12:00:00+00:00", 4, "2028-02-29"),
        ("2028-03-01T03:00:00+00:00", 4, "2028-02-29"),
        ("2027-03-01T03:00:00+00:00", 4, "2027-02-28"),
        ("2027-01-01T03:59:00-10:00", 4, "2026-12-31"),
        ("2026-11-21T04:00:00+05:45", 4, "2026-11-21"),
        ("1969-12-31T12:00:00+00:00", 4, "1969-12-31"),
    ],
)
def test_a_day_begins_at_the_rollover_hour(instant, rollover, expected):
    assert day_of(parse_now(instant), rollover) == day(expected)


@pytest.mark.parametrize(
    "instants",
    [
        pytest.param([("2026-03-29T00:30Z", 3600), ("2026-03-29T01:00Z", 7200)], id="Berlin, spring"),
        pytest.param([("2026-10-25T00:30Z", 7200), ("2026-10-25T01:00Z", 3600)], id="Berlin, autumn"),
        pytest.param([("2026-03-08T06:59Z", -18000), ("2026-03-08T07:00Z", -14400)], id="New York, spring"),
        pytest.param([("2026-11-01T05:59Z", -14400), ("2026-11-01T06:00Z", -18000)], id="New York, autumn"),
        pytest.param([("2026-04-04T14:59Z", 39600), ("2026-04-04T15:00Z", 37800)], id="Lord Howe, autumn"),
    ],
)
@pytest.mark.parametrize("rollover", range(24))
def test_a_change_of_the_clocks_neither_skips_nor_repeats_a_day(instants, rollover):
    (_, before), (change, after) = instants
    switch = datetime.fromisoformat(change).timestamp() * 1000
    minutes = range(int(switch) - 36 * 3_600_000, int(switch) + 36 * 3_600_000, 60_000)
    seen = [day_of(Now(at, before if at < switch else after), rollover) for at in minutes]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(seen))
    assert 3 <= seen[-1] - seen[0] + 1 <= 4


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
    hours,
)
def test_a_day_is_the_local_date_less_the_rollover(moment, east, rollover):
    local = moment.replace(tzinfo=timezone(timedelta(minutes=east)), microsecond=0)
    at = int((local - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
    expected = ((local - timedelta(hours=rollover)).date() - EPOCH).days
    assert day_of(Now(at, east * 60), rollover) == expected


@given(st.integers(-(10**15), 10**15), st.integers(-43_200, 50_400), hours)
def test_a_day_later_is_the_next_day(at, offset, rollover):
    now = Now(at, offset)
    assert day_of(now.later(86_400_000), rollover) == day_of(now, rollover) + 1


@pytest.mark.parametrize(
    ("last", "today", "elapsed", "counted"),
    [
        (None, 100, 0, 100),
        (100, 100, 0, 100),
        (99, 100, 1, 100),
        (0, 100, 100, 100),
        (101, 100, 0, 101),
        (102, 100, 0, 100),
        (50_000, 100, 0, 100),
    ],
)
def test_a_last_day_ahead_is_travel_by_one_day_and_a_wrong_clock_by_more(last, today, elapsed, counted):
    assert elapsed_days(last, today) == elapsed
    assert counted_day(last, today) == counted


@given(days, days)
def test_a_counted_day_is_today_or_tomorrow(last, today):
    assert counted_day(last, today) in (today, today + 1)


@given(days)
def test_weekdays_are_the_calendars(number):
    assert weekday(number) == (EPOCH + timedelta(days=number)).weekday()
