"""The app in a real pseudo-terminal: first paint, key to paint with many questions.

    python benchmarks/app.py [rounds] [questions]

First paint is measured in turn with a bare Textual app and one with a Markdown widget, so that whatever else
the machine does falls on all alike. Key to paint is measured over one deck of so many questions."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from demo_view import BARE, Terminal
from store import write_deck

MARKDOWN = [
    sys.executable,
    "-c",
    "from textual.app import App\nfrom textual.widgets import Markdown\n\n\n"
    "class Shown(App):\n    def compose(self):\n        yield Markdown('# one')\n\n\nShown().run()",
]
SIZE = 80, 24
PAINTED = (b"\x1b[?2026l",)  # the end of a synchronised update: something is on the screen
KEYS = 60


def first_paint(rounds: int, home: str, mlterms: str) -> None:
    commands = {
        "bare Textual": BARE,
        "with a Markdown widget": MARKDOWN,
        "mlterms": [mlterms],
        "mlterms quiz": [mlterms, "quiz"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            terminal = Terminal(command, SIZE, home)
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
    """Read until nothing has come for a while; shorter than a cursor blinks."""
    last = time.perf_counter()
    while time.perf_counter() - last < quiet:
        if terminal.read(0.05):
            last = time.perf_counter()


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


def main(rounds: int = 7, questions: int = 100_000) -> None:
    mlterms = shutil.which("mlterms") or str(Path(sys.executable).with_name("mlterms"))
    with tempfile.TemporaryDirectory() as home:
        first_paint(rounds, home, mlterms)
    with tempfile.TemporaryDirectory() as home:
        key_to_paint(home, mlterms, questions)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
