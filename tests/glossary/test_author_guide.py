"""The author's guide keeps its word: its example reads, and what it names is what there is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck_file
from mlterms.glossary.expression import FUNCTIONS
from mlterms.glossary.parse import parse_card
from mlterms.glossary.types import KINDS, SECTIONS

GUIDE = (bundle() / "content" / "README.md").read_text(encoding="utf-8")


def test_the_whole_card_of_the_guide_has_nothing_wrong_and_every_kind() -> None:
    start = GUIDE.index("````markdown\n") + len("````markdown\n")
    example = GUIDE[start : GUIDE.index("\n````", start)]
    parsed = parse_card("mean.md", example.encode(), term_id="mean")
    assert parsed.problems == ()
    assert parsed.term is not None
    assert {question.kind for question in parsed.term.questions} == set(KINDS)
    assert tuple(section.heading for section in parsed.term.sections) == SECTIONS
    (order,) = [question for question in parsed.term.questions if question.kind == "order"]
    assert "could change places" not in order.explain  # what it refuses must be wrong


def test_the_deck_of_the_guide_has_nothing_wrong(tmp_path: Path) -> None:
    start = GUIDE.index("```toml\n") + len("```toml\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.toml").write_text(
        GUIDE[start : GUIDE.index("```", start)], encoding="utf-8"
    )
    deck, problems = read_deck_file(tmp_path)
    assert problems == ()
    assert deck is not None
    assert deck.planned == {"example": "example", "median": "median"}


def test_the_guide_names_every_kind_and_function() -> None:
    assert all(f"**{kind}**" in GUIDE for kind in KINDS)
    listed = GUIDE[GUIDE.index("and the functions\n") :]
    assert all(name in listed[: listed.index("At most")] for name in FUNCTIONS)


def test_the_guide_lists_the_symbols_of_the_deck() -> None:
    """With MLTERMS_WRITE_GUIDE set, the table is written from `deck.toml`."""
    deck = read_deck_file(bundle())[0]
    assert deck is not None
    rows = "".join(f"| {symbol} | {words} |\n" for symbol, words in deck.symbols.items())
    head, heading, _ = GUIDE.partition("| symbol | its explanation says one of these |\n|---|---|\n")
    if os.environ.get("MLTERMS_WRITE_GUIDE"):
        (bundle() / "content" / "README.md").write_text(head + heading + rows, encoding="utf-8")
    else:
        assert head + heading + rows == GUIDE


def test_what_is_slow_to_import_stays_out_until_a_card_is_read() -> None:
    code = (
        "import sys; from mlterms.glossary import encode, draws, plain_text, deck;"
        "print([name for name in ('pydantic', 'yaml', 'numpy', 'textual', 'sqlite3', 'tomllib', 'difflib')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
