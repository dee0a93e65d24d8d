"""In plain lines: a wrong answer is rated Again, a slip can be right after all, and what was shown counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LOSS_CARD, write_deck

Run = Callable[..., Any]


@pytest.fixture
def quiz(mlterms: Run, tmp_path: Path) -> Callable[..., str]:
    """`quiz("losss", "/right", …)` types lines into the plain quiz of one term; what it printed."""
    write_deck(tmp_path, LOSS_CARD)

    def run(*lines: str, more: tuple[str, ...] = ()) -> str:
        given = "".join(f"{line}\n" for line in lines)
        ran = mlterms("quiz", "d:loss", "--plain", *more, given=given, now="2026-11-20T09:00")
        assert ran.returncode == 0, ran.stderr
        return str(ran.stdout)

    return run


def answers(home: Path) -> list[tuple[int, int | None, Any]]:
    """(rating, correct, given) of each answer in the log."""
    with sqlite3.connect(next(home.rglob("mlterms.db"))) as connection:
        sql = "SELECT rating, correct, given FROM event WHERE kind = 'answer' ORDER BY seq"
        rows = [(rating, correct, json.loads(given)) for rating, correct, given in connection.execute(sql)]
    connection.close()
    return rows


def test_a_wrong_answer_takes_no_other_rating_than_again(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = quiz("profit", "3", "good", "1", more=("--limit", "1"))
    assert "It comes back in 1 minute.\n" in shown
    assert "Enter goes on> " in shown
    assert "3 Good" not in shown
    assert shown.count("it can only be rated 1, Again") == 2
    assert "0 right, 1 wrong" in shown
    assert answers(tmp_path) == [(1, 0, {"words": ["profit"]})]


def test_a_quiz_that_the_days_limit_leaves_empty_says_so(quiz: Callable[..., str], mlterms: Run) -> None:
    mlterms("settings", "new_per_day", "0", now="2026-11-20T09:00")
    shown = " ".join(quiz().split())
    assert "Today's new questions are used up. mlterms quiz loss --new 5 asks five more." in shown
    assert "used up" not in quiz(more=("--new", "1"))


def test_a_slip_can_be_right_after_all(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = quiz("lpss", "/right", "3", more=("--limit", "1"))
    assert "Only mistyped?" in shown
    assert "3 Good 10m" in shown
    assert "1 right" in shown
    assert answers(tmp_path) == [(3, 1, {"words": ["lpss"], "right_after_all": True})]


def test_after_a_look_at_the_card_hard_is_suggested(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = " ".join(quiz("/card", "loss", "", more=("--limit", "1")).split())
    assert "You looked it up first, so at most Hard is suggested. How well did you know it?" in shown
    assert "(Enter: Hard)" in shown
    assert answers(tmp_path) == [(2, 1, {"words": ["loss"]})]


def test_a_right_answer_cannot_be_overruled(quiz: Callable[..., str], tmp_path: Path) -> None:
    assert "overrules the verdict on a typed answer" in quiz("loss", "/right", "2", more=("--limit", "1"))
    assert answers(tmp_path) == [(2, 1, {"words": ["loss"]})]


@pytest.mark.parametrize("last", [(), ("/quit",), ("/skip", "/quit"), ("/bury", "/quit"), ("/suspend",)])
def test_leaving_at_the_feedback_records_the_answer(
    quiz: Callable[..., str], tmp_path: Path, last: tuple[str, ...]
) -> None:
    quiz("profit", *last)
    assert answers(tmp_path)[0] == (1, 0, {"words": ["profit"]})


def test_leaving_when_the_model_answer_is_shown_records_the_recall(
    quiz: Callable[..., str], tmp_path: Path
) -> None:
    quiz("loss", "", "a number")
    assert answers(tmp_path)[1] == (1, None, {"text": "a number", "ideas": []})


def test_undo_at_the_feedback_asks_the_same_question_again(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = quiz("profit", "/undo", "loss", "3", more=("--limit", "1"))
    assert shown.count("── Which term? · gap · new") == 2
    assert "1 answered, 1 of them new: 1 right." in shown


def test_a_question_is_flagged_known_and_reset_and_all_of_it_undone(quiz: Callable[..., str]) -> None:
    shown = quiz("/flag", "/undo", "/reset", "/known", "/undo", "loss", "/reset", "/undo", "/undo", "/quit")
    assert "Flagged. /undo undoes that." in shown
    assert "It is new already." in shown
    assert "Marked as known: it comes back in" in shown
    assert "Reset: it is new again" in shown
    assert shown.count("Here it is again.") == 4


def test_a_skip_is_redone(quiz: Callable[..., str]) -> None:
    shown = quiz("/skip", "/undo", "/redo", "/quit")
    assert "Undone (skipped): gap. Here it is again." in shown
    assert "Redone (skipped): loss, gap." in shown


@pytest.mark.parametrize("mark", ["bury", "suspend", "known"])
def test_in_practice_what_is_marked_makes_way_for_the_next_question(
    quiz: Callable[..., str], mark: str
) -> None:
    shown = quiz(f"/{mark}", "/quit", more=("--cram",))
    first, second = [line for line in shown.splitlines() if line.startswith("── ")]
    assert ("gap" in first, "recall" in second) == (True, True)


def test_a_contrast_that_has_nothing_to_ask_says_why_and_nothing_else(mlterms: Run) -> None:
    shown = " ".join(mlterms("quiz", "--contrast", "--plain", now="2026-11-20T09:00").stdout.split())
    assert shown == (
        "No two terms that are confused with each other have been started yet. mlterms quiz starts new terms."
    )
    named = mlterms("quiz", "--contrast", "precision", "--plain", now="2026-11-20T09:00").stdout
    assert "are confused with each other, and neither has been started. mlterms quiz " in " ".join(
        named.split()
    )


def test_a_preview_speaks_of_no_later_day(mlterms: Run, tmp_path: Path) -> None:
    write_deck(tmp_path, LOSS_CARD)
    card = str(tmp_path / "d" / "content" / "loss.md")
    shown = mlterms("quiz", "--plain", "--preview", card, given="/known\n/bury\n\n").stdout
    assert "Marked as known, in this preview only." in shown
    assert "Buried, in this preview only." in shown
    assert "Nothing is left to ask in this session." in shown
    assert "left today" not in shown


def test_how_sure_is_asked_from_then_on_and_of_a_recall_too(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = quiz("/sure", "loss", "3", "3", "how wrong", "2", "all", "", "/quit")
    assert "From now on you are asked how sure you are." in shown
    assert shown.index("How sure are you?", shown.index("recall")) < shown.index("How wrong the model is.")
    with sqlite3.connect(next(tmp_path.rglob("mlterms.db"))) as connection:
        rows = connection.execute(
            "SELECT confidence FROM event WHERE kind = 'answer' ORDER BY seq"
        ).fetchall()
    connection.close()
    assert rows == [(3,), (2,)]
    assert "confidence = true" in next(tmp_path.rglob("config.toml")).read_text()


def test_a_term_is_introduced_once_a_session(quiz: Callable[..., str]) -> None:
    shown = quiz("loss", "3", "how wrong", "all", "3", more=("--cram",))
    assert shown.count("New: loss.") == 1
    assert shown.count("\n── ") == 2


def test_zero_says_that_the_learner_does_not_know(quiz: Callable[..., str], tmp_path: Path) -> None:
    head = LOSS_CARD.partition("### cloze")[0]
    options = "- [x] wrong answers — it grows with them\n- [ ] time — it has no clock\n"
    (tmp_path / "d/content/loss.md").write_text(f"{head}### choice: what\nWhat is counted?\n{options}")
    shown = quiz("x", "0", "", more=("--limit", "1"))
    assert "Type one number from 1 to 2, or 0 if you do not know." in shown
    assert "Not yet. The answer: wrong answers" in shown
    assert "It has no clock" not in shown
    assert answers(tmp_path)[0][:2] == (1, 0)


def test_what_to_write_is_said_once_a_session_and_not_where_nothing_is_asked(
    quiz: Callable[..., str],
) -> None:
    shown = quiz("/quit", more=("--new", "0"))
    assert "Nothing is left to ask in this session." in shown
    assert "Type your answer" not in shown
    for shown in (quiz("loss", "3", "how wrong", "all", "3"), quiz("/quit", more=("--cram",))):
        assert shown.count("Type your answer or an option's number") == 1
        assert shown.index("press Enter twice") < shown.index("── ")
        assert shown.index("/quit leaves") < shown.index("── ")


NUMBER = "### numeric: twice\nWhat is twice 4?\n```yaml\nanswer: 8\ntolerance: 0\nexplain: 8\n```\n"
OPTIONS = "### choice: what\nWhat?\n- [x] errors — they grow\n- [ ] time — it has no clock\n"
GAPS = "### cloze: gaps\nA {{loss}} counts {{errors}}.\n"


@pytest.mark.parametrize(
    ("question", "empty"), [(NUMBER, 1), (OPTIONS, 1), (GAPS, 2), (GAPS.replace("{{errors}}", "them"), 1)]
)
def test_enter_gives_up_only_when_it_is_pressed_once_more(
    question: str, empty: int, quiz: Callable[..., str], tmp_path: Path
) -> None:
    head = LOSS_CARD.partition("### cloze")[0]
    (tmp_path / "d/content/loss.md").write_text(head + question)
    shown = quiz(*[""] * empty, "/quit")
    assert shown.count("If you do not know, press Enter again to see the answer.") == 1
    assert answers(tmp_path) == []
    shown = quiz(*[""] * empty, "", "", "/quit")
    assert f"Not yet. The {'full text' if 'cloze' in question else 'answer'}: " in shown
    assert answers(tmp_path) == [(1, 0, {"unknown": True})]


@pytest.mark.parametrize("typed", ["errors", "Errors.", " ERRORS"])
def test_the_text_of_an_option_chooses_it(typed: str, quiz: Callable[..., str], tmp_path: Path) -> None:
    head = LOSS_CARD.partition("### cloze")[0]
    (tmp_path / "d/content/loss.md").write_text(head + OPTIONS.replace("errors —", "**Errors.** —"))
    assert "Right:" in quiz(typed, "3", more=("--limit", "1"))
    assert answers(tmp_path)[0][:2] == (3, 1)


def test_the_text_of_one_option_is_not_the_beginning_of_another(
    quiz: Callable[..., str], tmp_path: Path
) -> None:
    head = LOSS_CARD.partition("### cloze")[0]
    (tmp_path / "d/content/loss.md").write_text(head + OPTIONS)
    assert "Type one number from 1 to 2" in quiz("error", "/quit")


def test_two_ideas_may_be_joined_by_and(quiz: Callable[..., str], tmp_path: Path) -> None:
    recall = "### recall: both\nWhat?\n---\nThis and that.\n- [ ] this\n- [ ] that\n- [ ] more\n"
    (tmp_path / "d/content/loss.md").write_text(LOSS_CARD.partition("### cloze")[0] + recall)
    quiz("this and that", "1 and 2", "", more=("--limit", "1"))
    assert answers(tmp_path)[0][2]["ideas"] == [0, 1]


def test_of_several_gaps_the_wrong_ones_are_named(quiz: Callable[..., str], tmp_path: Path) -> None:
    gaps = "### cloze: gaps\nA {{loss}} counts {{errors}} in {{one}} number.\n"
    (tmp_path / "d/content/loss.md").write_text(LOSS_CARD.partition("### cloze")[0] + gaps)
    assert "Gap (2) is wrong, the others are right." in quiz("loss", "time", "one", "", more=("--limit", "1"))
    shown = quiz("cost", "time", "one", "", more=("--cram", "--limit", "1"))
    assert "Gaps (1) and (2) are wrong, the other one is right." in shown
    assert "wrong, the" not in quiz("x", "y", "z", "", more=("--cram", "--limit", "1"))


def test_a_gap_may_stay_empty_while_another_is_filled(quiz: Callable[..., str], tmp_path: Path) -> None:
    head = LOSS_CARD.partition("### cloze")[0]
    (tmp_path / "d/content/loss.md").write_text(head + GAPS)
    shown = quiz("", "errors", "", more=("--limit", "1"))
    assert "If you do not know, press Enter again" not in shown
    assert answers(tmp_path) == [(1, 0, {"words": ["", "errors"]})]


def test_a_prompt_that_is_longer_than_the_window_is_broken_between_words(
    mlterms: Run, tmp_path: Path
) -> None:
    write_deck(tmp_path, LOSS_CARD)
    ran = mlterms(
        *("quiz", "d:loss", "--plain", "--confidence", "--limit", "1"),
        given="loss\n3\n3\n",
        now="2026-11-20T09:00",
        COLUMNS="36",
    )
    assert "How sure are you? 1 a guess, 2" in ran.stdout.splitlines()
    assert "fairly, 3 certain, or nothing> 3" in ran.stdout.splitlines()


def test_a_question_mark_lists_what_can_be_typed(quiz: Callable[..., str], tmp_path: Path) -> None:
    assert quiz("?", "loss", "2", more=("--limit", "1")).count("/undo") > 0
    assert answers(tmp_path) == [(2, 1, {"words": ["loss"]})]


def test_an_unknown_command_is_said_to_be_none(quiz: Callable[..., str]) -> None:
    shown = quiz("/xyz", "/quit")
    assert "There is no command /xyz. These are the commands." in shown
    assert shown.index("These are the commands.") < shown.index("At any question")
    assert "no command" not in quiz("/help", "/", "/quit")


def test_a_heading_that_is_too_long_breaks_between_words(mlterms: Run, tmp_path: Path) -> None:
    write_deck(tmp_path, LOSS_CARD.replace("title: loss", "title: a loss of many words in its title"))
    ran = mlterms("quiz", "d:loss", "--plain", given="", now="2026-11-20T09:00", COLUMNS="36")
    assert "── a loss of many words in its title\n· gap · new\n" in ran.stdout


def test_practice_asks_for_no_rating_of_what_was_graded(quiz: Callable[..., str], tmp_path: Path) -> None:
    shown = quiz("loss", "", more=("--cram", "--limit", "1"))
    assert "3 Good" not in shown
    assert "Enter goes on> " in shown
    assert [(rating, correct) for rating, correct, _ in answers(tmp_path)] == [(3, 1)]


@pytest.mark.parametrize("text", ["easy", "e", "1", "4", "what?"])
def test_where_only_enter_goes_on_other_text_is_refused(
    text: str, quiz: Callable[..., str], tmp_path: Path
) -> None:
    shown = quiz("loss", text, "", more=("--cram", "--limit", "1"))
    assert "There is nothing to choose here: press Enter to go on." in shown
    assert [(rating, correct) for rating, correct, _ in answers(tmp_path)] == [(3, 1)]
