"""What is left to ask, in the line above a question, is shortened before any of it is left out."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import ComposeResult

from mlterms.base.config import Config
from mlterms.tui.shell import Shell
from mlterms.tui.widgets.quiz_head import QuizHead, forms_of_counts

LEFT = "2 to put right, 3 due, 10 new, 4 to see again"
SHORTER = "2 put right, 3 due, 10 new, 4 again"


@pytest.mark.parametrize(
    ("left", "shorter", "shortest"),
    [
        (LEFT, SHORTER, "19 left"),
        ("10 new", "10 new", "10 left"),
        ("practice, 3 left, 2 to see again", "practice, 3 left, 2 again", "practice, 3 left"),
        ("contrast, 3 left", "contrast, 3 left", "contrast, 3 left"),
        ("3 of 8", "3 of 8", "3 of 8"),
        ("question 3", "question 3", "question 3"),
    ],
)
def test_the_counts_take_fewer_words_before_they_are_left_out(left: str, shorter: str, shortest: str) -> None:
    assert forms_of_counts(left) == (left, shorter, shortest)


class Holder(Shell):
    """An app whose only widget is the line above a question."""

    def compose(self) -> ComposeResult:
        yield QuizHead()


def shown(size: int, *terms: str, left: str = LEFT) -> list[str]:
    """What is left beside each of these terms, one after the other, in a window of that width."""

    async def run() -> list[str]:
        app = Holder(Config())
        async with app.run_test(size=(size, 20)) as pilot:
            head, lines = app.query_one(QuizHead), []
            for term in terms:
                head.show(term, "choice, new", left if term else "", [True, False])
                await pilot.pause()
                row = "".join(piece.text for piece in head.rows(size, 2)[0])
                lines.append(row.rpartition("✗ " if "✗" in row else "  ")[2].strip())
            return lines

    return asyncio.run(run())


def test_what_is_left_has_one_form_through_a_sitting() -> None:
    assert shown(60, "step", "a term with a long title", "step") == ["19 left"] * 3
    assert shown(60, "step", left="2 due") == ["2 left"]
    assert shown(100, "step", "overfitting", "step") == [LEFT] * 3


def test_what_is_left_becomes_shorter_and_not_longer_again_until_the_next_sitting() -> None:
    terms = ("step", "a term with a title of 39 characters...", "step", "", "step")
    assert shown(100, *terms) == [LEFT, SHORTER, SHORTER, "", LEFT]
