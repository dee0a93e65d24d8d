"""The app around the screens: tabs, ways to and fro, help, keys, sizes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.screens.demos import DemosScreen
from mlterms.tui.screens.glossary import GlossaryScreen
from mlterms.tui.screens.help import HelpPage, HelpScreen
from mlterms.tui.screens.progress import ProgressScreen
from mlterms.tui.screens.settings import SettingsScreen
from mlterms.tui.screens.today import TodayScreen
from mlterms.tui.too_small import TooSmall
from mlterms.tui.widgets.row_widget import call
from mlterms.tui.widgets.search_results import SearchField

FRIDAY = "2026-11-20T09:00+00:00"
Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]
Play = Callable[..., None]


# -- tabs ------------------------------------------------------------------------------------------------


def test_digits_and_function_keys_go_from_tab_to_tab(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        for key, screen in (
            ("4", ProgressScreen),
            ("5", SettingsScreen),
            ("3", DemosScreen),
            ("f2", TodayScreen),
            ("f6", SettingsScreen),
        ):
            await pilot.press(key)
            assert isinstance(app.screen, screen)
            assert len(app.screen_stack) == 1

    play(scene)


def test_tabs_help_and_keys_can_be_clicked(play: Play, screen_text: Callable[..., str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        async def click(words: str) -> None:
            lines = screen_text(app).splitlines()
            y = max(y for y, line in enumerate(lines) if words in line)
            await pilot.click(offset=(lines[y].index(words), y))
            await pilot.pause()

        await click("Settings")
        assert isinstance(app.screen, SettingsScreen)
        await click("? help")
        assert isinstance(app.screen, HelpScreen)
        await click("Esc back")
        await click("Demos")
        assert isinstance(app.screen, DemosScreen)
        await click("1 Today")
        assert isinstance(app.screen, TodayScreen)

    play(scene)


@pytest.mark.parametrize("width", [60, 76, 100, 160])
def test_the_line_of_tabs_fits(width: int, play: Play, screen_text: Callable[..., str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        first = screen_text(app).splitlines()[0]
        for words in ("1 Today", "2 Glossary", "3 Demos", "4 Progress", "5 Settings", "? help"):
            assert words in first

    play(scene, size=(width, 20))


def test_a_tab_is_left_and_come_back_to_as_it_was(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("5", "down", "down")
        marked = app.screen.query_one("#list").marked_action  # type: ignore[attr-defined]  # of a page
        settings = app.screen
        await pilot.press("1", "5")
        assert app.screen is settings
        assert app.screen.query_one("#list").marked_action == marked  # type: ignore[attr-defined]  # of a page

    play(scene)


def test_q_leaves_and_nothing_is_printed(workspace: Workspace) -> None:
    async def run() -> MltermsApp:
        app = MltermsApp(workspace)
        async with app.run_test() as pilot:
            await pilot.press("q")
        return app

    app = asyncio.run(run())
    assert app.return_value is None
    assert not app.return_code


def test_control_c_asks_for_itself_once_more_and_then_leaves(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("ctrl+c")
        assert "Press ^c once more to leave mlterms." in screen_text(app)
        assert not app._exit
        await pilot.press("ctrl+c")
        assert app._exit

    play(scene)


# -- the first start -------------------------------------------------------------------------------------


def test_the_first_screen_of_all_says_in_four_lines_what_this_is(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        text = screen_text(app)
        assert "learned for good" in text
        assert "It begins with: machine learning" in text
        await pilot.press("enter")
        assert type(app.screen).__name__ == "QuizScreen"
        await pilot.press("escape")
        assert isinstance(app.screen, TodayScreen)

    play(scene, start="welcome")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_the_first_screen_leads_to_a_demo_and_back(size: tuple[int, int], play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        welcome = app.screen
        await pilot.press("d")
        assert isinstance(app.screen, DemoScreen)
        await pilot.press("escape")
        assert app.screen is welcome

    play(scene, start="welcome", size=size)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_the_first_screen_fits(
    size: tuple[int, int], play: Play, screen_text: Callable[..., str], same_as_file: Any
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        same_as_file(f"welcome_{size[0]}", screen_text(app))

    play(scene, start="welcome", size=size)


@pytest.mark.parametrize(("size", "days"), [((160, 48), 28), ((160, 24), 7), ((80, 48), 7)])
def test_today_looks_further_ahead_where_there_is_room(size: tuple[int, int], days: int, play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert len(app.screen.page.today.forecast) == days
        app.screen.renew()
        await pilot.pause()
        assert len(app.screen.page.today.forecast) == days

    play(scene, start="today", size=size)


# -- help, new questions, search -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("today", "What there is to do today"),
        ("settings", "Everything that can be set"),
        ("progress", "What you recalled, what you asked for"),
        ("demos", "The live demos"),
    ],
)
def test_help_says_where_one_is_and_goes_back_there(
    tab: str, words: str, play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        before = app.screen
        await pilot.press("question_mark")
        assert words in screen_text(app)
        await pilot.press("question_mark")
        assert app.screen is before

    play(scene, start=tab)


def test_an_action_that_is_chosen_in_help_is_done(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("question_mark")
        page = app.screen.query_one(HelpPage)
        names = [place.action for place in page.places()]
        steps = names.index(call("run_there", "today.glossary")) - names.index(page.marked_action)
        await pilot.press(*["down"] * steps, "enter")
        assert isinstance(app.screen, GlossaryScreen)

    play(scene)


def test_five_more_new_questions_come_on_top_of_those_that_are_left_today(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        left = app.workspace.queue.counts(app.workspace.clock.now()).new
        assert left == 10
        await pilot.press("m")
        assert type(app.screen).__name__ == "QuizScreen"
        assert app.screen.plan.new == left + 5  # type: ignore[attr-defined]  # of the quiz

    play(scene)


def test_new_questions_that_were_added_and_left_are_offered_again(
    play: Play, workspace: Workspace, screen_text: Callable[..., str]
) -> None:
    workspace.learner.change_settings({"new_per_day": 0}, workspace.clock.now())

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "Nothing is due today." in screen_text(app)
        await pilot.press("m")
        await pilot.press("escape")
        assert "5 more new questions, which you added and left" in screen_text(app)
        await pilot.press("enter")
        assert type(app.screen).__name__ == "QuizScreen"
        assert app.screen.plan.new == 5  # type: ignore[attr-defined]  # of the quiz

    play(scene)


@pytest.mark.parametrize("start", ["today", "settings", "demos"])
def test_the_key_for_search_is_ready_for_typing_at_the_first_press(play: Play, start: str) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        app.action_search()
        await pilot.pause()
        await pilot.press(*"light")
        assert app.screen.query_one(SearchField).value == "light"

    play(scene, start=start)


def test_the_title_of_the_first_screen_is_whole_in_60_columns(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        words = " ".join(screen_text(app).split())
        assert "The words of machine learning, learned for good." in words

    play(scene, start="welcome", size=(60, 20))


@pytest.mark.parametrize("tab", ["today", "glossary", "demos", "progress", "settings"])
@pytest.mark.parametrize("width", [60, 70, 80, 100])
def test_the_line_of_keys_is_not_cut_and_never_without_help(
    tab: str, width: int, play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        last = screen_text(app).splitlines()[-1]
        assert "? help" in last
        assert last.startswith(" Enter ")
        assert len(last) < width

    play(scene, start=tab, size=(width, 24))


def test_a_missing_theme_is_reported_and_another_taken(home: Path, play: Play) -> None:
    home.mkdir()
    (home / "config.toml").write_text('theme = "[red]nrod"\n')

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.pause()
        assert app.theme == "mlterms-dark"
        assert any("there is no theme '[red]nrod'" in text for text in app.said)

    play(scene)


# -- looks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (10, 3)])
def test_where_there_is_no_room_it_says_so_and_goes_on_when_there_is(
    size: tuple[int, int], play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("5")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.press("1", "M", "question_mark", "ctrl+p")  # nothing is done unseen
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert "5 Settings" in screen_text(app)

    play(scene)


def test_opened_where_there_is_no_room_it_says_so(play: Play, screen_text: Callable[..., str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "A little more room, please" in screen_text(app)
        assert "Or q to leave" in screen_text(app)
        await pilot.press("q")
        assert not app.is_running

    play(scene, size=(40, 10))


@pytest.mark.parametrize("theme", ["mlterms-dark", "mlterms-light", "ansi-dark", "ansi-light"])
@pytest.mark.parametrize("no_colour", [False, True])
def test_every_theme_shows_the_same_words(
    theme: str,
    no_colour: bool,
    home: Path,
    play: Play,
    screen_text: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f'theme = "{theme}"\n')
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert app.theme == theme
        for key in ("5", "4", "3", "1", "question_mark"):
            await pilot.press(key)
        assert "What there is to do today" in screen_text(app)

    play(scene)


def test_in_ascii_every_screen_is_ascii(home: Path, play: Play, screen_text: Callable[..., str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("ascii = true\n")

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        for key in ("1", "3", "question_mark"):
            await pilot.press(key)
            assert screen_text(app).isascii(), screen_text(app)

    play(scene)


def test_a_notice_that_something_went_wrong_is_shown_to_its_end(
    play: Play, screen_text: Callable[..., str]
) -> None:
    folder = "/home/somebody/of/a/long/name/with/folders/inside/folders/mlterms"
    text = f"{folder}/mlterms.db: the file was moved, deleted or replaced while it was open here, so this is "
    text += (
        f"not recorded in it. `mlterms restore {folder}/rescued/mlterms-2026-11-29T045621.db` brings back "
    )
    text += "what was recorded before, up to the last answer that this window has seen and acknowledged."

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        app.warn(text)
        await pilot.pause()
        assert text.replace(" ", "") in "".join(screen_text(app).split())

    for start in ("today", "quiz"):
        play(scene, start)
