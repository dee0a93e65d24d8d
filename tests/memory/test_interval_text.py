"""What a button says, at every boundary, and that longer never reads shorter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.intervals import abbreviate, days_text, interval_text, seconds_text, spell_out
from mlterms.memory.policy import Policy
from mlterms.memory.schedule import preview
from mlterms.memory.state import NEW_CARD, Rating

NOW = Now(1_795_258_800_000, 3600)
POLICY = Policy()
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "mo": 365.25 / 12 * 86_400, "y": 365.25 * 86_400}


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1s"),
        (59, "59s"),
        (59.6, "1m"),
        (60, "1m"),
        (89, "1m"),
        (90, "2m"),
        (330, "6m"),
        (600, "10m"),
        (3569, "59m"),
        (3570, "1h"),
        (3600, "1h"),
        (5400, "1.5h"),
        (7200, "2h"),
        (86_399, "24h"),
    ],
)
def test_a_length_below_a_day(seconds, text):
    assert seconds_text(seconds) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1d"),
        (12, "12d"),
        (30, "30d"),
        (31, "1 month"),
        (36, "1.2 months"),
        (61, "2 months"),
        (364, "12 months"),
        (365, "1 year"),
        (548, "1.5 years"),
        (731, "2 years"),
        (36_500, "99.9 years"),
    ],
)
def test_a_length_in_days(days, text):
    assert days_text(days) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1s", "1 second"),
        ("10m", "10 minutes"),
        ("1.5h", "1.5 hours"),
        ("1d", "1 day"),
        ("30d", "30 days"),
        ("1.2 months", "1.2 months"),
        ("now", "now"),
        ("new", "new"),
        ("this session", "this session"),
        ("—", "—"),
        ("", ""),
    ],
)
def test_a_length_in_words(text, words):
    assert spell_out(text) == words


@pytest.mark.parametrize(
    ("text", "short"),
    [("1 month", "1mo"), ("1.2 months", "1.2mo"), ("2 years", "2y"), ("12d", "12d"), ("this session",) * 2],
)
def test_a_length_in_few_columns(text, short):
    assert abbreviate(text) == short


def number(text):
    text = abbreviate(text)
    unit = text.lstrip("0123456789.")
    return float(text.removesuffix(unit)) * UNITS[unit]


@given(st.integers(1, 36_500), st.integers(1, 36_500))
def test_more_days_never_read_shorter(one, other):
    shorter, longer = sorted((one, other))
    assert number(days_text(shorter)) <= number(days_text(longer))
    assert abs(number(days_text(one)) - one * 86_400) <= one * 86_400 * 0.06


@given(st.floats(1, 86_399), st.floats(1, 86_399))
def test_more_seconds_never_read_shorter(one, other):
    shorter, longer = sorted((one, other))
    assert number(seconds_text(shorter)) <= number(seconds_text(longer))


def test_the_buttons_of_a_new_question_read_as_a_person_expects():
    after = preview(POLICY, NEW_CARD, NOW, "mlterms:epoch/one-pass")
    texts = {rating: interval_text(state, NOW, POLICY) for rating, state in after.items()}
    easy = after[Rating.EASY].due_day - day_of(NOW)
    assert list(texts.values()) == ["1m", "6m", "10m", f"{easy}d"]


def test_the_text_counts_down_and_then_says_now():
    step, _, _, review = preview(POLICY, NEW_CARD, NOW, "q").values()
    assert interval_text(step, NOW.later(30_000), POLICY) == "30s"
    assert interval_text(step, NOW.later(60_000), POLICY) == "now"
    review = review._replace(due_day=review.last_day + 2)
    assert [interval_text(review, NOW.later(n * 86_400_000), POLICY) for n in range(4)] == [
        "2d",
        "1d",
        "now",
        "now",
    ]


def test_a_new_question_reads_new():
    assert interval_text(NEW_CARD, NOW, POLICY) == "new"
