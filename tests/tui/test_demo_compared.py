"""What the demo screen shows beside a run: the previous setting, other settings and seeds, and the code."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.frame import Frame
from mlterms.demo.load import Demo
from mlterms.demo.player import Snapshot
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.measure_list import measure_rows

Play = Callable[..., None]


def test_the_ghost_stays_behind_and_can_be_hidden(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("c")
        assert "Turn a knob" in stage.text
        await stage.press("j", "h")
        await stage.run_out()
        assert "faint: previous run" in stage.text
        assert "change" in stage.text
        assert stage.player.update == 20
        await stage.press("c")
        assert "faint: previous run" not in stage.text
        assert "change" not in stage.text

    play(scene, updates=20)


def test_the_ledger_says_how_far_each_number_lies_from_the_ghosts(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("j", "2", "enter")
        await stage.run_out()
        now, before = stage.player.measures["w"], stage.player.ghost.measures["w"]
        assert f"{before - now:.3f}"[:4] in stage.text.replace("−", "")
        assert "=" in stage.text.splitlines()[stage.place("noise")[1]]

    play(scene, updates=3)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (23, 1, "+22"),
        (1, 100, "−99"),
        (1, 1, "="),
        (0.2369, 0.2369 * (1 + 1e-12), "="),
        (2.5, 1.0, "+1.500"),
        (float("nan"), 2.0, "was 2.00"),
        (float("nan"), float("nan"), "="),
    ],
)
def test_a_change_is_reported_as_large_as_it_is(now: float, before: float, told: str) -> None:
    seen = [Snapshot(1, {"m": value}, Frame()) for value in (now, before)]
    _, row = measure_rows(Terminal(), *seen, 34)
    assert row[-1].text.strip() == told


def test_nothing_is_compared_with_a_run_of_another_task() -> None:
    line, threshold = {"squared_error": 0.4, "w": 2.0}, {"cross_entropy": 0.1, "accuracy": 1.0, "w": 9.0}
    rows = measure_rows(Terminal(), *(Snapshot(1, of, Frame()) for of in (threshold, line)), 34)
    texts = ["".join(piece.text for piece in row).split() for row in rows]
    assert texts == [["cross", "entropy", "0.1000"], ["accuracy", "1.000"], ["w", "9.000"]]


def test_a_number_and_its_change_never_run_together() -> None:
    seen = [Snapshot(1, {"m": value}, Frame()) for value in (float("inf"), 5.2e-11)]
    _, row = measure_rows(Terminal(), *seen, 34)
    text = "".join(piece.text for piece in row)
    assert text.split() == ["m", "inf", "was", "5e-11"]
    assert len(text) == 34


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
def test_two_settings_are_compared_side_by_side_in_step(play: Play, size: tuple[int, int]) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("full_stop", "b", "1", "enter", "full_stop")
        assert "rate: A 0.1, B 1" in stage.text
        assert stage.player.ghost.update == stage.player.update == 2
        first = stage.player.ghost_recording
        await stage.press("2", "enter")
        assert stage.player.ghost_recording == first
        await stage.press("b")
        assert "B 2" not in stage.text

    play(scene, size=size)


def test_of_values_in_different_units_the_former_one_is_shown_and_no_difference() -> None:
    seen = [Snapshot(1, {"m": 3.0, "n": 3.0}, Frame(), {"m": unit}) for unit in ("€/m", "€/cm")]
    _, m, was, n = measure_rows(Terminal(), *seen, 34)
    assert m[-1].text.strip() == ""
    assert "".join(piece.text for piece in was) == "was 3.000 €/cm".rjust(34)
    assert n[-1].text.strip() == "="


@pytest.mark.parametrize(("unit", "is_explained"), [("nats", True), ("m", False)])
def test_nats_are_explained_below_the_measures_that_are_in_nats(unit: str, is_explained: bool) -> None:
    measured = SimpleNamespace(measures={"loss": 0.5, "error": 0.4}, units={"loss": unit, "error": unit})
    rows = measure_rows(Terminal(), cast(Any, measured), None, 34)
    explained = ["".join(piece.text for piece in row) for row in rows[2:]]
    assert explained == (["nats: the unit of −ln p"] if is_explained else [])


def test_the_code_shows_the_values_of_the_last_step(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("v")
        assert "def step(s, knobs):" in stage.text
        assert "slope = 2 * s.w" in stage.text
        assert "= 8" not in stage.text
        await stage.press(".")
        assert "= 8" in stage.text
        assert "= 3.2" in stage.text
        await stage.press("v")
        assert "def step" not in stage.text

    play(scene)


def test_values_too_long_for_a_line_of_the_code_say_that_they_are_cut(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("v", ".")
        (line,) = [line for line in stage.text.splitlines() if "first_of_many = " in line and "▸" not in line]
        assert line.rstrip().endswith("…")

    names = ", ".join(f"{number}_of_many" for number in ("first", "second", "third", "fourth"))
    values = ", ".join([f"'{'long' * 8}'"] * 4)
    more = f"    slope = 2 * s.w\n    {names} = {values}\n"
    play(scene, walk.source.replace("    slope = 2 * s.w\n", more))


def test_where_there_is_room_the_code_is_shown_beside_the_picture(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "def step(s, knobs):" in stage.text
        assert "here" in stage.text
        await stage.press("v")
        assert "def step" not in stage.text

    play(scene, size=(120, 36), updates=2)


def test_a_sweep_goes_over_the_chosen_knob_then_over_seeds_then_away(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("w")
        await stage.run_out()
        assert "loss after 20 updates" in stage.text
        assert "now" in stage.text
        await stage.press("w")
        await stage.run_out()
        assert "loss from 20 seeds, 0–19" in stage.text
        await stage.press("w")
        assert "seeds" not in stage.text

    play(scene, updates=20)


def test_in_a_sweep_the_line_of_keys_shows_how_to_close_it_and_what_comes_next(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "w sweep" in stage.text
        assert "Esc" not in stage.text
        await stage.press("w")
        assert "Esc back" in stage.text
        assert "w 20 seeds" in stage.text
        await stage.press("w")
        assert "w end sweep" in stage.text
        await stage.press("escape")
        assert "Esc" not in stage.text
        assert "w sweep" in stage.text

    play(scene, size=(80, 24), updates=20)


def test_it_says_why_a_sweep_is_over_seeds_where_the_chosen_knob_only_changes_what_is_shown(
    play: Play, walk: Demo
) -> None:
    async def scene(stage: Any) -> None:
        said = "“side” only changes what is shown, so the sweep is over 20 seeds instead."
        await stage.press("w", "w", "w")
        assert said not in stage.text
        await stage.press("k", "w")
        assert said in stage.text
        await stage.press("w")
        assert said not in stage.text

    text = walk.source.replace('help="which way round"', 'help="which way round", view=True')
    play(scene, text, size=(100, 30), updates=20)


def test_where_there_is_room_a_sweep_has_a_bar_for_each_option(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("w")
        await stage.run_out()
        assert "1/√n (now)" in stage.text
        assert "more" not in stage.text.split("by start")[1].split("activation")[0]

    text = (bundle() / "demos" / "weight_initialization.py").read_text(encoding="utf-8")
    play(scene, text, size=(160, 48), updates=3)


def test_the_run_waits_while_a_sweep_is_made_and_plays_on_after_it(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.tick(5)
        await stage.press("w")
        before, waited = stage.player.update, 0
        assert "waiting for the sweep" in stage.text
        while not stage.screen.session.survey_switch.survey.done:
            await stage.tick()
            waited += 1
            assert stage.player.update == before
            assert waited < 1000
        assert "waiting for the sweep" not in stage.text
        assert "playing" in stage.text
        await stage.tick(5)
        assert stage.player.update > before

    play(scene, motion=True)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_the_head_is_never_wider_than_the_terminal(play: Play, size: tuple[int, int]) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("full_stop", "j", "h")
        await stage.run_out()
        await stage.press("space", "w")
        head = stage.text.splitlines()[0]
        assert head.endswith("seed 0, n: next seed  waiting for the sweep")
        assert head.startswith(" Walk ")
        assert len(head) < size[0]

    play(scene, size=size, motion=True)


def test_a_sweep_that_is_being_made_can_be_stopped_and_the_run_plays_on(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.tick(5)
        await stage.press("w", "w")
        assert "waiting for the sweep" in stage.text
        await stage.press("w")
        assert "waiting" not in stage.text
        before = stage.player.update
        await stage.tick(5)
        assert stage.player.update > before

    play(scene, motion=True)


def test_where_motion_is_unwelcome_a_sweep_takes_no_longer(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    intervals: dict[str, float] = {}
    real = DemoScreen.set_interval

    def noted(screen: DemoScreen, interval: float, callback: Any, **options: Any) -> Any:
        intervals[callback.__name__] = interval
        return real(screen, interval, callback, **options)

    monkeypatch.setattr(DemoScreen, "set_interval", noted)

    async def scene(stage: Any) -> None:
        assert (intervals["tick"], intervals["tick_sweep"]) == (1 / 2, 1 / 30)

    play(scene, motion=False, timer=True)


def test_the_code_says_of_which_update_it_is_while_the_run_is_faster_than_it(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.tick(9)
        assert "at update" not in stage.text  # ten updates a second: each has its values
        await stage.press("plus", "plus")
        await stage.tick(20)
        shown = int(stage.text.partition("at update ")[2].split()[0])
        assert shown <= stage.player.update
        assert f"= {8 * 0.8 ** (shown - 1):.4g}" in stage.text
        await stage.press("space")
        assert "at update" not in stage.text
        assert f"= {8 * 0.8 ** (stage.player.update - 1):.4g}" in stage.text

    play(scene, size=(120, 36), motion=True)


def test_a_sweep_is_run_again_when_the_run_has_moved(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("w")
        await stage.run_out()
        await stage.press(".")
        await stage.tick()
        await stage.run_out()
        assert "loss after 21 updates" in stage.text

    play(scene, updates=20)


@pytest.mark.parametrize(
    ("name", "fitting"), [("weight_initialization", 3), ("optimizer", 1), ("momentum", 1)]
)
def test_beside_a_ghost_there_is_room_for_the_sentence_and_what_to_try(
    play: Play, name: str, fitting: int
) -> None:
    text = (bundle() / "demos" / f"{name}.py").read_text(encoding="utf-8")

    async def scene(stage: Any) -> None:
        await stage.press("full_stop", "left", "full_stop", "full_stop")
        side = " ".join(" ".join(line[48:] for line in stage.text.splitlines()[1:19]).split())
        assert "now change" in side
        assert stage.player.frame.says in side
        assert sum(each.text in side for each in stage.player.demo.tries) >= fitting, side

    play(scene, text)
