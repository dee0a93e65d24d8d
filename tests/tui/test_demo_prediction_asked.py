"""When a demo asks for a prediction, and what is shown until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.strip import Strip

from mlterms.demo.load import Demo
from mlterms.quiz.demo_request import PredictionRequest
from mlterms.quiz.demo_scene import scene_of
from mlterms.quiz.instance import Instance
from mlterms.tui.widgets.plot_view import PlotView
from tests.tui.predictions import asked, asking, until_asked

Play = Callable[..., None]


def test_the_question_comes_first_and_nothing_plays_meanwhile(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert "Both walk for 40 updates." in stage.text
        assert "the one with large steps" in stage.text
        assert stage.player.update == 0
        assert not stage.screen.session.playback.busy
        await stage.press("full_stop", "r", "n", "right", "w", "space")
        assert stage.player.update == 0
        assert stage.player.seed == 5

    play(scene, asking=asking(), motion=True)


@pytest.mark.parametrize(("seed", "is_said"), [(5, True), (1_602_395_252, False)])
def test_a_seed_that_the_quiz_has_drawn_is_not_in_the_head(play: Play, seed: int, is_said: bool) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert stage.player.seed == seed
        assert (f"seed {seed}" in stage.text) == is_said
        await stage.press("s")
        stage.player.new_seed(seed)
        await stage.press("r")
        assert (f"seed {seed}" in stage.text) == is_said
        assert ("seed 5, n: next seed" in stage.text) == is_said
        assert "n: next seed" in stage.text

    play(scene, asking=asking(replace(asked(), seed=seed)), size=(100, 30))


def test_no_key_at_a_question_is_cut_where_it_has_no_room(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert stage.text.splitlines()[-1].split("   ")[-2:] == ["s skip", "Esc leave"]

    play(scene, asking=asking(), size=(60, 20))


def _styles(panel: Any, words: str) -> set[str]:
    """The styles of the pieces of a panel in which these words are."""
    return {piece.style for row in panel.rows(80, 0) for piece in row if words in piece.text}


def test_a_key_that_does_nothing_at_a_question_says_what_does(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        before, panel = stage.text, stage.screen.view.panel
        assert "Choose first: press a number." in before
        for key, hint in (("space", "Choose first"), ("y", "run it and see"), ("right", "run it and see")):
            await stage.press(key)
            assert _styles(panel, hint) == {"prediction-panel--bad"}
            assert stage.text == before  # nothing moves, and nothing is said twice
            await stage.press("down")
            assert _styles(panel, "run it and see") == {"prediction-panel--hint"}
            before = stage.text
        await stage.press("1", "b")
        assert "Press a number from 1 to 3, or Enter to leave it open." in stage.text
        await stage.press("3", "b")
        assert "The runs decide now. Space goes to their end." in stage.text
        await stage.run_out()
        assert "The runs decide now" not in stage.text
        await stage.press("b")
        assert "Press p to play with the demo." in stage.text
        await stage.press("p", "b")
        assert "Press p" not in stage.text

    play(scene, asking=asking(confidence=True))


def test_what_to_try_is_hidden_while_a_prediction_is_open(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert "tenth of the slope" in stage.text
        await stage.press("question_mark")
        assert "tenth of the slope" in stage.text
        assert "Try:" not in stage.text
        await stage.press("escape")
        assert "Try:" not in stage.text
        await stage.press("s")
        assert "Try: a rate above 1." in stage.text
        await stage.press("question_mark")
        assert "Try: a rate above 1." in stage.text

    text = walk.source.replace('slope."""', 'slope.\n\nTry: a rate above 1."""')
    play(scene, text, asking=asking(), size=(160, 48))


ONE_PANEL = """            )
        ],
"""
TWO_PANELS = """            ),
            Panel([Points([0], [s.w], label="below")]),
        ],
        columns=1,
