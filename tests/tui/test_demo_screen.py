"""The demo screen with a demo of one weight: what each key does, and what stands beside the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from mlterms.demo.frame import Frame
from mlterms.demo.load import Demo
from mlterms.demo.player import Snapshot
from mlterms.demo.tries import ShownTry
from mlterms.tui.actions import actions_of
from mlterms.tui.demo_app import DemoApp
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.screens.help import HelpScreen
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.measure_list import MeasureList, instruction_rows, one_try_rows, whole_sentences

Play = Callable[..., None]
Compare = Callable[[str, str], None]


def test_space_plays_and_pauses(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("space")
        assert stage.screen.session.playback.playing
        assert " playing" in stage.text
        await stage.press("space")
        assert not stage.screen.session.playback.playing
        assert " paused" in stage.text

    play(scene)


@pytest.mark.parametrize(
    ("keys", "update"),
    [
        (".", 21),
        (",", 19),
        (">", 30),
        ("<", 10),
        (",,,.", 18),
        ("e", 24),
        ("ee", 28),
        ("r", 0),
        ("n", 0),
    ],
)
def test_keys_go_through_time(play: Play, keys: str, update: int) -> None:
    async def scene(stage: Any) -> None:
        for key in keys:
            await stage.press(key)
            await stage.run_out()
        assert stage.player.update == update

    play(scene, updates=20)


def test_home_and_end_go_to_both_ends_of_the_run(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("home")
        assert stage.player.update == 0
        await stage.press("end")
        assert stage.player.update == 20

    play(scene, updates=20)


def test_reset_keeps_the_seed_and_only_new_seed_changes_it(play: Play) -> None:
    async def scene(stage: Any) -> None:
        noise = stage.player.measures["noise"]
        await stage.press("r")
        assert stage.player.measures["noise"] == noise
        await stage.press("n")
        assert stage.player.seed == 8
        assert stage.player.measures["noise"] != noise

    play(scene, updates=20, seed=7)


def test_escape_closes_the_sweep_before_it_leaves_the_demo(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("w")
        assert stage.screen.session.survey_switch.over
        await stage.press("escape")
        assert not stage.screen.session.survey_switch.over
        assert stage.app.is_running
        await stage.press("escape")
        assert stage.app._exit

    play(scene, updates=3)


def test_speed_goes_from_two_a_second_to_a_thousand_a_picture(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press(*"--")
        assert "2 a second" in stage.text
        await stage.press(*"-" * 20)
        assert " more every second " in stage.text
        await stage.press(*"+" * 30)
        assert "30,000 a second" in stage.text

    play(scene)


def test_at_80_columns_the_row_of_keys_holds_what_a_learner_needs(play: Play) -> None:
    async def scene(stage: Any) -> None:
        keys = stage.text.splitlines()[-1]
        for hint in ("Space play", ",. step", "e epoch", "r reset", "c previous run", "w sweep", "v code"):
            assert hint in keys
        assert "? help" in keys
        assert "q leave" in keys

    play(scene, size=(80, 24))


def test_the_key_for_a_new_seed_stands_beside_the_seed_and_can_be_clicked(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "seed 0, n: next" in stage.text
        await stage.click("n: next")
        assert "seed 1, n: next" in stage.text

    play(scene)


def test_there_is_a_way_back_to_the_seed_before(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("n", "n", "N")
        assert "seed 1," in stage.text
        await stage.press("N")
        assert "Seed 0 is the first." not in stage.text
        assert stage.player.seed == 0
        await stage.press("N")
        assert "Seed 0 is the first." in stage.text
        assert stage.player.seed == 0
        await stage.press("question_mark")
        pages = stage.text
        for _ in range(9):
            await stage.press("pagedown")
            pages += stage.text
        assert "Restart the run from the seed before." in pages

    play(scene)


@pytest.mark.parametrize("key", ["q", "escape"])
def test_leaving_ends_the_app_at_once(play: Play, key: str) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("space", key)
        assert stage.app._exit
        assert stage.app.return_code == 0

    play(scene)


def test_with_less_room_what_to_try_comes_before_what_is_seen_and_one_row_of_it_always_stays() -> None:
    tries = [ShownTry("One thing.", True), ShownTry("Another thing, which takes more room.", False)]

    def text(height: int) -> list[str]:
        rows = instruction_rows(Terminal(), "What is seen.", tries, 30, height)
        return ["".join(piece.text for piece in row) for row in rows]

    both = ["Try (1 of 2 done)", "✓ One thing.", "○ Another thing, which takes", "  more room."]
    assert text(20) == ["What is seen.", "", *both]
    assert text(5) == both
    assert text(3) == both[1:]
    assert text(2) == ["○ 2 of 2: Another thing, which", "  takes more room."]
    assert text(1) == []  # nothing is cut as long as something else can give way


def test_where_no_thing_to_try_fits_whole_the_first_ends_with_the_key_that_shows_all_of_it() -> None:
    tries = [ShownTry("Another thing, which takes more room.", False), ShownTry("A third one.", False)]

    def text(tries: Sequence[ShownTry], height: int, terminal: Terminal) -> list[str]:
        rows = one_try_rows(terminal, tries, 30, height, "?")
        return ["".join(piece.text for piece in row) for row in rows]

    assert text(tries, 2, Terminal()) == ["○ 1 of 2: Another thing, which", "  takes more room."]
    assert text(tries, 1, Terminal()) == ["○ 2 of 2: A third one."]
    assert text(tries[:1], 1, Terminal()) == ["○ Another thing, … (?: more)"]
    assert text(tries[:1], 1, Terminal("ascii")) == ["o Another thing, ... (?: more)"]
    assert text(tries[:1], 0, Terminal()) == []


def shown_measures(height: int, *, says: str = "", trouble: tuple[str, str] = ("", "")) -> list[str]:
    """The lines of a list of three measures and one thing to try, 30 columns wide."""

    class Alone(MeasureList):
        app: Any = SimpleNamespace(terminal=Terminal(), key=lambda _: "?")

    measures = Alone()
    measures.now = Snapshot(3, {"loss": 1.0, "w": 2.0, "b": 3.0}, Frame(says=says))
    measures.tries = [ShownTry("Another thing, which takes more room.", False)]
    measures.trouble, measures.brief_trouble = trouble
    return ["".join(piece.text for piece in row) for row in measures.rows(30, height)]


def test_with_little_room_the_instruction_comes_first_then_the_trouble_in_a_few_words_then_the_numbers() -> (
    None
):
    trouble = ("loss is off the chart since update 7; w has gone wrong too", "diverged at update 7")
    instruction = ["○ Another thing, which takes", "  more room."]
    lines = shown_measures(30, says="It ran away.", trouble=trouble)
    assert lines[4:6] == ["! loss is off the chart since", "  update 7; w has gone wrong"]
    assert lines[-2:] == instruction
    for height in range(6, 12):
        lines = shown_measures(height, says="It ran away.", trouble=trouble)
        assert len(lines) <= height
        assert lines[-2:] == instruction
        assert "! diverged at update 7" in lines
        assert ("It ran away." in lines) == (height >= 7)
        assert sum("0" in line for line in lines) == 3
    assert shown_measures(4)[-1:] == ["○ Another thing, … (?: more)"]


TRYING = """slope.

