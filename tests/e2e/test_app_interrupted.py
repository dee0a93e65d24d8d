"""The app in a real terminal, broken off: closed windows, signals, a crash. Nothing is lost, the terminal is
as it was."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OpenTerminal = Callable[..., Any]

FRIDAY = "2026-11-20T09:00+00:00"
QUIZ = f"mlterms --now {FRIDAY} quiz weight bias"
CRASHING = """import sys
from mlterms.cli.main import main
from mlterms.tui.screens.today import TodayScreen


def crash(screen):
    raise RuntimeError("something that nobody thought of")


TodayScreen.action_start = crash
main()
"""


def answers(home: Path) -> int:
    with sqlite3.connect(next(home.rglob("mlterms.db"))) as connection:
        count = connection.execute("SELECT count(*) FROM event WHERE kind = 'answer'").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return int(count)


def answer_the_first(terminal: Any) -> None:
    """Answer the first question about the weight, which is a choice."""
    terminal.wait_for("New  weight")
    terminal.press("Enter")
    terminal.wait_for("What are the weights")
    terminal.press("2")
    terminal.wait_for("4 Easy")
    terminal.press("Enter")
    terminal.wait_for("New  bias", "Esc leave")


def skip_to_typing(terminal: Any) -> None:
    """Skip to a question that is answered in words, past the introduction of its term."""
    shown = ""
    while "F1 help" not in shown:
        before, key = shown, "Enter" if "New  " in shown or not shown else "C-n"
        terminal.press(key)
        shown = terminal.wait_until_still(lambda now, before=before: now != before, without="New  bias")


def is_sane(terminal: Any) -> bool:
    """Whether the program has given the terminal back: no second screen, no mouse, a cursor, echo."""
    names = ("alternate_on", "mouse_any_flag", "cursor_flag")
    return [terminal.state(name) for name in names] == ["0", "0", "1"]


def middle(screen: str) -> str:
    """What a screen shows between its heading and its line of keys."""
    return "\n".join(screen.split("\n")[2:-3]).strip()


def test_a_closed_window_loses_nothing_and_the_same_question_comes_back_half_answered(
    terminal: OpenTerminal,
) -> None:
    window = terminal()
    window.run(QUIZ)
    answer_the_first(window)
    skip_to_typing(window)
    window.type("half an ans")
    before = window.wait_until_still("half an ans")
    window.close()
    assert window.exit_code() == 128 + signal.SIGHUP
    assert answers(window.home) == 1

    again = terminal()
    again.run(QUIZ)
    if "New  " in again.wait_until_still(lambda shown: "New  " in shown or "F1 help" in shown):
        again.press("Enter")
    assert middle(again.wait_until_still("F1 help", without="New  ")) == middle(before)


@pytest.mark.parametrize("command", ["mlterms", QUIZ, "mlterms demo epoch"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_and_gives_the_terminal_back(
    terminal: OpenTerminal, command: str, number: signal.Signals
) -> None:
    window = terminal()
    window.run("stty -g >before")
    window.wait_for("code 0")
    window.run(command)
    window.wait_for(lambda shown: "code" not in shown and shown.count("\n") > 20)
    assert not is_sane(window)
    window.signal(number)
    window.wait_for(f"code {128 + number}")
    assert is_sane(window)
    window.run("stty -g >after")
    window.wait_for("code 0")
    assert (window.home / "after").read_text() == (window.home / "before").read_text()


def test_a_crash_gives_the_terminal_back_tells_what_happened_and_exits_with_1(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    (tmp_path / "crashing.py").write_text(CRASHING)
    window = terminal(environment={"PROGRAM": str(tmp_path / "crashing.py")})
    window.run(QUIZ)
    answer_the_first(window)
    window.press("Escape")
    window.wait_for("code 0")
    window.run("mlterms")
    window.wait_for("1 Today", "Enter start")
    window.press("Enter")
    window.wait_for("something that nobody thought of", "code 1")
    assert is_sane(window)
