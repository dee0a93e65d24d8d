"""Ten thousand damaged copies of a full card: none brings the parser down, and all it says has its place."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mlterms.glossary.parse import parse_card
from mlterms.glossary.problems import Problem
from tests.glossary.conftest import print_card

FULL = (Path(__file__).parent / "cards" / "momentum.md").read_bytes()
PIECES = [
    piece.encode("utf-8", "surrogateescape")
    for piece in (
        *(
            "---",
            "## ",
            "### ",
            "```",
            "```yaml",
            "- [ ] ",
            "- [x] ",
            "{{",
            "}}",
            "{",
            "}",
            "|",
            "# ",
            "\\",
            ": ",
            "- ",
        ),
        *(
            "[",
            "]",
            "&a ",
            "*a",
            "!!str ",
            '"',
            "'",
            "\t",
            "    ",
            "\r\n",
            "\r",
            "\0",
            "\x1b[0m",
            "\udcff",
            "\u202e",
        ),
        *(
            "\ufeff",
            " — ",
            "%",
            "@",
            "`",
            "\n\n",
            "otherwise",
            "until",
            "1e999",
            "9" * 40,
            "(was: ",
            "choice: ",
        ),
        *("n.__class__", "n:999"),
    )
]


def damage(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        if rng.random() < 0.5:
            lines = data.split(b"\n")
            at, other = (int(rng.random() * len(lines)) for _ in range(2))
            match int(rng.random() * 4):
                case 0:
                    del lines[at]
                case 1:
                    lines.insert(at, lines[other])
                case 2:
                    lines[at], lines[other] = lines[other], lines[at]
                case 3:
                    lines[at] += lines[other]
            data = b"\n".join(lines)
        else:
            at = int(rng.random() * (len(data) + 1))
            match int(rng.random() * 8):
                case 0:
                    data = data[:at]
                case 1 | 2:
                    data = data[:at] + rng.randbytes(rng.choice([1, 1, 4])) + data[at:]
                case 3 | 4:
                    data = data[:at] + data[at + rng.choice([1, 2, 10, 200]) :]
                case _:
                    data = data[:at] + rng.choice(PIECES) + data[at:]
    return data


def is_placed(problem: Problem, lines: int) -> bool:
    return problem.path == "x.md" and 1 <= problem.line <= lines and bool(problem.message.strip())


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 10))]
)
def test_damaged_cards_are_told_with_path_and_line(seed: int) -> None:
    rng = random.Random(seed)
    survived = 0
    for _ in range(1_000):
        data = damage(FULL, rng)
        parsed = parse_card("x.md", data, term_id="x")
        lines = data.count(b"\n") + 1
        assert all(is_placed(problem, lines) for problem in parsed.problems), data
        assert parsed.term or any(problem.severity == "error" for problem in parsed.problems), data
        survived += parsed.term is not None
    assert 100 < survived < 1_000  # the damage neither spares nor destroys them all


def test_a_damaged_card_that_is_still_whole_is_printed_without_loss() -> None:
    rng = random.Random(100)
    whole = 0
    while whole < 60:
        parsed = parse_card("x.md", damage(FULL, rng), term_id="x")
        if parsed.term is None or any(problem.severity == "error" for problem in parsed.problems):
            continue
        whole += 1
        text = print_card(parsed.term)
        again = parse_card("x.md", text.encode(), term_id="x")
        assert [problem for problem in again.problems if problem.severity == "error"] == [], text
        assert again.term is not None
        assert len(again.term.questions) == len(parsed.term.questions)
        assert print_card(again.term) == text