Try:
- Take the largest rate. [rate == 3 and update >= 1]
- Then one epoch from the right, and one more. [start == 5 and epochs >= 1; epochs >= 2]\"\"\""""


def test_what_was_tried_is_ticked_off(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        assert "○ Take the largest rate." in stage.text
        await stage.press("3", "enter")
        assert "○ Take the largest rate." in stage.text
        await stage.press("full_stop")
        assert "✓ Take the largest rate." in stage.text
        assert "Try (1 of 2 done)" in stage.text
        await stage.press("home", "down", "5", "enter", *["full_stop"] * 8)
        assert "Try (2 of 2 done)" in stage.text

    play(scene, walk.source.replace('slope."""', TRYING), size=(100, 40))


def test_a_knob_turned_during_the_run_is_tried_only_by_the_updates_after_it(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("full_stop", "full_stop", "3", "enter")
        assert "○ Take the largest rate." in stage.text
        await stage.press("full_stop")
        assert "✓ Take the largest rate." in stage.text

    play(scene, walk.source.replace('slope."""', TRYING), size=(100, 40))


FORMULA = """    return Frame(
        formula=Formula("w = start + moved", {"w": s.w, "start": knobs.start}),"""


def test_the_formula_has_todays_numbers_under_its_symbols(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        assert "start + moved" not in stage.text
        await stage.press("f")
        lines = stage.text.splitlines()
        row = next(number for number, line in enumerate(lines) if "start + moved" in line)
        assert lines[row + 1].split() == ["4", "=", "4", "+", "moved"]
        await stage.press("full_stop")
        assert "3.2" in stage.text.splitlines()[row + 1]
        await stage.press("f")
        assert "start + moved" not in stage.text

    text = walk.source.replace("    return Frame(", FORMULA).replace("import Axis", "import Axis, Formula")
    play(scene, text, size=(80, 24))


def test_help_says_what_to_look_for_what_knobs_do_and_every_key(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("question_mark")
        assert isinstance(stage.app.screen, HelpScreen)
        assert "Watch how each step is a tenth of the slope." in stage.text
        assert "how far each step goes (0.01 to 3" in stage.text
        seen = stage.text
        for _ in range(20):
            await stage.press("pagedown")
            seen += stage.text
        seen = " ".join(seen.split())
        for action in actions_of("demo"):
            assert action.sentence in seen
        await stage.press("escape")
        assert isinstance(stage.app.screen, DemoScreen)

    play(scene, size=(100, 30))


def test_a_key_that_the_learner_has_set_works_and_is_named(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("p")
        assert stage.screen.session.playback.playing
        assert "p play" in stage.text

    play(scene, keys={"demo.play": "p"})


def test_every_key_has_an_action_and_no_two_share_a_key(play: Play) -> None:
    used: list[str] = []
    for screen in ("demo", "predict"):
        actions = actions_of(screen)
        keys = [key for action in actions for key in action.keys.split(",")]
        assert len(keys) == len(set(keys))
        used += [action.action.partition("(")[0] for action in actions]
    for action in used:
        owner, _, name = action.rpartition(".")
        assert callable(getattr(DemoApp if owner == "app" else DemoScreen, f"action_{name}"))


def test_a_demo_names_its_updates_and_its_length(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("full_stop", "plus_sign", "equals_sign")
        assert "degree 1 " in stage.text
        await stage.press("space")
        await stage.tick(40)
        assert stage.player.update == 12
        assert "at the end" in stage.text
        await stage.press("space")
        await stage.tick(10)
        assert stage.player.update > 12

    play(scene, walk.source.replace('["walk"]', '["walk"]\nSTEP = "degree"\nLENGTH = 12'), motion=True)


# the timer


def test_time_stands_still_under_another_screen(play: Play) -> None:
    async def scene(stage: Any) -> None:
        timers = stage.screen._ticking
        assert all(timer._active.is_set() for timer in timers)
        await stage.press("question_mark")
        assert not any(timer._active.is_set() for timer in timers)
        await stage.press("escape")
        assert all(timer._active.is_set() for timer in timers)

    play(scene, motion=True, timer=True)


def test_it_plays_by_itself_unless_motion_is_unwelcome(play: Play) -> None:
    async def moving(stage: Any) -> None:
        assert stage.screen.session.playback.playing

    async def still(stage: Any) -> None:
        assert not stage.screen.session.playback.playing
        await stage.press("space")
        before = stage.player.update
        await stage.tick()
        assert stage.player.update - before == 5  # half a second's worth at once

    play(moving, motion=True)
    play(still)


def test_as_many_whole_sentences_as_fit_are_shown_and_none_is_cut() -> None:
    text = "The truth is a sine. The curve is fitted to it. Each update adds a degree."
    assert " ".join(whole_sentences(text, 22, 4)) == text
    assert " ".join(whole_sentences(text, 22, 3)) == "The truth is a sine. The curve is fitted to it."
    assert whole_sentences(text, 12, 1) == []
    assert whole_sentences("", 12, 1) == []
    assert whole_sentences(text, 22, 0) == []
