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
        (34, "2 put right, 3 due, 10 new"),
        (3, "2 put right"),
    ],
)
def test_the_counts_take_fewer_words_before_they_are_left_out(room: int, shown: str) -> None:
    assert fit_counts(LEFT, room) == shown
