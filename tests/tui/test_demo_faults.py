"""Demos that go wrong: told by name and line on the screen, and nothing else dies of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.demo.load import Demo

Play = Callable[..., None]

BROKEN = [
    ("s.w -= knobs.rate * slope", "s.w -= knobs.rate * slop", "step: NameError"),
    ("s.w -= knobs.rate * slope", "raise SystemExit(3)", "step: SystemExit"),
    ("s.w -= knobs.rate * slope", "return 1", "step returns a int"),
    ("return State(w=knobs.start", "return dict(w=knobs.start", "setup returns a dict"),
    ("slope = 2 * s.w", "slope = np.ones(3) @ np.ones(4)", "step: ValueError"),
    ("Points([s.w], [s.w**2]", "Points([s.w, 1], [s.w**2]", "show: "),
    ('"loss": s.w**2', '"loss": "big"', "measure loss: one number is needed"),
    ("def step(s, knobs):", "def step(s):", "step takes (s, knobs)"),
    ("import numpy as np", "import numpy as np\nprint(", "not Python"),
    ("class Settings(Knobs):", "class Settings:", "class Settings(Knobs)"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), BROKEN, ids=[told for _, _, told in BROKEN])
def test_a_fault_of_a_demo_is_reported_by_file_and_line(
    play: Play, walk: Demo, right: str, wrong: str, told: str
) -> None:
    async def scene(stage: Any) -> None:
        if stage.screen.session.playback is not None:
            await stage.press("full_stop")
        said = " ".join(stage.view.news.text.split())
        assert told in said
        assert "walk.py" in said
        await stage.press(
            "space", "r", "n", "v", "w", "c", "y", "right", "full_stop", "question_mark", "escape"
        )
        await stage.run_out()
        assert stage.app.is_running

    assert right in walk.source
    play(scene, walk.source.replace(right, wrong))


def test_a_fault_names_its_line_and_the_run_stands_where_all_was_well(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        line = walk.source.splitlines().index("    s.count += 1") + 1
        await stage.press("greater_than_sign")
        assert f"walk.py:{line + 1}: step: ZeroDivisionError" in stage.view.news.text
        assert stage.player.update == 4
        assert " failed" in stage.text
        await stage.press("comma")
        assert stage.player.update == 3

    text = walk.source.replace("    s.count += 1", "    s.count += 1\n    1 / (5 - s.count)")
    play(scene, text)


def test_where_the_picture_could_not_be_computed_there_are_words_and_no_empty_axes(
    play: Play, walk: Demo
) -> None:
    async def scene(stage: Any) -> None:
        assert "┤" in stage.text
        await stage.press("full_stop")
        assert "show: ZeroDivisionError" in stage.view.news.text
        assert "The demo has failed, so there is no picture." in stage.text
        assert "┤" not in stage.text
        await stage.press("comma")
        assert "┤" in stage.text

    play(scene, walk.source.replace("    return Frame(", "    1 / (1 - s.count)\n    return Frame("))


def test_a_step_that_hangs_is_ended_and_told(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("full_stop")
        assert "step: still not done after" in stage.view.news.text
        assert stage.player.update == 0

    play(scene, walk.source.replace("    s.count += 1", "    while True:\n        pass"))


def test_a_picture_that_cannot_be_drawn_is_replaced_by_the_reason(play: Play) -> None:
    async def scene(stage: Any) -> None:
        class Undrawable:
            panels = None

        stage.view.picture.show(Undrawable())
        await stage.pilot.pause()
        assert "cannot be drawn" in stage.text

    play(scene)


def test_numbers_that_are_lost_are_told_with_the_update_at_which_it_happened(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        told = " ".join(stage.text.replace("\n", " ").split())
        assert (
            "loss is beyond the largest number there is since update" in told
            or "no longer numbers since update" in told
        )

    play(scene, updates=2000, knobs={"rate": 3.0}, size=(160, 48))


def test_a_run_that_diverges_is_off_the_chart_and_not_blank(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "off the chart" in stage.text

    play(scene, updates=20, knobs={"rate": 3.0})


def test_an_impossible_knob_is_reported(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "rate can be 0.01 to 3" in stage.view.news.text

    play(scene, knobs={"rate": 7.0})


def test_a_folder_that_is_not_trusted_is_named_in_words(play: Play, tmp_path: Any) -> None:
    from mlterms.base.errors import MltermsError
    from mlterms.quiz.demo_request import DemoRequest

    async def scene(stage: Any) -> None:
        def refused() -> Demo:
            raise MltermsError("the folder is in no trusted folder; `mlterms trust FOLDER` trusts one")

        stage.screen.open(DemoRequest("other", refused))
        stage.screen.begin()
        await stage.load()
        assert "This demo cannot be played." in stage.text
        assert "mlterms trust FOLDER" in stage.text

    play(scene)


def test_control_characters_in_what_a_demo_says_do_not_reach_the_terminal(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        assert "\x1b" not in stage.text
        assert "�]0;owned" in stage.text

    play(scene, walk.source.replace('f"the slope', 'f"\\x1b]0;owned\\x07 [@click=app.quit]the slope'))
