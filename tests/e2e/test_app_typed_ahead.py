"""Keys that come in one burst, as from a fast typist: each goes where the one before it has led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

OpenTerminal = Callable[..., Any]

CTRL_P = "\x10"


def open_app(terminal: OpenTerminal, tab_key: str, sign: str) -> Any:
    window = terminal(80, 24, environment={"EDITOR": "false", "VISUAL": "false"})
    window.run("mlterms")
    window.wait_until_still("look around first")
    window.press("g")
    window.wait_until_still("mastery")
    window.press(tab_key)
    window.wait_until_still(sign)
    return window


@pytest.mark.parametrize(
    ("tab_key", "sign", "typed", "found"),
    [
        ("2", "mastery", "/loss", "/ loss"),
        ("3", "Multiclass", "/dead sigmoid", "/ dead sigmoid"),
        ("1", "start", "/epoch", "/ epoch"),
    ],
    ids=["glossary", "demos", "from Today"],
)
def test_letters_right_after_the_slash_are_searched_for(
    terminal: OpenTerminal, tab_key: str, sign: str, typed: str, found: str
) -> None:
    window = open_app(terminal, tab_key, sign)

    window.type(typed)

    window.wait_until_still(found)


def test_letters_right_after_its_key_are_for_the_palette(terminal: OpenTerminal) -> None:
    window = open_app(terminal, "3", "Multiclass")

    window.type(f"{CTRL_P}backpropagation")

    window.wait_until_still("/  backpropagation", "Demo: Backpropagation")


def test_a_burst_goes_into_the_demo_and_back_to_the_list(terminal: OpenTerminal) -> None:
    window = open_app(terminal, "3", "Multiclass")

    window.type("/dead sigmoid")
    window.wait_until_still("/ dead sigmoid", without="Multiclass")
    window.type("\x1b")
    window.wait_until_still("Activation function")  # beside the demo that was found
    window.type("/epoch\r")

    window.wait_until_still("Epoch  one pass")


def test_what_is_pasted_where_nothing_can_be_written_presses_no_key(terminal: OpenTerminal) -> None:
    window = terminal()
    window.run("mlterms quiz bias")
    before = window.wait_until_still("New  bias")
    window.type("\x1b[200~skipped, \x1b[31mburied\x1b[0m, flagged\x1b[201~")
    window.press("F1")
    window.wait_for("Esc back")
    window.press("Escape")
    assert window.wait_until_still("New  bias") == before


def test_the_end_of_what_is_pasted_is_in_sight(terminal: OpenTerminal) -> None:
    window = open_app(terminal, "2", "mastery")
    window.press("/")
    window.wait_until_still("Esc back")
    window.type("what is pasted here is longer than the field END")
    window.wait_for("field END")
