"""The app in a real terminal that changes its size at any moment, and at the sizes that it promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

OpenTerminal = Callable[..., Any]

FRIDAY = "2026-11-20T09:00+00:00"
APP = f"mlterms --now {FRIDAY}"


def open_today(terminal: Any) -> None:
    """Go past the first screen, with nothing answered."""
    terminal.run(APP)
    terminal.wait_for("first question")
    terminal.press("g")
    terminal.wait_for("2 Glossary", "Enter open")
    terminal.press("F2")
    terminal.wait_for("Enter start")


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("F2", "Enter start"),
        ("F3", "Enter open"),
        ("F4", "difference of its scores"),  # the text comes a moment after the list
        ("F6", "desired retention"),
        ("F1", "Esc back"),
        ("C-p", "Find a term"),
    ],
)
def test_a_window_that_was_too_small_shows_the_same_screen_again(
    terminal: OpenTerminal, key: str, shown: str
) -> None:
    window = terminal()
    open_today(window)
    window.press(key)
    window.wait_for(shown)
    before = window.wait_until_still()
    for columns, rows in ((40, 10), (200, 60), (59, 24), (80, 19), (1, 1)):
        window.resize(columns, rows)
        if columns < 60 or rows < 20:
            window.wait_for(lambda shown: "1 Today" not in shown)
            if columns >= 40:
                window.wait_for("60")
        else:
            window.wait_for(lambda shown: "too small" not in shown and shown.strip() != "")
    window.resize(80, 24)
    assert window.wait_for(lambda shown: shown == before) == before


def test_what_was_typed_outlives_a_window_that_was_too_small(terminal: OpenTerminal) -> None:
    window = terminal()
    window.run(f"{APP} quiz bias")
    window.wait_for("New  bias")
    window.press("Enter")
    window.wait_for("new", without="New  bias")
    while "F6 card" not in (asked := window.wait_until_still()):
        window.press("C-n")
        window.wait_for(lambda shown, asked=asked: shown != asked, "Esc leave")
    window.type("0.12")  # fits every field, that of a number as well
    before = window.wait_for("0.12")
    for columns, rows in ((160, 48), (40, 10), (60, 20), (40, 10), (80, 24)):
        window.resize(columns, rows)
        window.wait_for("60" if columns == 40 else "0.12")
    assert window.wait_until_still() == before
    window.type("5")
    window.wait_for("0.125")


def update_shown(shown: str) -> int:
    """The update on the timeline; 0 where there is none."""
    found = re.search(r"update ([\d,]*\d)", shown)
    return int(found[1].replace(",", "")) if found else 0


def test_a_demo_plays_on_after_the_window_was_too_small(terminal: OpenTerminal) -> None:
    window = terminal()
    window.run("mlterms demo epoch --no-predict")
    before = update_shown(window.wait_for("leave", update_shown))
    for columns, rows in ((40, 10), (160, 48), (60, 20), (80, 24)):
        window.resize(columns, rows)
        if columns < 60:
            window.wait_for("60 columns", without="update")
            continue
        shown = window.wait_for(
            "leave",
            lambda shown, rows=rows, before=before: (
                len(shown.split("\n")) == rows and update_shown(shown) > before
            ),
        )
        before = update_shown(shown)
    window.press("q")
    window.wait_for("code 0")


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (80, 24), (160, 48)])
def test_every_screen_can_be_left_by_the_keys_that_it_names(
    terminal: OpenTerminal, columns: int, rows: int
) -> None:
    window = terminal(columns, rows)
    open_today(window)
    for key, shown in (
        ("2", "Enter open"),
        ("3", "Enter play"),
        ("4", "Recalled"),
        ("5", "retention"),
        ("1", "Enter start"),
    ):
        window.press(key)
        window.wait_for(shown)
    window.press("Enter")
    window.wait_for("New  ", "the question")
    window.press("?")
    window.wait_for("Esc back", "Here")
    window.press("Escape")
    window.wait_for("New  ", "the question")
    window.press("Escape")
    window.wait_for("1 Today")
    window.press("q")
    window.wait_for("code 0")


def test_nothing_of_the_app_stays_in_a_window_that_has_grown(terminal: OpenTerminal) -> None:
    window = terminal()
    open_today(window)
    window.resize(160, 48)
    window.wait_until_still("Enter start")
    window.press("q")
    assert window.exit_code() == 0
    assert "Today" not in window.wait_until_still("$")
