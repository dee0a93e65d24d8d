"""The command palette: what it finds, in which order, and what it does."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Input

from mlterms.tui.actions import ACTIONS
from mlterms.tui.app import MltermsApp
from mlterms.tui.command_palette import Everything
from mlterms.tui.screens.settings import SettingsScreen

Play = Callable[..., None]


def test_the_palette_finds_terms_demos_and_actions(play: Play, screen_text: Callable[..., str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("ctrl+p", *"overfit")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = screen_text(app)
        assert "overfitting" in text
        assert "Demo: Overfitting" in text
        await pilot.press("escape", "ctrl+p", *"settings")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        assert isinstance(app.screen, SettingsScreen)

    play(scene)


def test_a_command_has_one_colon(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        labels = {
            each.id: Everything(app.screen)._offer(each, lambda: None).label for each in ACTIONS.values()
        }
        two = {name: label for name, label in labels.items() if label.partition(": ")[2].count(": ")}
        assert not two

    play(scene)


def test_the_palette_names_its_own_keys_and_not_those_of_the_screen_below(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "Enter start" in screen_text(app).splitlines()[-1]
        await pilot.press("ctrl+p")
        await pilot.pause()
        last = screen_text(app).splitlines()[-1]
        assert last.split("   ") == [" Up Down choose", "Enter run", "Esc close"]
        await pilot.click(offset=(last.index("close"), app.size.height - 1))
        await pilot.pause()
        assert "Enter start" in screen_text(app).splitlines()[-1]

    play(scene)


def test_the_palette_shows_a_theme_at_once_and_keeps_it_when_it_is_chosen(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        async def to_nord() -> None:
            await pilot.press("ctrl+p", *"nord")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.theme == "nord"

        before = app.theme
        await to_nord()
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == before
        assert not app.workspace.config.theme
        await to_nord()
        await pilot.press("enter")
        await pilot.pause()
        assert app.theme == app.workspace.config.theme == "nord"

    play(scene)


def test_the_palette_finds_a_place_by_the_words_that_newcomers_use(
    play: Play, screen_text: Callable[..., str]
) -> None:
    places = [
        ("stats", "Go to Progress."),
        ("history", "Go to Progress."),
        ("histry", "Go to Progress."),
        ("statistcs", "Go to Progress."),
        ("shrotcuts", "Help for this screen."),
        ("prefernces", "Go to Settings."),
        ("score", "Go to Progress."),
        ("preferences", "Go to Settings."),
        ("exit", "Quit: Leave mlterms."),
        ("keys", "Setting: keys"),
        ("shortcuts", "Help for this screen."),
        ("plan", "Plan: can you answer"),
        ("colors", "Setting: theme"),
    ]

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        for word, offered in places:
            await pilot.press("ctrl+p")
            app.screen.query_one(Input).value = word
            await app.workers.wait_for_complete()
            await pilot.pause(0.3)
            assert offered in screen_text(app)
            await pilot.press("escape")

    play(scene, start="glossary")


def test_the_palette_says_nothing_twice(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        labels = [offer.label for offer in Everything(app.screen)._actions()]
        assert [
            each.split("  ")[0] for each in labels if "o to the glossary" in each or "Glossary" in each
        ] == ["Go to Glossary."]
        assert not [each for each in labels if each.startswith(("Help: Help", "Search: Search"))]

    play(scene)


def test_the_palette_words_all_that_can_be_done_on_plan_as_sentences(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("p")
        await pilot.pause()
        labels = [offer.label.split("  ")[0] for offer in Everything(app.screen)._actions()]
        assert {"Five fewer minutes a day.", "Five more minutes a day.", "A day earlier."} < {*labels}

    play(scene)


def test_the_palette_leads_to_a_setting(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("ctrl+p", *"retention")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert app.screen.page.marked_name == "desired_retention"

    play(scene)


def test_the_palette_offers_nothing_that_only_has_the_typed_letters_somewhere(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("ctrl+p", *"epo")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = screen_text(app)
        assert "Demo: Epoch" in text
        assert "Demo: Weight" not in text

    play(scene, size=(80, 110))
