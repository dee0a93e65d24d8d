"""The clock: read once, in one place; set by a test or by the person, and then it runs on."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Clock, Now, parse_now
from mlterms.base.errors import CallError

MORNING = Now(1_795_247_940_000, 3600)


@pytest.fixture
def timezone(monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be set here")

    def use(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


def test_the_clock_tells_the_systems_time():
    before = int(time.time() * 1000)
    now = Clock().now()
    after = int(time.time() * 1000)
    assert before <= now.at <= after + 1
    assert now.offset == time.localtime().tm_gmtoff


def test_a_clock_that_was_set_runs_on_from_there():
    clock = Clock(MORNING)
    first = clock.now()
    second = clock.now()
    assert 0 <= first.at - MORNING.at < 60_000
    assert second.at >= first.at
    assert first.offset == 3600


def test_a_clock_can_be_set_back():
    clock = Clock(MORNING)
    clock.start = MORNING.later(-86_400_000)
    assert clock.now().at < MORNING.at


def test_later_keeps_the_offset():
    assert MORNING.later(1500) == Now(MORNING.at + 1500, 3600)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("1970-01-01T00:00+00:00", Now(0, 0)),
        ("1970-01-01T00:00Z", Now(0, 0)),
        ("1970-01-01T01:00+01:00", Now(0, 3600)),
        ("1969-12-31T18:30-05:30", Now(0, -19_800)),
        ("2026-11-21T09:19:00+01:00", Now(1_795_249_140_000, 3600)),
    ],
)
def test_a_time_with_an_offset_is_read_as_written(text, now):
    assert parse_now(text) == now


@pytest.mark.parametrize(
    ("text", "offset"), [("2026-01-15T09:00", 3600), ("2026-07-15T09:00", 7200), ("2026-07-15", 7200)]
)
def test_a_time_without_an_offset_takes_the_local_one_of_that_moment(timezone, text, offset):
    timezone("Europe/Berlin")
    assert parse_now(text).offset == offset


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01T09:00", "09:00", "2026-11-21 25:00", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(CallError, match="write it like 2026-11-21T09:00"):
        parse_now(text)


@given(st.datetimes(timezones=st.timezones()))
def test_parsing_gives_the_instant_and_the_offset_to_the_second(moment):
    now = parse_now(moment.isoformat())
    offset = moment.utcoffset()
    assert now.offset == int(offset.total_seconds())
    assert abs(now.at - moment.timestamp() * 1000) <= 1
