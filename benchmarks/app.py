"""The app in a real pseudo-terminal: first paint, key to paint with many questions, memory after many.

    python benchmarks/app.py [rounds] [questions]

First paint is measured in turn with a bare Textual app and one with a Markdown widget, so that other work of
the machine affects all of them equally: in a new home, where Welcome is shown, and in one with a week of
answers. Key to paint is measured over one deck with this number of questions. Memory is what is resident once
a question and a demo have been seen, and what it has grown by after 500 questions and 50 demos; its peer is a
Textual app that pushes and pops a screen as often."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from demo_view import BARE, Terminal
from store import PER_TERM, write_deck

from mlterms.base.clock import Now
from mlterms.memory.state import Rating
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Answer, Learner

MARKDOWN = [
    sys.executable,
    "-c",
    "from textual.app import App\nfrom textual.widgets import Markdown\n\n\n"
    "class Shown(App):\n    def compose(self):\n        yield Markdown('# one')\n\n\nShown().run()",
]
PUSHING = [
    sys.executable,
    "-c",
    """
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static


class Pushed(Screen):
    BINDINGS = [("b", "app.pop_screen", "")]

    def compose(self):
        yield from (Static(str(i)) for i in range(10))


class Pushing(App):
    BINDINGS = [("a", "go", "")]

    def action_go(self):
        self.push_screen(Pushed())


