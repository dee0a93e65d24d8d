"""What today holds, put together: waiting for a step, and when it is to be looked at anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.base.clock import Now
from mlterms.memory.policy import Policy
from mlterms.quiz.choose import SOON
from mlterms.quiz.dates import day_in_words, days_ahead
from mlterms.quiz.today import Today
from mlterms.quiz.words import backlog_in_words
from mlterms.store.counts import Counts
from mlterms.store.log.tables import DayTotals
from mlterms.store.overdue import Backlog
from mlterms.store.study_stats import Certainty

FRIDAY = 20_777
NOON = Now((FRIDAY * 24 + 12) * 3_600_000, 0)
NOTHING = Counts(due=0, learning=0, new=0, answered=0, later=None, backlog=0)
TODAY = Today(
    NOON, FRIDAY, NOTHING, 1, [0] * 7, [], [], [], DayTotals(FRIDAY), None, Certainty(0, 0), None, [], False
)


@pytest.mark.parametrize(
    ("counts", "step", "waits"),
    [
        (NOTHING, None, False),
        (NOTHING._replace(learning=1), NOON.at + SOON, False),
        (NOTHING._replace(learning=1), NOON.at + SOON + 1, True),
        (NOTHING._replace(learning=1, due=1), NOON.at + SOON + 1, False),
        (NOTHING._replace(learning=1, new=1), NOON.at + SOON + 1, False),
    ],
)
def test_it_waits_while_only_steps_are_left_that_the_quiz_would_not_ask(counts, step, waits):
    assert replace(TODAY, counts=counts, next_step=step).only_later_steps_left is waits


def test_time_alone_changes_the_day_and_ends_the_waiting():
    waiting = replace(TODAY, counts=NOTHING._replace(learning=1), next_step=NOON.at + 3 * SOON)
    assert not waiting.is_over(NOON.later(SOON), Policy())
    assert waiting.is_over(NOON.later(2 * SOON), Policy())
    assert not TODAY.is_over(NOON.later(15 * 3_600_000), Policy())
    assert TODAY.is_over(NOON.later(16 * 3_600_000), Policy())


def test_days_have_names():
    assert day_in_words(0) == "Thursday 1 January"
    assert day_in_words(FRIDAY) == "Friday 20 November"
    assert (days_ahead(1), days_ahead(3)) == ("tomorrow", "in 3 days")


@pytest.mark.parametrize(
    ("backlog", "words"),
    [
        (Backlog(240, 60, FRIDAY + 13), "240 are overdue; 60 a day, done by 3 December."),
        (Backlog(1, 60, FRIDAY + 45), "1 is overdue; 60 a day, done by 4 January 2027."),
        (
            Backlog(9, 0, None),
            "9 are overdue; your limits leave no room for them: mlterms settings overdue_per_day.",
        ),
        (Backlog(900, 20, None), "900 are overdue; 20 a day, and new ones come as fast."),
    ],
)
def test_a_backlog_is_one_sentence(backlog, words):
    assert backlog_in_words(backlog, FRIDAY) == words
