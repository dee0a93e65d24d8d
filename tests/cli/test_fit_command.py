"""`mlterms fit`: says what it found, changes nothing unasked, and can be undone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.base.ids import QuestionId
from mlterms.fitting.simulated import simulate
from mlterms.memory.policy import DEFAULT_PARAMETERS
from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer, Learner

Run = Callable[..., Any]

START = Now(1_780_000_000_000, 0)
DAY = 24 * 3600 * 1000
AFTER = "2026-12-01T09:00+00:00"
# Somebody who forgets much sooner than most.
_FIRST = [value / 8 for value in DEFAULT_PARAMETERS[:4]]
FORGETFUL = (*_FIRST, *DEFAULT_PARAMETERS[4:8], 1.2, *DEFAULT_PARAMETERS[9:20], 0.3)


@pytest.fixture(scope="session")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the answers of a learner for whom fitted parameters are better."""
    path = tmp_path_factory.mktemp("forgetful") / "mlterms.db"
    reviews = [
        (review.at, number, review)
        for number, history in enumerate(simulate(150, 3, 120, 0, FORGETFUL))
        for review in history
    ]
    with Learner.open(path, START) as learner:
        learner.connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        for at, number, review in sorted(reviews):
            question = QuestionId(f"mlterms:loss/number-{number}")
            now = START.later(review.day * DAY + at * 100)
            learner.answer(Answer(question, Rating(review.rating)), learner.state(question), now)
    return path


@pytest.fixture
def with_answers(home: dict[str, str], forgetful: Path) -> Path:
    """The database of this test's learner, filled."""
    path = Path(home["HOME"]) / ".local" / "share" / "mlterms" / "mlterms.db"
    path.parent.mkdir(parents=True)
    shutil.copy(forgetful, path)
    return path


def folded(path: Path) -> list[tuple[Any, ...]]:
    """Every row of the tables that are folded from the log."""
    connection = sqlite3.connect(path)
    rows = [
        row
        for table in ("card", "day", "setting", "renamed")
        for row in connection.execute(f"SELECT '{table}', * FROM {table} ORDER BY 2")
    ]
    connection.close()
    return rows


def test_a_new_learner_reads_what_is_missing(mlterms: Run) -> None:
    ran = mlterms("fit", "--apply")
    assert ran.returncode == 0
    assert "0 of 1,000 answers" in ran.stdout
    assert "mlterms fit --overfit --simulated" in " ".join(ran.stdout.split())
    found = json.loads(mlterms("fit", "--json").stdout)
    assert (found["enough"], found["accepted"], found["applied"]) == (False, False, False)


def test_fitting_applying_answering_undoing_and_rebuilding(mlterms: Run, with_answers: Path) -> None:
    ran = mlterms("fit", now=AFTER)
    assert ran.returncode == 0, ran.stderr
    words = " ".join(ran.stdout.split())
    assert "predict later ones" in words
    assert "mlterms fit --apply" in words
    assert "Check 4 of 4" in words
    assert "training loss" in words
    assert "\x1b" not in ran.stdout  # no cursor in a pipe
    assert not any(row[0] == "setting" for row in folded(with_answers))

    applied = json.loads(mlterms("fit", "--apply", "--json", now=AFTER).stdout)
    assert applied["accepted"]
    assert applied["applied"]
    assert applied["parameters"] != list(DEFAULT_PARAMETERS)
    settings = [row for row in folded(with_answers) if row[0] == "setting"]
    assert [json.loads(row[2]) for row in settings] == [applied["parameters"]]
    assert "in use already" in mlterms("fit", "--apply", now=AFTER).stdout

    given = '{"do": "unknown"}\n{"do": "rate"}\n'
    mlterms("quiz", "loss", "--json", "--new", "1", given=given, now=AFTER)
    before = folded(with_answers)
    assert json.loads(mlterms("doctor", "--rebuild", "--json", now=AFTER).stdout)["rebuilt"]
    assert folded(with_answers) == before

    assert "standard parameters are used again" in mlterms("fit", "--undo", now=AFTER).stdout
    assert not any(row[0] == "setting" for row in folded(with_answers))
    assert "nothing to undo" in mlterms("fit", "--undo", now=AFTER).stdout
    before = folded(with_answers)
    mlterms("doctor", "--rebuild", now=AFTER)
    assert folded(with_answers) == before


def test_overfitting_is_shown_on_the_learners_own_answers(mlterms: Run, with_answers: Path) -> None:
    ran = mlterms("fit", "--overfit", "--answers", "200", now=AFTER)
    assert ran.returncode == 0, ran.stderr
    assert "simulated" not in ran.stdout
    assert "on the first 200 answers only" in " ".join(ran.stdout.split())
    assert "epoch  1" in ran.stdout
    run = json.loads(mlterms("fit", "--overfit", "--json", now=AFTER).stdout)
    assert run["trained_on"] == 100
    assert [epoch["epoch"] for epoch in run["epochs"]] == list(range(len(run["epochs"])))
    assert run["epochs"][-1]["training"] < run["epochs"][0]["training"]


def test_without_answers_a_simulated_learner_is_offered_and_named_as_one(mlterms: Run) -> None:
    shown = " ".join(mlterms("fit", "--overfit").stdout.split())
    assert "needs 200 more answers" in shown
    assert "mlterms fit --overfit --simulated" in shown
    ran = mlterms("fit", "--overfit", "--simulated")
    assert ran.stdout.startswith("These are not your answers: a simulated learner gave them.")
    assert "overfitting" in ran.stdout
    assert json.loads(mlterms("fit", "--simulated", "--json").stdout)["simulated"] is True


@pytest.mark.parametrize(
    "arguments",
    [
        ("--apply", "--simulated"),
        ("--apply", "--overfit"),
        ("--undo", "--apply"),
        ("--answers", "100"),
        ("--overfit", "--answers", "3"),
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_together_are_refused(mlterms: Run, arguments: tuple[str, ...]) -> None:
    ran = mlterms("fit", *arguments)
    assert ran.returncode == 2
    assert ran.stdout == ""
