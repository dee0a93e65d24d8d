"""In plain lines each thing is said once, of what is so, and with what it takes to undo it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LOSS_CARD, write_deck

Run = Callable[..., Any]
GUESS = "### choice: what\nWhat?\n- [x] errors — they grow\n- [ ] time — it has no clock\n\n"


@pytest.fixture
def quiz(mlterms: Run, tmp_path: Path) -> Callable[..., str]:
    """`quiz("loss", "/skip", more=("--cram",))`: what the plain quiz said, each space and break as one
    space."""
    write_deck(tmp_path, LOSS_CARD)

    def run(*lines: str, more: tuple[str, ...] = ()) -> str:
        given = "".join(f"{line}\n" for line in lines)
        ran = mlterms("quiz", "d:loss", "--plain", *more, given=given, now="2026-11-20T09:00")
        assert ran.returncode == 0, ran.stderr
        return " ".join(str(ran.stdout).split())

    return run


@pytest.mark.parametrize(
    ("command", "told"), [("/skip", "Skipped until your next session."), ("/bury", "Buried until tomorrow.")]
)
def test_what_puts_a_question_off_says_so_and_how_it_is_undone(
    command: str, told: str, quiz: Callable[..., str]
) -> None:
    assert f"{told} /undo undoes that." in quiz(command, "/quit")
    assert "Skipped" not in quiz("loss", "/skip", "/quit")  # it was answered


def test_only_a_session_that_moves_the_schedule_says_when_questions_come_back(
    quiz: Callable[..., str],
) -> None:
    assert "comes back when" not in quiz("/quit", more=("--cram",))
    assert "Each question comes back when you are about to forget it." in quiz("/quit")


def test_what_enter_does_is_said_of_both_kinds_of_question(quiz: Callable[..., str]) -> None:
    shown = quiz("loss", "", "", more=("--limit", "2"))
    assert "press Enter twice; once is enough where you" in shown
    assert "If you do not know, press Enter once: it shows the answer." in shown


def test_the_rating_that_enter_takes_is_named(quiz: Callable[..., str]) -> None:
    shown = quiz("/sure", "loss", "1", "", more=("--limit", "1"))
    assert "You called it a guess, so Again is suggested." in shown
    assert "If you are not sure, press Enter: it takes Again." in shown
    assert "marked" not in shown


def test_who_will_not_say_how_sure_they_are_is_asked_no_more_at_once(quiz: Callable[..., str]) -> None:
    shown = quiz("loss", "/sure", "3", more=("--confidence", "--limit", "1"))
    assert shown.count("How sure are you?") == 1
    assert "You are no longer asked how sure you are. /sure changes it back. Right: " in shown
    assert "1 answered, 1 of them new: 1 right." in shown


def test_known_in_practice_takes_the_question_out_and_says_that_it_moves_the_schedule(
    quiz: Callable[..., str],
) -> None:
    shown = quiz("/known", "/quit", more=("--cram",))
    assert "Marked as known, which moves its schedule in practice too: it comes back in" in shown
    assert [shown.count(kind) for kind in ("· gap", "· recall")] == [1, 1]


def test_after_a_wrong_first_guess_a_term_is_introduced_once(
    quiz: Callable[..., str], mlterms: Run, tmp_path: Path
) -> None:
    head, cloze, rest = LOSS_CARD.partition("### cloze")
    (tmp_path / "d/content/loss.md").write_text(head + GUESS + cloze + rest)
    mlterms("settings", "guess_first", "always", now="2026-11-20T09:00")
    shown = quiz("0", "", "loss", "3", "/quit")
    assert "· gap" in shown
    assert shown.count("A number.") == 1
