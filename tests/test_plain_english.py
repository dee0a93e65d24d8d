"""What a person reads is plain English, without the words that CONTRIBUTING.md rules out.

The table there is the list. It looks at strings, docstrings, comments and Markdown."""

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ["mlterms", "demos", "benchmarks", "docs"]


def ruled_out() -> re.Pattern[str]:
    """The first column of the table under "Words to avoid", as one pattern."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("## Words to avoid")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")][1:]
    phrases = [phrase.strip() for cell in cells for phrase in cell.split(",")]
    return re.compile(r"\b(" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b", re.IGNORECASE)


def prose_of(path: Path) -> list[tuple[int, str]]:
    """The lines of a file that are written for people, each with its number."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return list(enumerate(text.splitlines(), 1))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    kept = [token for token in tokens if token.type in (tokenize.COMMENT, tokenize.STRING)]
    return [(t.start[0] + n, line) for t in kept for n, line in enumerate(t.string.splitlines())]


def files() -> list[Path]:
    """Every file of the repository that a person reads."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    found += [
        path for folder in ("content", "demos", "docs") for path in sorted((ROOT / folder).rglob("*.md"))
    ]
    return [*found, ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "benchmarks" / "README.md"]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_uses_none_of_the_words_to_avoid(path):
    pattern = ruled_out()
    found = [
        f"{path.relative_to(ROOT)}:{n}: {m[0]}" for n, line in prose_of(path) for m in pattern.finditer(line)
    ]
    assert not found


def test_the_list_of_words_to_avoid_is_not_empty():
    assert ruled_out().search("It is made anew, thrice.")
