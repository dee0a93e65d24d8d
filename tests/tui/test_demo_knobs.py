"""The knobs on the demo screen: choosing and turning them, typing a number, and what cannot be turned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.demo.knobs import Knob
from mlterms.demo.load import Demo
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.widgets.knob_bar import KnobBar, ShownKnob

Play = Callable[..., None]


@pytest.mark.parametrize("keys", [("down", "left"), ("j", "h"), ("tab", "h"), ("up", "up", "left")])
def test_arrows_letters_and_tab_choose_a_knob_and_turn_it(play: Play, keys: tuple[str, ...]) -> None:
    async def scene(stage: Any) -> None:
        await stage.press(*keys)
        assert stage.screen.session.knobs.name == "start"
        assert stage.player.knobs.values()["start"] < 4
        assert "▸start" in stage.text

    play(scene)


def test_a_number_can_be_typed_for_the_chosen_knob(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("j", "2", ".", "5", "0", "backspace")
        assert "2.5_" in stage.text
        assert stage.player.knobs.values()["start"] == 4.0
        await stage.press("enter")
        assert stage.player.knobs.values()["start"] == 2.5

    play(scene)


def test_a_minus_changes_the_sign_of_what_is_typed_and_is_shown_as_beside_measures(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("j", "3", "minus", "enter")
        assert stage.player.knobs.values()["start"] == -3.0
        assert "−3 " in stage.text
        await stage.press("2", "minus", "minus", "enter")
        assert stage.player.knobs.values()["start"] == 2.0
        await stage.press("1", "0", "e", "minus", "1", "enter")
        assert stage.player.knobs.values()["start"] == 1.0

    play(scene)


def test_a_sign_before_a_digit_begins_a_number_and_changes_the_speed_everywhere_else(play: Play) -> None:
    async def scene(stage: Any) -> None:
        playback = stage.screen.session.playback
        speed = playback.speed
        await stage.press("j", "minus", "3")
        assert "−3_" in stage.text
        assert playback.speed == speed
        await stage.press("enter")
        assert stage.player.knobs.values()["start"] == -3.0
        await stage.press("minus")
        assert playback.speed < speed
        slower = playback.speed
        await stage.press("k", "2", "enter")  # another key between them
        assert (stage.player.knobs.values()["rate"], playback.speed) == (2.0, slower)
        await stage.press("minus", "1", "enter")  # this knob cannot be negative
        assert "rate can be 0.01 to 3; -1 is outside" in stage.text
        assert (stage.player.knobs.values()["rate"], playback.speed) == (2.0, slower)
        await stage.press("plus", "1", "enter")
        assert (stage.player.knobs.values()["rate"], playback.speed) == (1.0, slower)

    play(scene)


def test_a_number_that_the_knob_cannot_have_is_refused_with_the_range_and_changes_nothing(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("9", "enter")
        assert "rate can be 0.01 to 3; 9 is outside" in stage.text
        assert stage.player.knobs.values()["rate"] == 0.1

    play(scene)


def test_a_number_for_a_knob_that_takes_none_says_what_it_can_be(play: Play) -> None:
    async def scene(stage: Any) -> None:
        speed = stage.screen.session.playback.speed
        await stage.press("k", "minus", "1")
        assert stage.screen.session.knobs.name == "side"
        assert "side takes no number: it can be left or right." in stage.text
        assert (stage.screen.session.knobs.typed, stage.screen.session.playback.speed) == (None, speed)

    play(scene)


def test_a_comma_is_a_decimal_point_and_a_letter_is_refused(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("j", "2", "comma", "5", "percent_sign")
        assert "% is in no number: 2.5 stays until Enter or Esc." in stage.text
        await stage.press("enter")
        assert stage.player.knobs.values()["start"] == 2.5

    play(scene)


def test_escape_while_typing_leaves_the_number_and_not_the_demo(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("1", "escape")
        assert stage.screen.session.knobs.typed is None
        assert isinstance(stage.app.screen, DemoScreen)
        assert stage.app._exit is False

    play(scene)


def test_a_knob_that_does_not_count_is_passed_over_and_says_when_it_counts(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        assert "(start)" in stage.text
        assert stage.screen.session.knobs.name == "rate"
        await stage.press("tab")
        assert stage.screen.session.knobs.name == "side"
        await stage.click("(start)")
        assert "start only counts when side is right." in stage.text
        assert stage.screen.session.knobs.name == "side"
        await stage.press("right")
        assert "(start)" not in stage.text
        await stage.press("shift+tab")
        assert stage.screen.session.knobs.name == "start"

    text = walk.source.replace('help="where it begins"', """help="where it begins", when='side == "right"'""")
    play(scene, text)


def test_a_view_redraws_and_leaves_no_ghost_and_is_not_swept(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("greater_than_sign", "tab", "tab")
        assert stage.screen.session.knobs.name == "side"
        assert "on the left" in stage.text
        await stage.press("right")
        assert "on the right" in stage.text
        assert (stage.player.update, stage.player.ghost) == (10, None)
        await stage.press("w")
        await stage.run_out()
        assert "from 20 seeds" in stage.text

    text = walk.source.replace('"right"), help', '"right"), view=True, help')
    play(
        scene,
        text.replace('says=f"the slope is {2 * s.w:.3f}"', 'says=f"on the {knobs.side}"'),
        size=(100, 30),
    )


GATES = Knob("AND", options=("AND", "OR", "NAND", "NOR", "XOR"), name="gate", kind=str)
PRICE = Knob(2.0, low=0.0, high=10.0, unit="EUR/m", name="price_per_metre")


@pytest.mark.parametrize("value", GATES.options)
def test_choices_that_are_close_together_do_not_run_together(play: Play, value: str) -> None:
    async def scene(stage: Any) -> None:
        bar = stage.screen.query_one(KnobBar)
        bar.knobs = [ShownKnob(GATES, value)]
        shown = "".join(piece.text for piece in bar.rows(24, 2)[1])
        assert shown.split() == [f"[{one}]" if one == value else one for one in GATES.options]

    play(scene)


def test_a_long_name_stays_whole_and_its_unit_goes(play: Play) -> None:
    async def scene(stage: Any) -> None:
        bar = stage.screen.query_one(KnobBar)
        bar.knobs = [ShownKnob(PRICE, 2.5)]
        narrow, wide = (["".join(p.text for p in bar.rows(width, 2)[0])] for width in (24, 40))
        assert narrow[0].split() == ["price", "per", "metre", "2.5"]
        assert wide[0].endswith("2.5 EUR/m")

    play(scene)
