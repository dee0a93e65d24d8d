"""What is said of the learner's days: pace, last day, certainty, and which terms are new today and why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlterms.memory.policy import Policy
from mlterms.memory.state import Rating
from mlterms.store import study_stats
from mlterms.store.counts import Counts
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace

FRIDAY = 20_777
NOTHING = Counts(due=0, learning=0, new=0, answered=0, later=None, backlog=0)
CARD = """---
title: {title}
topic: foundations
needs: [{needs}]
---

Something.

## In plain words

Something.

## Questions

### recall: one
What?
---
That.

### recall: two
What else?
---
That too.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three terms beside the bundle: `first`; `second`, which needs it; `third`, which needs both.

    The questions of the bundle are suspended, so that they are in no way.
    """
    home = tmp_path_factory.mktemp("home")
    content = home / "deck" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "mine"\ntitle = "Mine"\n[topics]\nfoundations = "Foundations"\n')
    for name, needs in (("first", ""), ("second", "first"), ("third", "first, second")):
        (content / f"{name}.md").write_text(CARD.format(title=name, needs=needs))
    (home / "mlterms").mkdir()
    (home / "mlterms" / "config.toml").write_text(f'decks = ["{home / "deck"}"]\n')
    with pytest.MonkeyPatch.context() as environment, opened(home, environment) as workspace:
        for term in [row for row in workspace.index.terms() if row.deck != "mine"]:
            for question in workspace.index.questions_of(term.id):
                workspace.learner.suspend(question, workspace.clock.now())
    return home


@pytest.fixture
def workspace(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A home like that for each test."""
    shutil.copytree(home / "mlterms", tmp_path / "mlterms")
    with opened(tmp_path, monkeypatch) as workspace:
        yield workspace


def opened(home: Path, environment: pytest.MonkeyPatch) -> Workspace:
    for name in ("DATA", "CONFIG", "CACHE"):
        environment.setenv(f"XDG_{name}_HOME", str(home))
    return Workspace(now="2026-11-20T09:00+00:00")


def answer(
    workspace: Workspace,
    question: str,
    rating: Rating = Rating.GOOD,
    *,
    after: int = 0,
    confidence: int | None = None,
    seconds: float = 5,
) -> str:
    now = workspace.clock.now().later(after)
    given = Answer(question, rating, confidence=confidence, seconds=seconds)
    return workspace.learner.answer(given, workspace.learner.state(question), now).uuid


def told(
    workspace: Workspace, most: int = 10, days: int = 0
) -> list[tuple[str, int, int, tuple[str, ...], tuple[str, ...]]]:
    found = study_stats.new_terms(workspace.queue, workspace.clock.now().later(days * 86_400_000), most)
    return [(each.title, each.new, each.learned, each.known_needs, each.new_needs) for each in found]


def test_a_term_comes_after_what_it_needs_and_is_asked_as_often_as_there_is_room(
    workspace: Workspace,
) -> None:
    assert told(workspace, 1) == [("first", 1, 0, (), ())]
    assert told(workspace, 4) == [
        ("first", 2, 0, (), ()),
        ("second", 1, 0, (), ("first",)),
        ("third", 1, 0, (), ("first", "second")),
    ]
    assert told(workspace, 0) == []


def test_a_term_that_was_started_is_shown_as_met_where_its_next_question_is_asked(
    workspace: Workspace,
) -> None:
    answer(workspace, "mine:first/one", Rating.EASY)
    assert told(workspace, 2, days=1) == [("second", 1, 0, ("first",), ()), ("first", 1, 1, (), ())]


def test_a_question_that_was_suspended_unanswered_was_not_asked(workspace: Workspace) -> None:
    workspace.learner.suspend("mine:first/one", workspace.clock.now())
    assert told(workspace, 1) == [("first", 1, 0, (), ())]


def test_what_rests_today_comes_last(workspace: Workspace) -> None:
    answer(workspace, "mine:first/one")
    assert told(workspace, 1) == [("second", 1, 0, ("first",), ())]


def test_the_pace_is_that_of_the_answers_and_not_of_the_pauses(workspace: Workspace) -> None:
    assert study_stats.pace(workspace.learner) is None
    at = 0
    for turn in range(30):
        at += 3_600_000 if turn == 15 else 12_000
        answer(workspace, "mine:first/one", after=at)
    assert study_stats.pace(workspace.learner) == pytest.approx(12, abs=0.5)


def test_the_pace_is_the_mean_because_a_few_long_answers_are_part_of_the_total(workspace: Workspace) -> None:
    at = 0
    for turn in range(41):
        at += 60_000 if turn % 4 == 0 else 4_000
        answer(workspace, "mine:first/one", after=at)
    assert study_stats.pace(workspace.learner) == pytest.approx((60 + 3 * 4) / 4, abs=0.5)


def test_a_script_that_answers_at_once_does_not_make_the_estimate_nothing(workspace: Workspace) -> None:
    for turn in range(30):
        answer(workspace, "mine:first/one", after=5 * turn, seconds=0.005)
    assert study_stats.pace(workspace.learner) == 2
    assert set(study_stats.answer_seconds(workspace.learner)) == {2}


def test_the_last_day_is_the_last_on_which_anything_was_answered(workspace: Workspace) -> None:
    assert study_stats.last_day(workspace.learner, FRIDAY) is None
    answer(workspace, "mine:first/one")
    found = study_stats.last_day(workspace.learner, FRIDAY + 5)
    assert found is not None
    assert (found.day, found.answered) == (FRIDAY, 1)
    assert study_stats.last_day(workspace.learner, FRIDAY) is None


def test_certainty_counts_answers_that_count(workspace: Workspace) -> None:
    answer(workspace, "mine:first/one", confidence=3)
    answer(workspace, "mine:second/one", Rating.AGAIN, confidence=3)
    undone = answer(workspace, "mine:third/one", Rating.AGAIN, confidence=3)
    answer(workspace, "mine:third/two", confidence=1)
    workspace.learner.undo(undone, workspace.clock.now())
    assert study_stats.certainty(workspace.learner, FRIDAY) == (2, 1)


@pytest.mark.parametrize(
    ("counts", "steps", "pace", "expected"),
    [
        (NOTHING, (60, 600), None, 1),
        (NOTHING._replace(due=12), (60, 600), None, 4),
        (NOTHING._replace(due=12), (60, 600), 10.0, 2),
        (NOTHING._replace(new=6), (60, 600), None, 4),
        (NOTHING._replace(new=6), (), None, 2),
        (NOTHING._replace(learning=3), (60, 600), None, 1),
    ],
)
def test_minutes_count_a_new_question_at_each_of_its_steps(
    counts: Counts, steps: tuple[int, ...], pace: float | None, expected: int
) -> None:
    assert study_stats.minutes(counts, Policy(learning_steps=steps), pace) == expected
