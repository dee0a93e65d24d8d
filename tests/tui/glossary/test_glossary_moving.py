"""The glossary by keys and by mouse: from term to card, along links, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.tui.messages import CardsChanged
from mlterms.tui.screens.glossary import GlossaryScreen
from mlterms.tui.screens.today import TodayScreen

LookUp = Callable[..., None]


async def fresh_cards(reader: Any) -> None:
    """Let the app see at once that files have changed."""
    index = reader.app.workspace.fresh_index()
    reader.app.workspace.take_index(index)
    reader.screen.post_message(CardsChanged())
    await reader.settle()


def test_terms_stand_by_topic_in_study_order_and_the_first_card_is_shown(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        text = reader.text
        order = ["The neuron", "weight", "bias", "Training", "learning rate"]
        terms = "\n".join(line[:32] for line in text.splitlines())
        found = [terms.find(name) for name in order]
        assert found == sorted(found), terms
        assert found[0] > 0
        assert "multiplies one input" in text

    look_up(scene)


def test_going_down_shows_each_card_beside_the_terms(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("down")
        assert "The number that is added" in reader.text
        await reader.press("k")
        assert "multiplies one input" in reader.text

    look_up(scene)


def test_a_topic_is_folded_and_unfolded(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("left", "left")
        assert "bias" not in reader.text.split("│")[0]
        assert not any(line.startswith("   bias") for line in reader.text.splitlines())
        await reader.press("right")
        assert any(line.startswith("   bias") for line in reader.text.splitlines())
        await reader.click("The neuron")
        assert not any(line.startswith("   bias") for line in reader.text.splitlines())

    look_up(scene)


def test_a_narrow_screen_shows_terms_or_card_and_one_goes_to_and_fro(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        assert "multiplies" not in reader.text
        await reader.press("enter")
        assert "multiplies" in reader.text
        assert "The neuron" not in reader.text
        await reader.press("escape")
        assert "The neuron" in reader.text
        await reader.press("l")
        assert "multiplies" in reader.text
        await reader.press("h")
        assert "The neuron" in reader.text

    look_up(scene, (60, 20))


def test_on_a_narrow_screen_a_click_opens_the_card_and_the_line_of_keys_leads_back(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.click("learning rate")
        assert "How far along the slope" in reader.text
        await reader.click("Esc")
        assert "The neuron" in reader.text

    look_up(scene, (60, 20))


def test_at_160_columns_links_and_questions_stand_beside_the_card(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        assert "Not the same as" in reader.text
        assert "Its questions" in reader.text
        await reader.press("right", "right")
        assert reader.app.focused is reader.screen.pane.side
        await reader.press("left")
        assert reader.app.focused is reader.screen.pane.card
        await reader.press("left")
        assert reader.app.focused is reader.screen.terms

    look_up(scene, (160, 48))


def test_the_screen_can_change_its_size_while_the_side_has_the_focus(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("right", "right")
        for size in ((60, 20), (160, 48), (80, 24), (120, 30)):
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert "multiplies" in reader.text
            assert reader.app.focused is not None
            assert reader.app.focused.region.area > 0

    look_up(scene, (160, 48))


def test_a_link_is_followed_and_backspace_returns_to_where_one_was(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("end", "enter", "tab", "enter")
        assert "added whatever" in reader.text
        assert "‹ learning rate" in reader.text
        await reader.press("tab", "tab", "enter")
        assert "multiplies" in reader.text
        await reader.press("backspace")
        assert "added whatever" in reader.text
        await reader.press("alt+left")
        assert "along the slope" in reader.text
        assert not reader.screen.check_action("return", ())

    look_up(scene)


def test_links_are_followed_by_mouse_and_the_terms_go_along(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter")
        await reader.click("bias", after=1)
        assert "added whatever" in reader.text
        await reader.click("‹ weight", after=3)
        assert "multiplies" in reader.text
        await reader.press("escape")
        assert reader.screen.terms.entry.name == "small:weight"

    look_up(scene)


def test_a_link_in_the_card_beside_the_terms_is_followed_by_one_click(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.click("leads to        bias", after=17)
        assert "added whatever" in reader.text
        assert reader.app.focused is reader.screen.pane.card

    look_up(scene)


def test_one_comes_back_to_the_row_that_a_link_was_on(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter", "pagedown")
        row = reader.screen.pane.card.scroll_offset.y
        assert row > 0
        reader.screen.action_follow("small:bias")
        await reader.settle()
        assert reader.screen.pane.card.scroll_offset.y == 0
        await reader.press("backspace")
        assert reader.screen.pane.card.scroll_offset.y == row

    look_up(scene, (60, 20))


def test_a_term_without_a_card_is_marked_so_and_is_no_link(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter")
        assert "threshold (no card yet)" in reader.text
        assert all("small:threshold" not in place.action for place in reader.screen.pane.card.places())

    look_up(scene)


def test_up_and_down_scroll_a_card_and_end_shows_its_last_row(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter", "j", "j", "k")
        assert reader.screen.pane.card.scroll_offset.y == 1
        await reader.press("end")
        assert "number" in reader.text
        await reader.press("home")
        assert reader.screen.pane.card.scroll_offset.y == 0

    look_up(scene)


def test_a_card_above_another_screen_goes_back_there(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        assert "back to Today" in reader.text
        assert "along the slope" in reader.text
        await reader.press("tab", "enter")
        assert "added whatever" in reader.text
        await reader.press("escape")
        assert isinstance(reader.app.screen, TodayScreen)

    look_up(scene, term="small:learning-rate")


def test_above_another_screen_the_terms_can_be_gone_to_and_left_again(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("left")
        assert reader.app.focused is reader.screen.terms
        assert reader.screen.terms.entry.name == "small:bias"
        await reader.click("back to Today")
        assert isinstance(reader.app.screen, TodayScreen)

    look_up(scene, term="small:bias")


def test_a_term_that_is_no_longer_there_is_reported(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        assert "there is no such card now" in reader.text

    look_up(scene, term="small:nothing")


def test_the_demo_of_the_card_is_opened(look_up: LookUp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, str]] = []

    async def scene(reader: Any) -> None:
        monkeypatch.setattr(reader.app, "open_demo", lambda name, deck: opened.append((name, deck)))
        await reader.press("d", "down", "d")
        await reader.press("up", "enter")
        await reader.click("Walk: down a bowl")

    look_up(scene)
    assert opened == [("walk", "small"), ("walk", "small")]


def test_cards_that_change_are_read_anew_and_the_place_is_kept(look_up: LookUp, deck: Path) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("down", "enter")
        card = deck / "content" / "bias.md"
        card.write_text(card.read_text().replace("The number that", "The constant that"))
        await fresh_cards(reader)
        assert "The constant that" in reader.text
        card.unlink()
        await fresh_cards(reader)
        assert "no such card now" in reader.text

    look_up(scene)


def test_files_that_are_no_cards_are_listed_with_what_to_mend(look_up: LookUp, deck: Path) -> None:
    (deck / "content" / "broken.md").write_text("---\ntitle: broken\n---\n")

    async def scene(reader: Any) -> None:
        assert "Needs fixing" in reader.text
        await reader.press("end")
        text = "".join(line[32:].strip() for line in reader.text.splitlines())
        assert "content/broken.md:" in text
        assert reader.screen.check_action("edit", ())
        assert not reader.screen.check_action("demo", ())

    look_up(scene)


def test_a_question_that_is_set_aside_is_named_on_its_card(
    look_up: LookUp, deck: Path, answered: Callable[..., None]
) -> None:
    answered("weight/gap", 3)
    card = deck / "content" / "weight.md"
    card.write_text(card.read_text().replace("{{input|feature}}", "input"))

    async def scene(reader: Any) -> None:
        await reader.press("enter")
        assert "the question gap cannot be asked" in reader.text
        assert "content/weight.md:" in "".join(reader.text.split())

    look_up(scene)


def test_questions_whose_card_is_gone_are_named(
    look_up: LookUp, deck: Path, answered: Callable[..., None]
) -> None:
    answered("old/what", 3)

    async def scene(reader: Any) -> None:
        await reader.press("end")
        assert "set aside" in reader.text
        assert "old/what" in reader.text
        assert "missing" in reader.text

    look_up(scene)


def test_a_page_in_the_web_is_opened_only_after_its_address_was_shown(
    look_up: LookUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    visited: list[str] = []

    class Browser(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            visited.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda using=None: Browser())
    monkeypatch.setattr(webbrowser, "open", Browser().open)

    async def scene(reader: Any) -> None:
        await reader.press("enter")
        await reader.click("this page")
        assert "https://example.org/prices" in reader.text
        assert visited == []
        await reader.press("escape")
        assert isinstance(reader.app.screen, GlossaryScreen)
        assert visited == []
        await reader.click("this page")
        await reader.press("enter")

    look_up(scene)
    assert visited == ["https://example.org/prices"]
