"""The app in a real terminal, broken off: closed windows, signals, a crash. Nothing is lost, the terminal is
as it was."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

OpenTerminal = Callable[..., Any]

FRIDAY = "2026-11-20T09:00+00:00"
QUIZ = f"mlterms --now {FRIDAY} quiz hill:pace hill:slope"
CHOICE = "### choice: which\nWhich is it?\n- [x] this\n- [ ] that\n"
CLOZE = "### cloze: steep\nIt is {{steep}}.\n---\nYes.\n"
CRASHING = """import sys
from mlterms.cli.main import main
from mlterms.tui.screens.today import TodayScreen


def crash(screen):
    raise RuntimeError("something that nobody thought of")


TodayScreen.body = crash
main()
"""


def answers(home: Path) -> int:
    with sqlite3.connect(next(home.rglob("mlterms.db"))) as connection:
        count = connection.execute("SELECT count(*) FROM event WHERE kind = 'answer'").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return int(count)


def write_deck(home: Path) -> None:
    """A deck of two terms: `pace` begins with a choice, `slope` with a sentence to complete."""
    content = home / "hill" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "hill"\ntitle = "A hill"\n')
    for term, question in (("pace", CHOICE), ("slope", CLOZE)):
        text = (
            f"---\ntitle: {term}\ntopic: walking\n---\n\nSomething of a hill.\n\n## Questions\n\n{question}"
        )
        (content / f"{term}.md").write_text(text)
    config = home / ".config" / "mlterms" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('decks = ["~/hill"]\nguess_first = "off"\n')


def unfolded(shown: str) -> str:
    """What is shown, without the ends of lines: long paths fold a sentence anywhere."""
    return shown.replace("\n", "")


def see_the_first_verdict(terminal: Any) -> None:
    """Answer the first question, a choice, and go no further than its verdict."""
    terminal.wait_for("New  pace")
    terminal.press("Enter")
    terminal.wait_for("Which is it?")
    terminal.press("1")
    terminal.read_verdict()


def answer_the_first(terminal: Any) -> str:
    """Answer the first question, and go on to the second; the screen then."""
    see_the_first_verdict(terminal)
    terminal.press("Enter")
    terminal.wait_for("New  slope", "Esc leave")
    terminal.read_question()
    terminal.press("Enter")
    return str(terminal.wait_for("slope", "F1 help", without="New  slope"))


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
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    window.type("half an ans")
    before = window.wait_until_still("half an ans")
    window.close()
    assert window.exit_code() == 128 + signal.SIGHUP
    assert answers(window.home) == 1

    again = terminal()
    again.run(QUIZ)
    shown = middle(again.wait_until_still("F1 help", without="New  slope"))
    assert shown == f"{middle(before)}\n  Your answer so far was kept."


def test_a_window_that_closes_at_the_feedback_records_the_answer(terminal: OpenTerminal) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    see_the_first_verdict(window)
    assert answers(window.home) == 0
    window.close()
    assert window.exit_code() == 128 + signal.SIGHUP
    assert answers(window.home) == 1


def test_a_verdict_that_was_shown_when_the_app_was_killed_counts_from_the_next_command(
    terminal: OpenTerminal,
) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    see_the_first_verdict(window)
    window.signal(signal.SIGKILL)
    window.wait_for("code 137")
    again = terminal()
    again.run(f"mlterms --now {FRIDAY} due --json")
    again.wait_for('"answered": 1')
    assert answers(again.home) == 1


@pytest.mark.parametrize(
    ("command", "number"),
    [
        *product(["mlterms", QUIZ, "mlterms demo epoch"], [signal.SIGTERM, signal.SIGHUP]),
        ("mlterms", signal.SIGINT),
        (QUIZ, signal.SIGQUIT),
    ],
)
def test_a_signal_ends_the_app_and_gives_the_terminal_back(
    terminal: OpenTerminal, command: str, number: signal.Signals
) -> None:
    window = terminal()
    write_deck(window.home)
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
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    window.press("Escape")
    window.wait_for("code 0")
    window.run("mlterms")
    window.wait_for("something that nobody thought of", "code 1")
    assert is_sane(window)


@pytest.mark.parametrize("by_key", [True, False])
def test_it_goes_to_the_background_and_comes_back_with_its_whole_screen(
    terminal: OpenTerminal, by_key: bool
) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    window.type("ste")
    before = window.wait_until_still("ste")
    if by_key:
        window.press("C-z")
        window.wait_for("Stopped")
        assert is_sane(window)
        window.type("echo the shell is there")
        window.press("Enter")
        window.wait_for("\nthe shell is there")
        window.type("fg")
        window.press("Enter")
    else:
        window.signal(signal.SIGTSTP)
        window.wait_for(lambda shown: "Esc leave" not in shown)
        window.wait_until_stopped()
        window.signal(signal.SIGCONT)
    assert window.wait_for(lambda shown: shown == before) == before
    window.type("ep")
    window.wait_for("steep")
    window.press("Enter")
    window.wait_for("Right.")


def test_after_a_stop_that_nobody_announced_it_goes_on_and_gives_the_terminal_back(
    terminal: OpenTerminal,
) -> None:
    window = terminal()
    write_deck(window.home)
    window.run("stty -g >before")
    window.wait_for("code 0")
    window.run(QUIZ)
    answer_the_first(window)
    before = window.wait_until_still("slope")
    for _ in range(2):
        window.signal(signal.SIGSTOP)
        window.signal(signal.SIGCONT)
        assert window.wait_until_still("slope", lambda shown: shown == before) == before

    def is_left(shown: str) -> bool:
        if "code 0" not in shown:  # a key that comes before it goes on is dropped
            window.press("Escape")
        return "code 0" in shown

    window.wait_for(is_left)
    window.press("Enter")
    assert is_sane(window)
    window.run("stty -g >after")
    window.wait_for("code 0")
    assert (window.home / "after").read_text() == (window.home / "before").read_text()


def test_an_interrupt_in_an_editor_of_the_app_is_the_editors(terminal: OpenTerminal) -> None:
    window = terminal(environment={"EDITOR": "sh -c 'echo this is the editor; sleep 60'"})
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    window.press("Escape")
    window.wait_for("code 0")
    window.run(f"mlterms --now {FRIDAY}")
    window.wait_for("Enter start")
    window.press("F3")
    window.wait_for("Enter open")
    window.press("e")
    window.wait_for("this is the editor")
    window.press("C-c")
    window.wait_for("Enter open", "sh ended with")


@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGHUP])
def test_a_broken_off_edit_leaves_no_copy_that_was_only_looked_at(
    terminal: OpenTerminal, number: signal.Signals | None
) -> None:
    window = terminal(environment={"EDITOR": "sh -c 'echo this is the editor; sleep 60'"})
    window.run("mlterms edit bias")
    window.wait_for("\nthis is the editor")
    assert list(window.home.rglob("bias.md"))
    if number is None:
        window.press("C-c")
    else:
        window.signal(number)
    window.wait_for("could not be started" if number is None else f"code {128 + number}")
    assert not list(window.home.rglob("bias.md"))


@pytest.mark.parametrize("key", ["e", "C-p", "F3"])
def test_a_closed_window_leaves_no_process_behind_whatever_is_open(terminal: OpenTerminal, key: str) -> None:
    window = terminal(environment={"EDITOR": "sh -c 'trap \"\" HUP; sleep 60'"})
    window.run(f"mlterms --now {FRIDAY}")
    window.wait_for("first question")
    window.press("g")
    window.wait_for("2 Glossary", "Enter open")
    window.press(key)
    window.wait_for(lambda shown: "Enter open" not in shown or "Find" in shown or key == "F3")
    window.close()
    assert window.exit_code() in (129, 142)


@pytest.mark.parametrize("size", [(36, 20), (30, 15), (20, 10), (10, 5)])
def test_started_in_a_tiny_window_it_can_be_left_and_closed(
    terminal: OpenTerminal, size: tuple[int, int]
) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    window.press("Escape")
    window.wait_for("code 0")
    window.resize(*size)
    window.run(f"mlterms --now {FRIDAY}")
    window.wait_for(lambda shown: shown.strip() != "" and "code" not in shown)
    window.resize(80, 24)
    window.wait_for("1 Today", "Enter start")
    window.resize(*size)
    window.wait_for(lambda shown: "1 Today" not in shown)
    window.close()
    assert window.exit_code() == 129


def test_an_answer_that_was_not_recorded_is_reported_in_the_shell_too(terminal: OpenTerminal) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    answer_the_first(window)
    next(window.home.rglob("mlterms.db")).unlink()
    window.type("steep")
    window.press("Enter")
    window.wait_for("3 Good")
    window.press("Escape")
    window.wait_for(
        "mlterms: /",
        lambda shown: "not recorded" in unfolded(shown) and "restore" in unfolded(shown),
        "code 1",
    )


def test_a_key_draws_the_screen_again_over_what_another_program_wrote(terminal: OpenTerminal) -> None:
    window = terminal()
    write_deck(window.home)
    window.run(QUIZ)
    before = window.wait_until_still("Esc leave")
    Path(window.state("pane_tty")).write_text("\x1b[5;1HMESSAGE FROM ROOT")
    window.wait_for("MESSAGE")
    window.press("C-l")
    assert window.wait_until_still("Esc leave", without="MESSAGE") == before
