"""Searching the glossary: what is typed is looked for at once, and the way out loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlterms.tui.screens.glossary import SearchField

LookUp = Callable[..., None]


def found(reader: Any) -> list[str]:
    return [hit.title for hit in reader.screen.results.hits]


def test_each_key_that_is_typed_searches(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash", "b")
        assert "bias (parameter)" in found(reader)
        await reader.type("ias")
        assert found(reader)[0] == "bias (parameter)"
        assert "Training" not in reader.text
        assert "added whatever the" in reader.text

    look_up(scene)


def test_letters_that_are_keys_elsewhere_are_typed(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("ad e?1jk/q")
        assert reader.screen.field.value == "ad e?1jk/q"
        assert reader.screen.is_current

    look_up(scene)


def test_a_title_that_is_spelt_nearly_so_is_found(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("wieght")
        assert found(reader) == ["weight"]
        assert "Did you mean" in reader.text

    look_up(scene)


def test_another_name_and_a_single_greek_letter_are_found(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("coeff")
        assert found(reader) == ["weight"]
        await reader.press("escape", "slash")
        reader.screen.field.value = "η"
        await reader.settle()
        assert found(reader) == ["learning rate"]

    look_up(scene)


def test_where_nothing_is_found_the_message_repeats_what_was_searched_for(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("zzzz[b]")
        assert "zzzz[b]" in reader.text
        assert "No title, other name" in reader.text
        assert "finds demos, settings and" in reader.text
        await reader.press("enter")
        assert isinstance(reader.app.focused, SearchField)

    look_up(scene)


def test_up_and_down_go_through_what_was_found_and_enter_opens_it(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("the")
        first, second = found(reader)[:2]
        await reader.press("down")
        assert reader.screen.pane.details.row.title == second
        await reader.press("up")
        assert reader.screen.pane.details.row.title == first
        await reader.press("down", "enter")
        assert reader.app.focused is reader.screen.pane.card
        assert second in reader.text

    look_up(scene)


def test_escape_goes_from_the_card_to_the_hits_and_from_there_to_the_terms(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("bias")
        await reader.press("enter", "escape")
        assert isinstance(reader.app.focused, SearchField)
        assert reader.screen.field.value == "bias"
        await reader.press("escape")
        assert reader.app.focused is reader.screen.terms
        assert reader.screen.terms.entry.name == "small:bias"
        assert "Training" in reader.text

    look_up(scene, (60, 20))


def test_the_same_search_shows_the_same_card_again(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("bias")
        await reader.press("escape", "home", "down")
        assert reader.screen.pane.details.row.id == "small:weight"
        await reader.press("slash")
        await reader.type("bias")
        assert reader.screen.pane.details.row.id == "small:bias"

    look_up(scene)


def test_what_was_found_keeps_saying_how_it_stands(look_up: LookUp, answered: Callable[..., None]) -> None:
    answered("bias/what", 4)

    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("bias")
        before = reader.text
        assert "%" in before.splitlines()[4][:32]
        reader.screen.renew()
        await reader.settle()
        assert reader.text == before

    look_up(scene)


def test_a_hit_is_opened_by_a_click(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.click("search")
        await reader.type("slope")
        await reader.click("learning rate", after=2)
        assert reader.screen.pane.details.row.id == "small:learning-rate"
        assert reader.app.focused is reader.screen.pane.card

    look_up(scene)


def test_down_from_an_empty_search_goes_to_the_terms(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash", "down")
        assert reader.app.focused is reader.screen.terms

    look_up(scene)


def test_no_more_hits_are_looked_for_than_fit(look_up: LookUp, deck: Any) -> None:
    for i in range(40):
        card = f"---\ntitle: thing {i}\ntopic: neuron\n---\n\nOne of many.\n\n## Questions\n\n"
        card += "### recall: what\nWhat?\n---\nThat.\n- [ ] that\n"
        (deck / "content" / f"thing-{i}.md").write_text(card)

    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("thing")
        assert 3 <= len(found(reader)) <= 6

    look_up(scene)


def test_n_and_capital_n_go_through_the_results_as_in_vim(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash", "b")
        hits = [hit.term for hit in reader.screen.results.hits]
        assert len(hits) > 1
        await reader.press("enter")
        assert reader.screen.pane.term == hits[0]
        await reader.press("n")
        assert reader.screen.pane.term == hits[1]
        await reader.press("N")
        assert reader.screen.pane.term == hits[0]
        assert not isinstance(reader.app.focused, SearchField)

    look_up(scene)


def test_where_nothing_is_found_no_card_stays_beside_it(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        before = reader.screen.pane.term
        assert before
        await reader.press("slash")
        await reader.type("qzx")
        await reader.settle()
        assert reader.screen.pane.term == ""
        await reader.press("escape")
        await reader.settle()
        assert reader.screen.pane.term == before

    look_up(scene)


def test_back_among_what_was_found_the_card_is_the_one_of_the_marked_term(look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("weight")
        await reader.press("enter")
        marked = reader.screen.results.marked_term
        assert reader.screen.pane.term == marked
        other = next(row.id for row in reader.app.workspace.index.terms() if row.id != marked)
        reader.screen.action_follow(other)
        await reader.pilot.pause()
        assert reader.screen.pane.term == other
        await reader.press("escape")
        await reader.pilot.pause()
        assert reader.screen.results.marked_term == reader.screen.pane.term == marked

    look_up(scene)
