"""What a person reads is plain English, without the words that CONTRIBUTING.md rules out.

The tables there are the list. It looks at strings, docstrings, comments and Markdown."""

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ["mlterms", "demos", "benchmarks", "docs"]

PROSE = {
    tokenize.COMMENT,
    tokenize.STRING,  # up to Python 3.11 an f-string too, with the code in it
    getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING),
}


def ruled_out(in_card: bool) -> re.Pattern[str]:
    """The words to avoid as one pattern: the first columns of the tables under "Words to avoid".

    The second table has those that have a plain use in a card."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tables = text.split("## Words to avoid")[1].split("\n## ")[0].split("| not | but |")[1:]
    everywhere, outside_cards = tables
    lines = (everywhere if in_card else everywhere + outside_cards).splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| ")]
    phrases = [re.escape(phrase.strip()) for cell in cells for phrase in cell.split(",")]
    return re.compile(r"\b(" + "|".join(phrases).replace(r"\ ", r"\s+") + r")\b", re.IGNORECASE)


def prose_of(text: str, suffix: str) -> list[tuple[int, str]]:
    """The pieces of a file that are written for people, each with the line on which it begins."""
    if suffix != ".py":
        return [(1, text)]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.start[0], token.string) for token in tokens if token.type in PROSE]


def files() -> list[Path]:
    """Every file of the repository that a person reads, without the one that lists the words."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    found += [
        path for folder in ("content", "demos", "docs") for path in sorted((ROOT / folder).rglob("*.md"))
    ]
    return [*found, ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "benchmarks" / "README.md"]


def words_to_avoid(text: str, suffix: str, in_card: bool = False) -> list[tuple[int, str]]:
    """Each word to avoid that the text of a file uses, with its line."""
    pattern = ruled_out(in_card)
    return [
        (start + piece.count("\n", 0, m.start()), m[0])
        for start, piece in prose_of(text, suffix)
        for m in pattern.finditer(piece)
    ]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_uses_none_of_the_words_to_avoid(path):
    in_card = path.is_relative_to(ROOT / "content") and path.name != "README.md"
    found = words_to_avoid(path.read_text(encoding="utf-8"), path.suffix, in_card)
    assert not [f"{path.relative_to(ROOT)}:{n}: {word}" for n, word in found]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("# It is made\n# anew\n", ".py"),
        ('def f():\n    """Go\n    on but\n    for now."""\n', ".py"),
        ('x = 1\nprint(f"{x} is whatever")\n', ".py"),
        ('x = 1\nprint(f"""{x}\n\nand {x:.2f} stands there""")\n', ".py"),
        ("It cost none of the\ntwo.\n", ".md"),
    ],
)
def test_a_word_to_avoid_is_found_in_every_kind_of_prose(text, suffix):
    assert len(words_to_avoid(text, suffix)) == 1


def test_code_is_not_prose():
    assert not words_to_avoid("told = whatever(stands)\n", ".py")


def test_a_card_may_stand_in_fog():
    assert not words_to_avoid("You stand in fog.\n", ".md", in_card=True)
    assert words_to_avoid("The weight stands at 3.\n", ".md")