"""


def test_while_a_question_is_open_the_first_panel_has_the_room_that_it_needs(play: Play, walk: Demo) -> None:
    assert ONE_PANEL in walk.source
    text = walk.source.replace(ONE_PANEL, TWO_PANELS)

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert stage.view.picture.size.height >= 10
        assert "here" in stage.text
        assert "below" not in stage.text
        await stage.press("s")
        assert "here" in stage.text
        assert "below" in stage.text

    play(scene, text, asking=asking())


def test_no_half_sentence_is_beside_a_question(play: Play, walk: Demo) -> None:
    long = (
        "Watch how each step is a tenth of the slope, " + "and then another tenth, " * 12 + "until it ends."
    )
    text = walk.source.replace("Watch how each step is a tenth of the slope.", long)
    assert text != walk.source

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert "Watch how" not in stage.text

    play(scene, text, asking=asking())


def test_one_key_skips_the_question_and_the_demo_plays(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("s")
        assert stage.screen.session.predicting is None
        assert stage.screen.session.playback.playing
        assert stage.screen.session.result is None

    play(scene, asking=asking(), motion=True)


def test_a_demo_that_asks_nothing_at_first_can_be_asked(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert stage.screen.session.predicting is None
        await stage.press("full_stop", "a")
        assert "Which ends" in stage.text
        await stage.press("s")
        assert stage.screen.session.predicting is None

    play(scene, asking=asking(at_once=False))


def test_where_no_question_is_found_the_demo_just_plays(play: Play) -> None:
    async def scene(stage: Any) -> None:
        for _ in range(10):
            await stage.pilot.pause()
        assert stage.screen.session.playback.playing

    play(scene, asking=PredictionRequest(lambda demo: None), motion=True)


def test_who_asked_for_a_certain_run_is_not_asked_first(play: Play) -> None:
    async def scene(stage: Any) -> None:
        for _ in range(10):
            await stage.pilot.pause()
        assert stage.screen.session.predicting is None
        assert stage.player.update == 12

    play(scene, asking=asking(), updates=12)


def test_the_picture_is_painted_before_the_question_is_looked_for(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[bool] = []
    seen: list[bool] = []
    render_line = PlotView.render_line

    def noted(view: PlotView, y: int) -> Strip:
        painted.append(view.picture is not None)
        return render_line(view, y)

    def find(demo: Demo) -> Instance:
        seen.append(any(painted))
        return asked()

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert seen == [True]

    monkeypatch.setattr(PlotView, "render_line", noted)
    play(scene, asking=PredictionRequest(find))


def test_nothing_to_try_is_shown_while_the_question_is_still_looked_for(
    play: Play, write_demo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    render_line = PlotView.render_line

    def noted(view: PlotView, y: int) -> Strip:
        screen: Any = view.screen
        if screen.session.playback is not None:
            shown.append(len(scene_of(screen.session).tries))
        return render_line(view, y)

    def find(demo: Demo) -> None:
        assert shown, "the picture is painted first"
        assert not any(shown)

    async def scene(stage: Any) -> None:
        for _ in range(50):
            await stage.pilot.pause()
            if "Larger steps" in stage.text:
                return
        raise AssertionError("what there is to try never comes")

    text = write_demo().read_text(encoding="utf-8")
    text = text.replace("Watch how each step is a tenth of the slope.", "A ball.\n\nTry: Larger steps.")
    monkeypatch.setattr(PlotView, "render_line", noted)
    play(scene, text, asking=PredictionRequest(find))


def test_a_demo_without_a_question_offers_none_and_still_tells_what_is_wrong(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        for _ in range(3):
            await stage.pilot.pause()
        assert not stage.screen.session.has_next_prediction
        assert "ask me" not in stage.text
        assert "show: " in stage.view.news.text

    broken = walk.source.replace("Points([s.w], [s.w**2]", "Points([s.w, 1], [s.w**2]")
    play(scene, broken, asking=PredictionRequest(find=lambda demo: None), motion=True)
