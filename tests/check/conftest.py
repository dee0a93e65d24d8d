"""Small decks that a test writes: a card or two, a demo, and what the checker says of them."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.check import CheckReport, check
from mlterms.check.rules import RULES
from mlterms.check.sandbox import Limits

DEMO = '''"""Halving: a number that is halved at each update.

Watch it shrink."""

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Points

TERMS = ["halving"]
PREDICTIONS = []


class Settings(Knobs):
    share: float = knob(0.5, low=0.1, high=0.9, live=True, help="what is left after an update")
    start: float = knob(1.0, low=-4, high=4, help="where it begins")


def setup(knobs, rng):
    return State(w=knobs.start, chance=rng.uniform(), epochs=0)


def step(s, knobs):
    s.w *= knobs.share
    s.epochs += 1


def measure(s, knobs):
    return {"w": s.w, "size": abs(s.w), "chance": s.chance, "epochs": s.epochs}


def show(s, knobs, past):
    return Frame(plots=[Points([s.w], [0.0])])
'''

CHOICE = "### choice: {slug}\n{prompt}\n- [x] {right}\n- [ ] {wrong}\n- [ ] {other}\n\nSo.\n"


class Folder:
    """A deck in a temporary folder, with the card `halving` and whatever a test adds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "content").mkdir(parents=True)
        (root / "demos").mkdir()
        self.rules()
        self.card()

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def rules(self, *wanted: str, more: str = "") -> Path:
        """Switch on these rules besides two that concern few tests. more: of `deck.toml`."""
        off = ", ".join(sorted({*RULES} - {"width", "longest-option", *wanted}))
        text = f'# check: off {off} because this deck is small\nid = "mine"\ntitle = "Mine"\n{more}'
        return self.write("content/deck.toml", text)

    def card(self, questions: str = "", worked: str = "", name: str = "halving", front: str = "") -> Path:
        """A card; its worked example begins on line 12 if `front` is empty, its questions come last."""
        front = front and front.strip() + "\n"
        text = f"---\ntitle: {name}\ntopic: sums\n{front}---\n\nWhat is left of a whole.\n\n"
        text += f"## Worked example\n\nLike this.\n{textwrap.dedent(worked)}\n"
        if questions:
            text += f"\n## Questions\n\n{textwrap.dedent(questions)}"
        return self.write(f"content/{name}.md", text)

    def demo(self, *changes: tuple[str, str], name: str = "halving", text: str = DEMO) -> Path:
        """The demo above, with some of its text replaced."""
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return self.write(f"demos/{name}.py", text)

    def check(
        self, path: str = ".", *, trusted: bool | None = True, seeds: int = 3, step: float = 20, **how: Any
    ) -> CheckReport:
        return check(self.root / path, trusted=trusted, seeds=seeds, limits=Limits(step=step), **how)

    def told(self, report: CheckReport) -> list[str]:
        """The problems with paths relative to the deck; those about missing explanations are left out."""
        told = [str(problem).removeprefix(f"{self.root}/") for problem in report.problems]
        return [line for line in told if "explains nothing" not in line]

    def problems(self, path: str = ".", **how: object) -> list[str]:
        return self.told(self.check(path, **how))


@pytest.fixture
def deck(tmp_path) -> Folder:
    return Folder(tmp_path / "deck")


@pytest.fixture(scope="session")
def make_deck() -> type[Folder]:
    return Folder


@pytest.fixture(scope="session")
def line_of() -> Callable[[Path, str], int]:
    """The line of a file on which some text stands."""
    return lambda path, text: next(
        number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line
    )


@pytest.fixture
def only(deck: Folder) -> Callable[..., list[str]]:
    """What one rule says of a card: `line: message`, counted from the first line of the body."""

    def only(rule: str, text: str = "", questions: str = "", more: str = "", front: str = "") -> list[str]:
        deck.rules(rule, more=more)
        head = f"---\ntitle: halving\ntopic: sums\n{front}---\n"
        text = f"{head}{text or 'What is left of a whole.'}\n\n{questions}"
        path = deck.write("content/halving.md", text)
        first = 5 + front.count("\n")
        told = []
        for problem in deck.check().problems:
            if problem.rule == rule:
                assert problem.path in (str(path), str(deck.root / "content" / "deck.toml"))
                told.append(f"{problem.line - first + 1}: {problem.message}")
        return told

    return only
