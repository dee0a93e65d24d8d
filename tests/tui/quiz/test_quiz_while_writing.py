"""Keys that other programs use for something else, pressed by habit while an answer is being written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Sit = Callable[..., None]


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("ctrl+s", "Suspend: stop asking this question until you bring it back. Press ^s"),
        ("ctrl+b", "Ask this question tomorrow at the earliest. Press ^b again to do it."),
        ("ctrl+n", "Skip this question until your next session. Press ^n again to do it."),
        (
            "ctrl+t",
            "Mark as known. It comes back later, as if you had rated it Easy.",
        ),
    ],
)
def test_what_is_written_is_not_lost_to_one_key(key: str, says: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        question, cards = learner.open.id, learner.screen.sitting.learner
        await learner.press("1", key)
        assert says in learner.text
        assert (learner.open.id, learner.screen.pane.fields.words) == (question, ["1"])
        assert cards.card(question) is None
        await learner.press("2", key)  # something else was written meanwhile: it asks again
        assert (learner.open.id, learner.screen.pane.fields.words) == (question, ["12"])
        await learner.press(key)
        assert learner.open.id != question

    sit(scene)


@pytest.mark.parametrize("name", ["step", "what"])
def test_the_card_can_be_edited_from_a_field(name: str, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    edited: list[str] = []
    monkeypatch.setattr("mlterms.tui.editor.edit_own_copy", lambda app, term, line: edited.append(term))

    async def scene(learner: Any) -> None:
        await learner.to(name)
        await learner.press("1", "f4")
        assert learner.screen.pane.fields.words == ["1"]
        assert edited == ["hill:pace"]

    sit(scene)


def test_one_key_does_not_confirm_another(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        question = learner.open.id
        await learner.press("1", "ctrl+s", "ctrl+b", "ctrl+s")
        assert learner.open.id == question

    sit(scene)


def test_tab_leaves_the_field_and_plain_keys_work_there(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        question = learner.open.id
        await learner.press("1", "tab")
        assert not learner.screen.pane.fields.has_focus_within
        await learner.press("f")
        assert learner.screen.sitting.learner.card(question).flagged
        assert learner.screen.pane.fields.words == ["1"]
        await learner.press("tab", "2")
        assert learner.screen.pane.fields.words == ["12"]

    sit(scene)


def test_up_and_down_move_between_gaps_and_the_line_of_keys_says_so(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("gaps")
        assert "Down next gap" in learner.text
        assert "gap before" not in learner.text
        await learner.press("a", "down", "b")
        assert learner.screen.pane.fields.words == ["a", "b"]
        assert "next gap" not in learner.text
        assert "Up gap before" in learner.text
        await learner.press("down", "c", "up", "d", "up", "e")  # past the ends they leave the cursor alone
        assert learner.screen.pane.fields.words == ["ade", "bc"]

    sit(scene)


def test_one_line_names_no_next_gap(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        assert "gap" not in learner.text.splitlines()[-1]
        await learner.press("down", "up", "1")
        assert learner.screen.pane.fields.words == ["1"]

    sit(scene)
