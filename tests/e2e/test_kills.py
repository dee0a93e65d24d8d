"""SIGKILLs at random moments of a plain sitting: no acknowledged answer lost, none doubled."""

from __future__ import annotations

import json
import random
import select
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import parse_now
from mlterms.store.log.learner import Learner
from mlterms.store.log.rebuild import rebuild

FRIDAY = "2026-11-20T09:00+00:00"


def live_until(quiz: Any, replies: int, moment: float) -> int:
    """Answer for so many lines, then wait up to `moment` seconds into whatever comes, and kill.

    Returns how many ratings were acknowledged: the next question, or the summary, was seen.
    """
    acknowledged = 0
    alive = quiz.read()
    while alive and replies:
        rated = quiz.prompt == "rating"
        quiz.write(quiz.reply())
        replies -= 1
        if not replies:
            select.select([quiz.process.stdout], [], [], moment)
            break
        alive = quiz.read()
        acknowledged += rated
    quiz.kill()
    return acknowledged


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_no_acknowledged_answer_is_lost_or_doubled(
    kills: int, learner_at: Callable[..., Any], tmp_path: Path
) -> None:
    rng = random.Random(20)
    recorded = 0
    shown = 0  # an answer whose solution was shown when the quiz was killed; the next one records it
    for kill in range(kills):
        cram = kill % 4 == 0
        arguments = ("--cram",) if cram else ("--new", "100")
        with learner_at(*arguments, now=f"2026-{12 if kill >= kills / 2 else 11}-20T09:00+00:00") as quiz:
            acknowledged = live_until(quiz, rng.randint(1, 8), rng.random() ** 4 * 0.05)
        with sqlite3.connect(tmp_path / ".local/share/mlterms/mlterms.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            total, names = connection.execute(
                "SELECT count(*), count(DISTINCT uuid) FROM event WHERE kind = 'answer'"
            ).fetchone()
            (sitting,) = connection.execute("SELECT value FROM sitting").fetchone() or ("{}",)
            doubled = connection.execute(
                "SELECT question, previous FROM event WHERE kind = 'answer' AND mode <> 'cram' "
                "GROUP BY question, previous HAVING count(*) > 1"
            ).fetchall()
        connection.close()
        assert total == names
        assert doubled == []
        assert recorded + shown + acknowledged <= total <= recorded + shown + acknowledged + 1
        recorded, shown = total, int(bool(json.loads(sitting).get("sitting", {}).get("shown")))
    assert recorded > kills / 2
    with Learner.open(tmp_path / ".local/share/mlterms/mlterms.db", parse_now(FRIDAY)) as learner:
        before = sorted(learner.connection.execute("SELECT * FROM card").fetchall())
        rebuild(learner.log)
        assert sorted(learner.connection.execute("SELECT * FROM card").fetchall()) == before
