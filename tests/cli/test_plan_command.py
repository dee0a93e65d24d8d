"""`mlterms plan`: does the rest fit, and the limit that follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]
MONDAY = "2026-11-23T09:00+00:00"


def test_it_says_what_it_takes_and_what_to_do(mlterms: Run) -> None:
    ran = mlterms("plan", "--by", "2027-03-31", "--minutes", "60", now=MONDAY)
    assert ran.returncode == 0
    words = " ".join(ran.stdout.split())
    assert "by 31 March 2027" in words
    assert "You have 60 minutes a day, which is enough." in words
    assert mlterms("settings", "new_per_day", "--json").stdout.count('"value": 10')


def test_applied_it_changes_the_limit_and_says_the_way_back(mlterms: Run) -> None:
    ran = mlterms("plan", "--by", "2027-01-31", "--minutes", "60", "--apply", "--json", now=MONDAY)
    plan = json.loads(ran.stdout)
    assert plan["applied"]
    assert json.loads(mlterms("settings", "new_per_day", "--json").stdout)["value"] == plan["advised_limit"]
    again = mlterms("plan", "--by", "2027-01-31", "--minutes", "60", "--apply", now=MONDAY)
    assert "Nothing was changed." in again.stderr
    later = mlterms("plan", "--by", "2027-06-30", "--minutes", "60", "--apply", now=MONDAY)
    assert f"To go back: mlterms settings new_per_day {plan['advised_limit']}" in later.stderr


def test_a_wrong_day_is_a_wrong_call(mlterms: Run) -> None:
    for by in ("2026-11-01", "soon", "2040-01-01"):
        ran = mlterms("plan", "--by", by, now=MONDAY)
        assert ran.returncode == 2
        assert ran.stdout == ""
    assert mlterms("plan", now=MONDAY).returncode == 2
