"""`mlterms check` as it is run: its rules, what it hides, and checking again after each save."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from mlterms.check.rules import RULES

Ran = subprocess.CompletedProcess[str]
CARD = "---\ntitle: half\ntopic: sums\n---\nA half.\n\n## Precisely\n\nIt is 0.27.\n"


def deck(folder: Path, switched_off: str = "length") -> Path:
    (folder / "content").mkdir(parents=True)
    text = f'# check: off {switched_off} because it is small\nid = "mine"\ntitle = "Mine"\n'
    (folder / "content" / "deck.toml").write_text(text)
    (folder / "content" / "half.md").write_text(CARD)
    return folder


def test_every_rule_is_listed(mlterms: Callable[..., Ran]) -> None:
    listed = mlterms("check", "--rules").stdout
    assert all(f"{name} " in listed for name in RULES)


def test_what_the_deck_switches_off_is_shown_on_demand(mlterms: Callable[..., Ran], tmp_path: Path) -> None:
    root = deck(tmp_path / "deck")
    assert "[length]" not in mlterms("check", str(root)).stdout
    assert "[length]" in mlterms("check", "--all", str(root)).stdout


def test_a_saved_file_is_checked_again(home: dict[str, str], tmp_path: Path) -> None:
    root = deck(tmp_path / "deck")
    command = [sys.executable, "-m", "mlterms", "check", "--watch", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=home) as watching:
        assert watching.stdout is not None
        try:
            reports = (line for line in iter(watching.stdout.readline, "") if line.startswith("Checked"))
            assert next(reports).startswith("Checked 1 card;")
            (root / "content" / "other.md").write_text(CARD.replace("title: half", "title: other"))
            assert next(reports).startswith("Checked 2 cards;")
        finally:
            watching.terminate()
