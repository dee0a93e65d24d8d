"""What is said at the end of a session about when to come back."""

from __future__ import annotations

import pytest

from mlterms.quiz.words import following_in_words
from mlterms.store.counts import Counts

MINUTE = 60_000
NOTHING = Counts(due=0, learning=0, new=0, answered=5, later=2, backlog=0)


@pytest.mark.parametrize(
    ("counts", "step_at", "words"),
    [
        (NOTHING, None, "The next review is due in 2 days."),
        (NOTHING._replace(later=None), None, ""),
        (NOTHING._replace(learning=1), 10 * MINUTE, "One comes back in 10 minutes."),
        (NOTHING._replace(learning=1), 496 * MINUTE, "One comes back in 8 hours."),
        (NOTHING._replace(learning=9), -MINUTE, "9 questions are left today."),
        (NOTHING._replace(due=1), MINUTE, "1 question is left today."),
        (NOTHING._replace(learning=9, due=1), MINUTE, "10 questions are left today."),
        (NOTHING._replace(new=4, due=3), None, "7 questions are left today."),
    ],
)
def test_what_is_left_today_comes_before_what_is_due_later(
    counts: Counts, step_at: int | None, words: str
) -> None:
    assert following_in_words(counts, step_at, 0) == words


def test_a_step_that_comes_later_is_named_with_its_question() -> None:
    counts = NOTHING._replace(learning=2)
    words = following_in_words(counts, 6 * MINUTE, 0, "label, choice")
    assert words == "Next in 6 minutes: label, choice."
    assert following_in_words(counts, -MINUTE, 0, "label, choice") == "2 questions are left today."
