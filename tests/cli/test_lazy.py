"""What must stay lazy, proved in a process of its own; the floors are held by import-linter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

HEAVY = ("textual", "numpy", "pydantic", "yaml", "markdown_it", "hypothesis", "tomlkit")

_PROBE = f"""
import sys
from mlterms.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print("loaded", *heavy, file=sys.stderr)
raise SystemExit(code)
"""


def loaded(home: dict[str, str], *arguments: str, probe: str = _PROBE) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", probe, *arguments], capture_output=True, text=True, env=home, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stderr.rpartition("loaded")[2].strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("-h",),
        (),
        ("due",),
        ("due", "--json"),
        ("list",),
        ("list", "--json"),
        ("show", "epoch"),
        ("show", "epoch", "--json"),
        ("search", "epoch"),
        ("search", "optmizer"),
        ("demo",),
        ("trust",),
    ],
    ids=" ".join,
)
def test_with_a_fresh_index_nothing_heavy_is_loaded_by(
    home: dict[str, str], mlterms: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    mlterms("list")  # the first start makes the index and the database
    mlterms("due")
    assert loaded(home, *arguments) == ""


@pytest.mark.parametrize("line", ["--version", "due", "due --json"])
def test_what_is_called_most_does_without_click(
    home: dict[str, str], mlterms: Callable[..., Any], line: str
) -> None:
    mlterms("due")
    probe = _PROBE.replace(repr(HEAVY), repr((*HEAVY, "click", "inspect", "random", "mlterms.quiz.sitting")))
    assert loaded(home, *line.split(), probe=probe) == ""


@pytest.mark.parametrize(("words", "at"), [("mlterms ", 1), ("mlterms show ", 2), ("mlterms demo ", 2)])
def test_completion_loads_nothing_heavy(
    home: dict[str, str], mlterms: Callable[..., Any], words: str, at: int
) -> None:
    mlterms("list")
    asking = {"COMP_WORDS": words, "COMP_CWORD": str(at), "_MLTERMS_COMPLETE": "bash_complete"}
    assert loaded({**home, **asking}) == ""
