"""The plain quiz over days, as a new user meets it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LearnerAt = Callable[..., Any]

FRIDAY = "2026-11-20T09:00+00:00"
SATURDAY = "2026-11-21T09:00+00:00"
MONTHS_LATER = "2027-03-01T09:00+00:00"


def heading(quiz: Any) -> str:
    return str(quiz.question.partition("\n")[0])


def events(home: Path, where: str = "1") -> int:
    with sqlite3.connect(next(home.rglob("mlterms.db"))) as connection:
        count = connection.execute(f"SELECT count(*) FROM event WHERE {where}").fetchone()[0]
    connection.close()
    return int(count)


def test_ten_answers_an_undo_a_crash_and_the_next_day(learner_at: LearnerAt, tmp_path: Path) -> None:
    with learner_at(now=FRIDAY) as quiz:
        assert quiz.read()
        for _ in range(4):
            quiz.answer_one()
        before = heading(quiz)
        quiz.answer_one()
        quiz.write("/undo")
        assert quiz.read()
        assert "Undone" in quiz.shown
        assert heading(quiz).split(" · ")[:2] == before.split(" · ")[:2]
        title, _, prompt = quiz.question.partition("\n")
        quiz.kill()  # in the middle of a question

    assert events(tmp_path, "kind = 'answer'") == 5
    with learner_at(now=FRIDAY) as quiz:
        assert quiz.read()
        # The very same question, with the same numbers; a new session may introduce the term again.
        assert heading(quiz) == title
        assert quiz.question.endswith(prompt.lstrip())
        while quiz.process.poll() is None:
            quiz.answer_one()
        assert quiz.process.returncode == 0
        assert re.search(r"\d+ answered", quiz.shown)

    with learner_at(now=SATURDAY) as quiz:
        assert quiz.read()
        assert re.search(r" · (review|new|again)$", heading(quiz))
    with learner_at("--new", "0", now=MONTHS_LATER) as quiz:
        assert quiz.read()
        waiting = re.search(r"(\d+) due(?:, (\d+) to see again)?", quiz.shown)
        assert waiting is not None
        assert sum(int(count or 0) for count in waiting.groups()) == 10
        assert re.search(r" · (review|again)$", heading(quiz))


def test_the_end_of_the_input_leaves_with_nothing_lost(learner_at: LearnerAt, tmp_path: Path) -> None:
    with learner_at(now=FRIDAY) as quiz:
        assert quiz.read()
        quiz.answer_one()
        quiz.process.stdin.close()
        quiz.read()
        assert quiz.process.returncode == 0
        assert "1 answered" in quiz.shown
    assert events(tmp_path, "kind = 'answer'") == 1


def test_practice_changes_nothing_but_the_log(learner_at: LearnerAt, tmp_path: Path) -> None:
    with learner_at("--cram", "--limit", "3", now=FRIDAY) as quiz:
        assert quiz.read()
        while quiz.process.poll() is None:
            quiz.answer_one()
        assert "3 Good, 4 Easy (Enter: " in quiz.shown
    assert events(tmp_path, "mode = 'cram'") == 3
    with learner_at(now=FRIDAY) as quiz:
        assert quiz.read()
        assert "10 new" in quiz.shown


@pytest.mark.parametrize("term", ["neuron", "batch-size"])
def test_a_prediction_is_decided_by_a_run_that_is_told_in_words(term: str, learner_at: LearnerAt) -> None:
    with learner_at(term, "--cram", now=FRIDAY) as quiz:
        assert quiz.read()
        while " · predict" not in heading(quiz):
            quiz.answer_one()
        quiz.write(quiz.reply())
        assert quiz.read()
        assert re.search(r"update +[\d,]+   \w", quiz.question)
        assert not re.search(r"update +[\d,]+ *\n", quiz.question)  # each says what it compares
        assert "The last picture, in words:\n- " in quiz.question
        assert not re.search(r"[⠁-⣿▀▄█]", quiz.question)  # which a screen reader cannot say
        assert re.search(r"Right: |Not this time", quiz.question)


def test_certainty_is_asked_for_and_told(learner_at: LearnerAt) -> None:
    with learner_at("--confidence", "--limit", "2", now=FRIDAY) as quiz:
        assert quiz.read()
        while quiz.process.poll() is None:
            quiz.write("3" if "How sure" in quiz.prompt else quiz.reply())
            quiz.read()
        assert "you were certain of" in " ".join(quiz.shown.split())
