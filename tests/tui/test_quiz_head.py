"""What is left to ask, in the line above a question, is shortened before any of it is left out."""

from __future__ import annotations

import pytest

from mlterms.tui.widgets.quiz_head import fit_counts

LEFT = "2 to put right, 3 due, 10 new, 4 to see again"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (len(LEFT), LEFT),
        (len(LEFT) - 1, "2 put right, 3 due, 10 new, 4 again"),
        (35, "2 put right, 3 due, 10 new, 4 again"),
        (34, "19 left"),
        (3, "19 left"),
    ],
)
def test_the_counts_take_fewer_words_before_they_are_left_out(room: int, shown: str) -> None:
    assert fit_counts(LEFT, room) == shown


def test_of_what_is_no_count_the_first_parts_are_shown() -> None:
    assert fit_counts("practice, 3 left, 2 to see again", 24) == "practice, 3 left"
    assert fit_counts("3 of 8", 2) == "3 of 8"
    assert fit_counts("", -3) == ""
