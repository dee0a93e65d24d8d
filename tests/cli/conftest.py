"""The program as a person runs it: its own process, an empty home, a clock that a test sets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]

LOSS_CARD = """---
title: loss
topic: t
---

A number.

## Questions

### cloze: name
Make the {{loss}} small.
---
It says how wrong the model is.

### recall: what
What is a loss?
---
How wrong the model is.
- [ ] how wrong
- [ ] one number
"""


def write_deck(home: Path, card: str) -> None:
    """A deck `d` with one card, `loss`, in a home whose configuration names it."""
    content = home / "d" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (content / "loss.md").write_text(card)
    (home / ".config" / "mlterms").mkdir(parents=True)
    (home / ".config" / "mlterms" / "config.toml").write_text('decks = ["~/d"]\n')


@pytest.fixture
def tmp_path(same_place: Path) -> Path:
    """At the same path for each test, so that the index of the cards is built once."""
    return same_place


@pytest.fixture
def home(tmp_path: Path, card_cache: Path) -> dict[str, str]:
    """The environment of somebody new: an empty home, nothing set."""
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **keep,
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(card_cache),
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
    }


@pytest.fixture
def mlterms(home: dict[str, str]) -> Run:
    """`mlterms("due", now="2026-11-20T09:00")` runs the command and gives back how it ended."""

    def run(*arguments: str, now: str = "", given: str = "", **environment: str) -> Ran:
        command = [sys.executable, "-m", "mlterms", *(("--now", now) if now else ()), *arguments]
        return subprocess.run(
            command, input=given, capture_output=True, text=True, env={**home, **environment}, timeout=120
        )

    return run
