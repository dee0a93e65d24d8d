"""`mlterms marked`: the marked questions, and what may help with what is forgotten again and again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from mlterms.base.ids import QuestionId
from mlterms.memory.days import day_of
from mlterms.memory.state import CardState, Phase
from mlterms.store.workspace import Workspace
from tests.store.imported import import_state

Run = Callable[..., CompletedProcess[str]]
MONDAY = "2026-11-23T09:00+00:00"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """One question that is a leech, and one that is flagged and suspended."""
    path = tmp_path / "marked.db"
    with Workspace(str(path), MONDAY) as workspace:
        now = workspace.clock.now()
        today = day_of(now)
        leech, flagged = (workspace.index.questions_of(f"mlterms:{term}")[0] for term in ("bias", "weight"))
        state = CardState(Phase.REVIEW, 0, 4.0, 9.0, None, today, now.at, today, 30, 9)
        import_state(workspace.learner, leech, state, "a test", now)
        workspace.learner.flag(QuestionId(flagged), now)
        workspace.learner.suspend(QuestionId(flagged), now)
    return path


def test_it_lists_what_is_marked_and_what_may_help(mlterms: Run, database: Path) -> None:
    shown = mlterms("--database", str(database), "marked", now=MONDAY).stdout
    assert "flagged, suspended" in shown
    assert "leech, due now" in shown
    words = " ".join(shown.split())
    assert words.endswith(
        "To bring back what is suspended or buried: start mlterms, and press M, then s or b."
    )
    leeches = mlterms("--database", str(database), "marked", "leeches", now=MONDAY).stdout
    assert "To bring back" not in leeches
    assert "Forgotten 9 times. What may help: compare it with" in words
    assert "(mlterms edit mlterms:bias)" in words
    assert max(map(len, shown.splitlines())) <= 88


def test_each_filter_as_json(mlterms: Run, database: Path) -> None:
    def listed(*which: str) -> list[dict[str, object]]:
        ran = mlterms("--database", str(database), "marked", *which, "--json", now=MONDAY)
        return [json.loads(line) for line in ran.stdout.splitlines()]

    assert len(listed()) == 2
    (leech,) = listed("leeches")
    assert leech["lapses"] == 9
    assert leech["help"]["rewrite"] == "mlterms edit mlterms:bias"
    (suspended,) = listed("suspended")
    assert (suspended["flagged"], suspended["help"]) == (True, None)
    assert listed("buried") == []


def test_with_nothing_marked_it_says_so(mlterms: Run) -> None:
    assert (
        mlterms("marked", now=MONDAY).stdout
        == "No question is flagged, suspended or buried, and none is a leech.\n"
    )
    assert mlterms("marked", "leeches", now=MONDAY).stdout == "No question keeps being forgotten.\n"
    assert mlterms("marked", "good", now=MONDAY).returncode == 2
