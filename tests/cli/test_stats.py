"""`mlterms stats`: in the shell, piped, in ASCII, with and without a history."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]
MONDAY, TUESDAY = "2026-11-23T09:00+00:00", "2026-11-24T09:00+00:00"
HEADINGS = [
    *("Recalled", "Minutes a day", "Expected", "Weakest terms", "A year of minutes"),
    *("How sure you are", "Still believed"),
]


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line in HEADINGS]


def test_somebody_new_reads_what_comes_and_how_to_begin(mlterms: Run) -> None:
    ran = mlterms("stats", now=MONDAY)
    assert ran.returncode == 0
    assert ran.stdout.startswith("Nothing has been answered yet.")
    assert "mlterms quiz" in ran.stdout
    assert headings(ran.stdout) == HEADINGS
    assert ran.stderr == ""


def test_after_a_sitting_the_figures_have_numbers_and_fit_the_width(mlterms: Run) -> None:
    mlterms("quiz", "--plain", "--confidence", "example", now=MONDAY, given="1\n3\n3\n" * 30)
    ran = mlterms("stats", "--formulas", now=TUESDAY, COLUMNS="60")
    assert headings(ran.stdout) == HEADINGS
    assert "What you have started is still in its learning steps" in " ".join(ran.stdout.split())
    assert "In the last year you studied on 1 day" in ran.stdout
    assert "Wilson's 95% interval" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 60
    data = json.loads(mlterms("stats", "--json", now=TUESDAY).stdout)
    assert data["answered"] > 0
    assert data["expected"]["started"] > 0
    assert sum(level["of"] for level in data["calibration"]["levels"]) > 0


def test_where_nothing_else_can_be_written_it_is_ascii(mlterms: Run) -> None:
    ran = mlterms("stats", now=MONDAY, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert "expected" in ran.stdout


def test_the_months_are_a_table_or_said_to_be_none(mlterms: Run) -> None:
    none = mlterms("stats", "--months", now=MONDAY).stdout
    assert none == "You have not answered a question in review yet.\n"
    mlterms("quiz", "--plain", "example", now=MONDAY, given="1\n4\n" * 30)
    mlterms("quiz", "--plain", "example", now="2026-12-30T09:00+00:00", given="1\n3\n" * 30)
    assert "mature" in mlterms("stats", "--months", now="2026-12-30T09:00+00:00").stdout
