"""The app as a new learner meets it: an evening in a real terminal, from the first screen to the next day."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OpenTerminal = Callable[..., Any]

EVENING = "2026-11-20T18:00+00:00"
A_LITTLE_LATER = "2026-11-20T18:20+00:00"
NEXT_DAY = "2026-11-21T18:00+00:00"
A_RATING = "Enter next"
_HEAD = re.compile(r"^ (.+) · (\w+), (new|review|again)")
_NUMBERED = re.compile(r"^ +[^\d\s│]? +(\d+)(?:\.| │) ", re.MULTILINE)


class Quiz:
    """Answers whatever the app asks, by what it shows; by keys, or by mouse alone."""

    def __init__(self, window: Any, *, by_mouse: bool = False) -> None:
        self.window, self.by_mouse = window, by_mouse

    def question(self) -> str:
        """Wait until a question is put, past the introduction of its term; the screen then."""
        shown = str(self.window.wait_until_still(_is_asked_or_introduced, without=A_RATING))
        if "the question" in shown:
            self.do("Enter", "the question")
            shown = str(self.window.wait_until_still(_is_asked, without="the question"))
        return shown

    def skip_to(self, kind: str) -> str:
        while kind_of(shown := self.question()) != kind:
            self.window.press("C-n")
            self.window.wait_for(lambda now, before=shown: middle(now) != middle(before))
        return shown

    def answer(self) -> str:
        """Answer the open question, take the rating that is suggested; the heading that it had."""
        shown = self.question()
        kind = kind_of(shown)
        if kind in ("number", "gap", "recall"):
            self.write(shown, kind)
        elif kind == "order":
            self.pick(_NUMBERED.findall(shown.replace("0. I do not know", "")))
        else:
            self.pick("1")
        if kind == "predict":
            self.see_it_decided()
        elif "Pick all" in shown or "in the right order:" in shown:
            self.do("Enter", "Enter  answer")
        self.window.read_verdict()
        if kind == "recall":
            self.do("Space", "[ ]")  # an idea is ticked, so that a rating is suggested
        self.do("Enter", "Enter next")
        self.window.wait_for(_is_asked_or_introduced, without=A_RATING)
        self.window.read_question()
        return head(shown)

    def see_it_decided(self) -> None:
        """Of a prediction: see its runs to their end, and go back."""
        self.window.wait_for("You say:")
        self.window.wait_for("back to the question")
        self.do("Enter", "back to the question")

    def write(self, shown: str, kind: str) -> None:
        if self.by_mouse:  # who cannot type shows the answer
            for _ in range(2):
                if A_RATING not in self.window.screen():
                    self.window.click("Enter answer")
                    self.window.wait_for(lambda now: A_RATING in now or "press Enter again" in now)
            return
        for _ in range(max(1, shown.count("what is missing"))):
            self.window.type("1")
            self.window.press("Enter")

    def pick(self, numbers: Any) -> None:
        for number in numbers:
            option, line = f" {number}. ", f" {number} │ "
            self.do(number, option if option in self.window.screen() else line)

    def do(self, key: str, words: str) -> None:
        """Press a key, or click on words that mean the same."""
        if self.by_mouse:
            self.window.click(words)
        else:
            self.window.press(key)


def head(shown: str) -> str:
    found = _HEAD.match(shown)
    return f"{found[1]} · {found[2]}" if found else ""


def kind_of(shown: str) -> str:
    return head(shown).rpartition(" ")[2]


def middle(shown: str) -> str:
    """What a screen shows between its heading and its line of keys, without what is told beside it."""
    return "\n".join(shown.split("\n")[2:-2]).strip()


def _is_asked(shown: str) -> bool:
    return bool(head(shown)) and "Enter answer" in shown


def _is_asked_or_introduced(shown: str) -> bool:
    return _is_asked(shown) or "the question" in shown


def database(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(next(home.rglob("mlterms.db")))


def answered(home: Path) -> list[str]:
    """The questions that were answered, in order, those taken back as well."""
    with database(home) as connection:
        rows = connection.execute("SELECT question FROM event WHERE kind = 'answer' ORDER BY seq").fetchall()
    connection.close()
    return [row[0] for row in rows]


def due(window: Any, now: str) -> dict[str, int]:
    """What `mlterms due --json` says."""
    command = [sys.executable, "-m", "mlterms", "--now", now, "due", "--json"]
    done = subprocess.run(command, env=window.environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def due_by(home: Path, day_after: int) -> set[str]:
    """The questions that will be due so many days after the last answer, as the cards have it."""
    with database(home) as connection:
        (today,) = connection.execute("SELECT max(last_day) FROM card").fetchone()
        rows = connection.execute(
            "SELECT question FROM card WHERE due_at IS NOT NULL OR due_day <= ?", (today + day_after,)
        ).fetchall()
    connection.close()
    return {row[0] for row in rows}


def test_from_an_empty_home_to_the_next_day(terminal: OpenTerminal) -> None:
    window = terminal()
    quiz = Quiz(window)

    # The first screen; what an epoch is; its demo.
    window.run(f"mlterms --now {EVENING}")
    window.wait_for("learned for good", "first question")
    window.press("g")
    window.wait_for("2 Glossary", "Enter open")
    window.press("/")
    window.wait_for("Esc back")
    window.type("epoch")
    window.wait_for("One full pass")
    window.press("Enter")
    window.wait_for("Esc back", "a ask me", "In plain words")
    window.press("d")
    window.wait_for("Space play", "q leave")  # the card speaks of updates too
    window.press("Space")
    before = window.wait_for("paused")
    window.press(".")
    window.wait_for(lambda shown: shown != before, "paused")
    window.press("Escape")
    window.wait_for("Esc back", "a ask me", "In plain words")

    # Its questions, of which one is a prediction: the run decides.
    window.press("a")
    asked = quiz.skip_to("predict")
    assert head(asked) == "epoch · predict"
    quiz.pick("1")
    quiz.see_it_decided()
    window.read_verdict()
    window.wait_for(lambda shown: "✓ Right." in shown or "✗ Not this time." in shown)
    assert not answered(window.home)
    window.press("Enter")
    quiz.question()
    assert [name.partition("/")[0] for name in answered(window.home)] == ["mlterms:epoch"]
    window.press("Escape")
    window.wait_for("Esc back", "a ask me", "In plain words")

    # What is new today: nine more, one of them taken back and asked again.
    window.press("F2")
    window.wait_for("Enter start")
    window.press("Enter")
    heads = [quiz.answer() for _ in range(9)]
    assert len(answered(window.home)) == 10
    assert len({each.rpartition(" · ")[0] for each in heads}) == 9, heads  # each is of another term
    quiz.question()
    window.press("F8")
    window.wait_for("Undone")
    again = quiz.question()
    assert head(again) == heads[-1]
    open_question = middle(window.wait_for(_is_asked, without="Undone"))

    # Left, quit, started again: the very same question with the same numbers.
    window.press("Escape")
    window.wait_for("1 Today")
    window.press("q")
    window.wait_for("code 0")
    window.run(f"mlterms --now {A_LITTLE_LATER}")
    window.wait_for("1 Today", "Enter start")
    window.press("Enter")
    assert middle(quiz.question()) == open_question
    assert quiz.answer() == heads[-1]
    assert answered(window.home)[-1] == answered(window.home)[-2]
    window.press("Escape")
    window.wait_for("1 Today")
    window.press("q")
    window.wait_for("code 0")

    # The next day: what is due, and just that, comes first.
    expected = due_by(window.home, 1)
    counts = due(window, NEXT_DAY)
    assert counts["due"] + counts["learning"] == len(expected)
    window.run(f"mlterms --now {NEXT_DAY}")
    window.wait_for("1 Today", str(counts["due"]), "Enter start")
    window.press("Enter")
    for _ in range(3):
        quiz.answer()
    last = answered(window.home)[-3:]
    assert len(set(last)) == 3
    assert set(last) <= expected
    window.press("Escape")
    window.wait_for("1 Today")
    window.press("q")
    window.wait_for("code 0")


def test_by_mouse_alone(terminal: OpenTerminal) -> None:
    window = terminal()
    quiz = Quiz(window, by_mouse=True)
    window.run(f"mlterms --now {EVENING}")
    window.wait_for("first question")
    window.click("look around first")
    window.wait_for("2 Glossary", "Enter open")
    window.click("Demos")
    window.wait_for("Enter play")
    window.click("Feature scaling")
    window.wait_for("at the end", "q leave")  # until then its keys move along the row
    window.click("leave")
    window.wait_for("Enter play")
    window.click("Today")
    window.wait_for("Enter start")
    window.click("Enter  start")
    for _ in range(3):
        quiz.answer()
    assert len(answered(window.home)) == 3
    quiz.question()
    window.click("undo")
    window.wait_for("Undone")
    quiz.question()
    window.click("help")
    window.wait_for("Esc back")
    window.click("Esc back")
    window.wait_for("Esc leave")
    window.click("Esc leave")
    window.wait_for("1 Today", "q quit")
    window.click("q quit")
    window.wait_for("code 0")
