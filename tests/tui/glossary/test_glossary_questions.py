"""The past of a term's questions, what can be said of them, and asking them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.quiz.choose import Plan
from mlterms.quiz.term_details import read_details
from mlterms.store.workspace import Workspace

LookUp = Callable[..., None]
Answered = Callable[..., None]


async def to_question(reader: Any, number: int) -> None:
    """Mark a question of the card that is shown."""
    await reader.press("enter", "end")
    questions = [
        place.action for place in reader.screen.pane.card.places() if place.action.startswith("unfold(")
    ]
    reader.screen.pane.card.mark(questions[number])
    await reader.settle()


def test_each_question_says_what_it_asks_how_it_stands_and_how_it_went(
    look_up: LookUp, answered: Answered
) -> None:
    answered("weight/what", 3, 1, 3)

    async def scene(reader: Any) -> None:
        await reader.press("enter", "end")
        line = next(line for line in reader.text.splitlines() if "What does a weight do?" in line)
        assert line.split()[0] == "recall"
        assert "✓✗✓" in line
        assert "1 of 3 started" in reader.text
        gap = next(line for line in reader.text.splitlines() if line.startswith("  gap"))
        assert "A weight multiplies one ____." in gap
        assert gap.endswith("new")
        assert "feature" not in gap
        assert "A neuron has n inputs." in reader.text

    look_up(scene)


def test_an_unfolded_question_tells_its_answers_with_their_days(look_up: LookUp, answered: Answered) -> None:
    answered("weight/what", 3, 1, 3)

    async def scene(reader: Any) -> None:
        await to_question(reader, 0)
        await reader.press("enter")
        assert "✓ 17 Nov  ✗ 18 Nov  ✓ 19 Nov" in reader.text
        assert "asked 3 times, right twice" in reader.text
        assert "I know this" in reader.text
        await reader.press("enter")
        assert "17 Nov" not in reader.text

    look_up(scene)


@pytest.mark.parametrize(
    ("key", "says", "told"),
    [
        ("s", "suspended", "Suspended"),
        ("i", "due in", "Marked as known"),
        ("f", "flagged", "Flagged"),
    ],
)
def test_what_is_said_of_a_question_shows_at_once_and_is_taken_back(
    look_up: LookUp, key: str, says: str, told: str
) -> None:
    async def scene(reader: Any) -> None:
        await to_question(reader, 1)
        before = reader.text
        await reader.press(key)
        line = next(line for line in reader.text.splitlines() if line.startswith("  gap"))
        assert says in line
        assert reader.said.startswith(told)
        await reader.press("u")
        assert reader.said.startswith("Undone")
        line = next(line for line in reader.text.splitlines() if line.startswith("  gap"))
        assert line in before
        assert not reader.screen.check_action("undo", ())

    look_up(scene)


def test_a_question_that_was_begun_is_reset_and_its_history_stays(
    look_up: LookUp, answered: Answered, workspace: Workspace
) -> None:
    answered("weight/what", 3, 3)

    async def scene(reader: Any) -> None:
        await to_question(reader, 0)
        await reader.press("r")
        line = next(line for line in reader.text.splitlines() if "What does a weight do?" in line)
        assert line.endswith("new")
        assert "✓✓" in line
        await reader.press("u")
        assert "due" in next(line for line in reader.text.splitlines() if "What does a weight do?" in line)

    look_up(scene)


def test_suspending_and_asking_again_by_mouse(look_up: LookUp, workspace: Workspace) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter", "end")
        await reader.click("A weight multiplies")
        await reader.click("s  suspend", after=1)
        assert workspace.learner.card("small:weight/gap").suspended
        assert "s ask again" in reader.text.splitlines()[-1]  # the line of keys
        await reader.click("s  ask again", after=1)
        assert not workspace.learner.card("small:weight/gap").suspended
        await reader.click("u undo")
        assert workspace.learner.card("small:weight/gap").suspended

    look_up(scene)


def test_only_what_was_done_here_is_undone(look_up: LookUp, answered: Answered) -> None:
    answered("weight/what", 3)

    async def scene(reader: Any) -> None:
        assert not reader.screen.check_action("undo", ())
        await reader.press("u")
        assert reader.app.workspace.learner.undoable() is not None

    look_up(scene)


def test_questions_can_be_handled_beside_the_card(look_up: LookUp, workspace: Workspace) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("right", "right", "end", "s")
        assert workspace.learner.card("small:weight/sum").suspended
        assert "suspended" in reader.text

    look_up(scene, (160, 48))


def test_a_question_with_many_lapses_is_pointed_out(look_up: LookUp, answered: Answered) -> None:
    answered("weight/what", 3, *[3, 1] * 9)

    async def scene(reader: Any) -> None:
        await to_question(reader, 0)
        assert "leech" in reader.text
        await reader.press("enter")
        assert "It keeps slipping away" in " ".join(reader.text.split())

    look_up(scene)


def test_undone_answers_are_not_in_the_history(
    look_up: LookUp, answered: Answered, workspace: Workspace
) -> None:
    answered("weight/what", 3, 1)
    event = workspace.learner.undoable()
    assert event is not None
    workspace.learner.undo(event.uuid, workspace.clock.now())
    past = read_details(workspace, "small:weight", workspace.clock.now(), {}).questions[0]
    assert [given.right for given in past.answers] == [True]


def test_the_terms_say_how_well_they_are_known_and_what_is_due(look_up: LookUp, answered: Answered) -> None:
    answered("bias/what", 4)
    answered("weight/what", 3)

    async def scene(reader: Any) -> None:
        rows = {line[3:].partition(" ")[0]: line[:32] for line in reader.text.splitlines()}
        assert rows["weight"].split("│")[0].split()[2:4] == ["●", "0%"]
        assert "%" in rows["bias"]
        assert "●" not in rows["bias"]
        assert "new" in rows["learning"]

    look_up(scene)


def test_asking_starts_a_quiz_of_this_term_alone(
    look_up: LookUp, monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> None:
    plans: list[Plan] = []

    async def scene(reader: Any) -> None:
        monkeypatch.setattr(reader.app, "start_quiz", plans.append)
        await reader.press("a")
        for question in workspace.index.questions_of("small:weight"):
            workspace.learner.know(question, workspace.clock.now())
        await reader.press("a")
        for question in workspace.index.questions_of("small:weight"):
            workspace.learner.suspend(question, workspace.clock.now())
        await reader.press("a")
        assert reader.said == "All questions of this term are suspended."

    look_up(scene)
    assert plans == [Plan(("small:weight",), new=3), Plan(("small:weight",), mode="cram")]


KEYS = {"glossary.suspend": "x", "glossary.know": "z", "glossary.reset": "f13", "glossary.flag": "ctrl+y"}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_the_buttons_of_a_question_name_the_keys_that_the_learner_has_set(
    size: tuple[int, int], look_up: LookUp
) -> None:
    async def scene(reader: Any) -> None:
        if size[0] < 160:
            await to_question(reader, 0)
        else:
            await reader.press("right", "right", "end", "up", "up")
        await reader.press("enter")
        for words in (" x  suspend", " z  I know this", " F13  reset", " ^y  flag"):
            assert words in reader.text
        for words in (" s  suspend", " i  I know this", "s suspend", "i I know this"):
            assert words not in reader.text
        await reader.press("x")
        assert reader.said.startswith("Suspended")

    look_up(scene, size, keys=KEYS)


def test_a_version_of_a_card_without_questions_says_that_nothing_is_asked(
    look_up: Any, tmp_path: Path, deck: Path
) -> None:
    card = (deck / "content" / "weight.md").read_text()
    own = tmp_path / "home" / "mlterms" / "overlay" / "content" / "weight.md"
    own.parent.mkdir(parents=True)
    own.write_text(card[: card.index("## Questions")])

    async def scene(reader: Any) -> None:
        reader.app.look_again()
        await reader.app.workers.wait_for_complete()
        await reader.settle()
        reader.app.open_card("small:weight")
        await reader.settle()
        assert "your version of this card has no questions" in " ".join(reader.text.split())

    look_up(scene, (160, 48))