Pushing().run()
""",
]
SIZE = 80, 24
DAY = 86_400_000  # milliseconds
ASKED, PLAYED = 500, 50
PAINTED = (b"\x1b[?2026l",)  # the end of a synchronised update: something is on the screen
KEYS = 60


def answer_a_week(home: str) -> None:
    """A home with a week of answers to the cards of the program."""
    from mlterms.base.paths import bundle

    index = open_index((bundle(),), Path(home) / ".cache" / "mlterms")
    today = Now(int(time.time() * 1000), 0)
    path = Path(home) / ".local" / "share" / "mlterms" / "mlterms.db"
    path.parent.mkdir(parents=True)
    with Learner.open(path, today) as learner:
        for i, (question,) in enumerate(index.select("SELECT id FROM question ORDER BY id")[:40]):
            for back in range(7 - i % 5, 0, -2):
                rating = Rating.GOOD if (i + back) % 4 else Rating.AGAIN
                learner.answer(
                    Answer(question, rating, seconds=9), learner.state(question), today.later(-back * DAY)
                )
    index.close()


def first_paint(rounds: int, new: str, home: str, mlterms: str) -> None:
    commands = {
        "bare Textual": (BARE, new),
        "with a Markdown widget": (MARKDOWN, new),
        "Welcome": ([mlterms], new),
        "Today": ([mlterms], home),
        "quiz, new": ([mlterms, "quiz"], new),
        "quiz": ([mlterms, "quiz"], home),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, (command, where) in commands.items():
            terminal = Terminal(command, SIZE, where)
            seconds = terminal.until(PAINTED)
            terminal.close()
            if round_:  # the first makes the index and the .pyc files
                taken[name].append(seconds)
    bare = statistics.median(taken["bare Textual"])
    print(f"first paint, {rounds} rounds{'median ms':>16}{'best ms':>10}{'x bare':>8}")
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"  {name:28}{middle * 1000:8.0f}{min(times) * 1000:10.0f}{middle / bare:8.2f}")


def opened(command: list[str], home: str) -> Terminal:
    terminal = Terminal(command, SIZE, home)
    terminal.until(PAINTED)
    settle(terminal)
    return terminal


def settle(terminal: Terminal, quiet: float = 0.4) -> None:
    """Read until nothing has come, and nothing was worked at, for a while; shorter than a cursor blinks."""
    last, used = time.perf_counter(), terminal.cpu()
    while time.perf_counter() - last < quiet:
        if terminal.read(0.05) or terminal.cpu() > used + 0.03:
            last, used = time.perf_counter(), terminal.cpu()


def keys(terminal: Terminal, pressed: list[bytes], name: str) -> None:
    taken = sorted(terminal.key_to_paint(key) * 1000 for key in pressed)
    high = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    print(f"  {name:28}{statistics.median(taken):8.1f}{high:10.1f}")


def key_to_paint(home: str, mlterms: str, questions: int) -> None:
    deck = Path(home) / "deck"
    write_deck(deck, questions)
    config = Path(home) / ".config" / "mlterms" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'decks = ["{deck}"]\n')
    os.system(f"HOME={home} {mlterms} list >{os.devnull}")
    print(f"\nkey to paint, {questions:,} questions{'median ms':>12}{'p95 ms':>10}")
    terminal = opened([mlterms, "quiz", "--new", "1000"], home)
    os.write(terminal.descriptor, b"\r")  # past the introduction of the first term
    settle(terminal)
    os.write(terminal.descriptor, b"\x1b[B")
    settle(terminal)
    keys(terminal, [b"\x1b[B", b"\x1b[A"] * (KEYS // 2), "quiz: marking an option")
    terminal.close()
    terminal = opened([mlterms], home)
    os.write(terminal.descriptor, b"g")
    settle(terminal)
    os.write(terminal.descriptor, b"/")
    settle(terminal)
    keys(
        terminal, [bytes([letter]) for letter in b"bade\x7f\x7f\x7f\x7f" * (KEYS // 8)], "glossary: a letter"
    )
    terminal.close()


def resident(terminal: Terminal) -> float:
    """Megabytes of memory that the program holds."""
    pages = int(Path(f"/proc/{terminal.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def pressed(terminal: Terminal, keys: bytes) -> None:
    """Press one key after the other, each once the effect of the last is painted."""
    for key in keys:
        os.write(terminal.descriptor, bytes([key]))
        end = time.perf_counter() + 0.5
        while terminal.read(0.04) and time.perf_counter() < end:
            pass


def answered(home: str) -> int:
    with Learner.open(Path(home) / ".local" / "share" / "mlterms" / "mlterms.db", Now(0, 0)) as learner:
        return learner.last_sequence()


def memory(home: str, mlterms: str) -> None:
    """The deck is the one of `key_to_paint`, all of choices: a digit answers, Enter rates and goes on."""
    print(f"\nmemory{'MB':>33}{'grown by':>12}")
    terms = [f"t{number:05d}" for number in range(2 * ASKED // PER_TERM)]
    terminal = opened([mlterms, "quiz", "--cram", *terms], home)
    pressed(terminal, b"\r1\r1\r")
    started, before = resident(terminal), answered(home)
    pressed(terminal, b"1\r" * (ASKED + ASKED // PER_TERM))
    asked = answered(home) - before
    print(f"  {f'quiz: {asked} questions':28}{started:8.0f}{resident(terminal) - started:12.1f}")
    terminal.close()
    terminal = opened([mlterms], home)
    pressed(terminal, b"d")
    seen = [b"\r.\x1bj"] * 7 + [b"\r.\x1b" + b"k" * 7]  # one demo after the other: opened, stopped, left
    played(terminal, seen, "demos")
    played(opened(PUSHING, home), [b"ab"], "a Textual screen")


def played(terminal: Terminal, rounds: list[bytes], name: str) -> None:
    pressed(terminal, b"".join(rounds))
    settle(terminal)
    started = resident(terminal)
    for number in range(PLAYED):
        pressed(terminal, rounds[number % len(rounds)])
    print(f"  {f'{name}, {PLAYED} times':28}{started:8.0f}{resident(terminal) - started:12.1f}")
    terminal.close()


def main(rounds: int = 7, questions: int = 100_000) -> None:
    mlterms = shutil.which("mlterms") or str(Path(sys.executable).with_name("mlterms"))
    with tempfile.TemporaryDirectory() as new, tempfile.TemporaryDirectory() as home:
        answer_a_week(home)
        first_paint(rounds, new, home, mlterms)
    with tempfile.TemporaryDirectory() as home:
        key_to_paint(home, mlterms, questions)
        memory(home, mlterms)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
