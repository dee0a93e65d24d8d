"""Each reason stands with the option that it is about, and what follows an answer is said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.glossary.types import Predict
from mlterms.quiz.choose import Plan

Sit = Callable[..., None]

GUESS = """
### choice: spam
Which of these filters was learned?
- [ ] the list — a person wrote it
- [x] the one that was adjusted — the emails decided what it blocks
- [ ] the fast one — speed says nothing
"""


def below(text: str, option: str) -> str:
    """The row under that of an option."""
    rows = text.splitlines()
    return rows[next(i for i, row in enumerate(rows) if option in row) + 1].strip()


def add_question(deck: Path) -> None:
    card = deck / "content" / "pace.md"
    card.write_text(f"{card.read_text()}\n{GUESS}")


def test_reasons_are_below_their_options(sit: Sit, deck: Path) -> None:
    add_question(deck)

    async def scene(learner: Any) -> None:
        await learner.to("spam")
        await learner.press(learner.key_of("the list"))
        assert below(learner.text, "the list") == "A person wrote it."
        assert below(learner.text, "the one that was adjusted") == "The emails decided what it blocks."
        assert "Speed says nothing" not in learner.text
        assert learner.text.count("A person wrote it.") == 1

    sit(scene)


def test_after_i_do_not_know_only_the_right_option_has_its_reason(sit: Sit, deck: Path) -> None:
    add_question(deck)

    async def scene(learner: Any) -> None:
        await learner.to("spam")
        await learner.press("0")
        assert below(learner.text, "the one that was adjusted") == "The emails decided what it blocks."
        assert "A person wrote it" not in learner.text

    sit(scene)


def test_after_a_guess_the_question_stays_in_sight_and_more_can_be_scrolled_to(sit: Sit, deck: Path) -> None:
    add_question(deck)
    card = deck / "content" / "pace.md"
    long = " ".join(["Down a hill in the fog nobody sees the valley."] * 30)
    card.write_text(card.read_text().replace("Down a hill in the fog", f"{long} Down a hill in the fog", 1))

    async def scene(learner: Any) -> None:
        while not learner.open.id.endswith("/spam"):
            await learner.press("enter" if learner.screen.stage == "introducing" else "ctrl+n")
        await learner.press(learner.key_of("the list"))
        assert "Which of these filters was learned?" in learner.text
        assert "A person wrote it." in learner.text
        assert "How far each step goes" in learner.text
        assert "Down shows more" in learner.text
        await learner.press(*["down"] * 9)
        assert "Down shows more" not in learner.text
        assert "the steeper it is" in learner.text

    sit(scene, guess_first="always")


def test_steps_are_shown_in_the_order_that_was_given(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one-step")
        order = learner.open.order
        await learner.press(*(str(order.index(step) + 1) for step in (1, 2, 0)), "enter")
        rows = learner.text.splitlines()
        marked = [
            row.split(". ", 1)[1].strip()
            for row in rows
            if row.strip().startswith(("✓ ", "✗ ")) and ". " in row
        ]
        assert marked[:3] == ["Multiply it by the pace", "Go that far, downhill", "Feel the slope"]
        assert "1st" not in learner.text

    sit(scene)


def test_one_way_to_go_on_is_said_in_words_and_not_offered_as_a_rating(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=False)
        assert "It comes back in 1 minute." in learner.text
        assert "1 Again" not in learner.text
        await learner.press("1")
        assert learner.screen.sitting.answers[-1].rating == 1

    sit(scene)


def test_practice_is_called_so_and_asks_for_no_rating(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        assert " · choice " in learner.text.splitlines()[0]
        assert "practice, " in learner.text.splitlines()[0]
        await learner.answer(right=True)
        assert "Practice: the schedule stays as it is." in learner.text
        assert "Good" not in learner.text
        assert "—" not in learner.text
        await learner.press("enter")
        assert len(learner.screen.sitting.answers) == 1

    sit(scene, plan=Plan(mode="cram", terms=("hill:pace",)))


def test_practice_that_was_skipped_does_not_say_that_nothing_is_due(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        for _ in range(30):
            if learner.screen.is_over:
                break
            await learner.press("enter" if learner.screen.stage == "introducing" else "ctrl+n")
        assert "Nothing is due." not in learner.text
        assert "questions are left today." in learner.text

    sit(scene, plan=Plan(mode="cram", terms=("hill:pace",)))


def test_a_contrast_that_has_nothing_to_ask_says_why(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        assert "There is nothing to ask." in learner.text
        assert "No card says that pace is confused with another term." in learner.text
        assert "left today" not in learner.text

    sit(scene, plan=Plan(mode="cram", contrast=True, terms=("hill:pace",)))


def test_help_parts_what_can_be_done_now_from_what_cannot(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("question_mark", "end", "home")
        for _ in range(4):
            if "At other times" in learner.text:
                break
            await learner.press("pagedown")
        words = [row.text for row in learner.app.screen.query_one("#words").content(80, 100) for row in row]
        later = words.index("At other times")
        assert words.index("Skip this question until your next session.") < later
        assert words.index("Count your answer as right, since it was only mistyped.") > later

    sit(scene)


def _help(learner: Any) -> tuple[list[str], list[str]]:
    """What help says can be done now, and at other times: keys and sentence of each action."""
    rows = learner.app.screen.query_one("#words").content(100, 100)
    lines = [" ".join("".join(piece.text for piece in row).split()) for row in rows]
    sentences = lines.index("Here")
    later = lines.index("At other times")
    around = lines.index("Moving around") if "Moving around" in lines else len(lines)
    return lines[sentences:later] + lines[around:], lines[later:around]


def test_help_lists_redo_where_something_was_undone(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        redo = "U F9 Redo what was undone last."
        await learner.press("question_mark")
        now, later = _help(learner)
        assert redo in later
        assert redo not in now
        await learner.press("escape", "f", "u", "question_mark")
        assert redo in _help(learner)[0]

    sit(scene)


def test_help_gives_a_key_one_meaning_at_a_time(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        for answered in (False, True):
            if answered:
                await learner.answer(right=True)
            await learner.press("question_mark")
            now, _ = _help(learner)
            ups = [line for line in now if line.split()[:1] == ["Up"]]
            assert len(ups) == 1, ups
            await learner.press("escape")

    sit(scene)


@pytest.mark.parametrize(("end", "start"), [("end", "home"), ("G", "g")])
def test_an_answered_question_scrolls_to_its_end_and_back(end: str, start: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.answer(right=False)
        body = learner.screen.pane.body
        assert body.max_scroll_y > 1
        await learner.press(end)
        assert body.scroll_y == body.max_scroll_y
        await learner.press(start)
        assert body.scroll_y == 0

    sit(scene, size=(60, 20))


def test_enter_is_not_offered_before_it_is_said_how_sure_the_learner_is(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press(learner.key_of("0.4"))
        assert learner.screen.stage == "sure"
        assert "Enter next" not in learner.text
        await learner.press("right")
        assert "Enter next" in learner.text

    sit(scene, confidence=True)


def test_what_was_written_stays_in_sight_while_it_is_asked_how_sure_the_learner_is(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how long a step is")
        await learner.press("enter")
        assert learner.screen.stage == "sure"
        assert "how long a step is" in learner.text
        await learner.press("2")
        assert learner.screen.stage == "revealed"
        assert learner.text.count("how long a step is") == 1

    sit(scene, confidence=True)


def test_undo_says_which_mark_it_takes_back(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        for key, said in (
            ("b", "Undone (buried): pace, choice."),
            ("s", "Undone (suspended): pace, choice."),
        ):
            await learner.press(key, "f8")
            assert said in learner.text
        await learner.answer(right=True)
        await learner.press("u")
        assert "Undone: pace, choice." in learner.text

    sit(scene)


def test_the_key_to_skip_goes_on_from_a_verdict_and_does_not_say_that_something_was_skipped(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=True)
        await learner.press("n")
        assert len(learner.screen.sitting.answers) == 1
        assert "Skipped" not in learner.text
        await learner.press("enter", "n")
        assert "Skipped" in learner.text

    sit(scene)


def test_the_ratings_are_explained_the_first_times_that_they_are_offered(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        seen = []
        for _ in range(4):
            if learner.screen.stage == "introducing":
                await learner.press("enter")
            while isinstance(learner.open.question, Predict):
                await learner.press("ctrl+n")
            await learner.answer(right=True)
            seen.append("How well did you know it?" in learner.text)
            await learner.press("enter")
        assert seen == [True, True, True, False]

    sit(scene)


def test_an_answer_that_can_be_rated_in_one_way_only_explains_no_ratings(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=False)
        assert "How well did you know it?" not in learner.text

    sit(scene)


@pytest.mark.parametrize("name", ["one", "several", "gaps", "what", "step"])
@pytest.mark.parametrize("key", ["enter", "1", "4"])
def test_no_key_passes_the_verdict_before_it_was_read(
    name: str, key: str, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 60.0)

    async def scene(learner: Any) -> None:
        await learner.to(name)
        await learner.answer(right=True)
        stage = learner.screen.stage
        await learner.press(key, key)
        assert (learner.screen.stage, learner.screen.sitting.answers) == (stage, [])
        assert "press the key again" in learner.text
        learner.screen.pane.pause.start(0)
        await learner.press(key)
        assert len(learner.screen.sitting.answers) == 1

    sit(scene)


def test_a_digit_pressed_twice_does_not_say_how_sure_the_learner_is(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 60.0)

    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("1", "1")
        assert learner.screen.stage == "sure"

    sit(scene, confidence=True)
