"""`mlterms settings`, as a person calls it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from mlterms.base.theme_names import THEMES
from mlterms.store.preferences import PREFERENCES
from mlterms.tui.actions import ACTIONS
from mlterms.tui.key_names import names_of_keys

Run = Callable[..., CompletedProcess[str]]


def test_every_setting_is_listed_with_its_value_and_a_sentence(mlterms: Run) -> None:
    out = mlterms("settings").stdout
    for preference in PREFERENCES.values():
        assert f"{preference.name} = " in out
    assert "learning_steps = 1m 10m" in out


def test_on_a_narrow_terminal_sentences_are_wrapped_to_it(home: dict[str, str]) -> None:
    command = [sys.executable, "-m", "mlterms", "settings"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", env={**home, "COLUMNS": "40"})
    assert max(len(line) for line in ran.stdout.splitlines() if line.startswith("    ")) <= 40


def test_what_is_set_stays_set_and_can_be_reset(mlterms: Run, tmp_path: Path) -> None:
    assert mlterms("settings", "learning-steps", "1m", "5m", "1h").returncode == 0
    assert "learning_steps = 1m 5m 1h   (default: 1m 10m)" in mlterms("settings", "learning_steps").stdout
    assert mlterms("settings", "theme", "nord").returncode == 0
    assert (tmp_path / ".config/mlterms/config.toml").read_text() == 'theme = "nord"\n'
    mlterms("settings", "theme", "--reset")
    mlterms("settings", "learning_steps", "--reset")
    rows = {row["name"]: row for row in map(json.loads, mlterms("settings", "--json").stdout.splitlines())}
    assert rows["theme"]["value"] == ""
    assert rows["learning_steps"] == {
        "name": "learning_steps",
        "value": [60, 600],
        "default": [60, 600],
        "sentence": PREFERENCES["learning_steps"].sentence,
        "kept": "log",
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("settings", "new_per_day", "-3"), "a whole number from 0 to 9,999, not -3"),
        (("settings", "new_per_day", "-.5"), "must be a whole number from 0 to 9,999, not '-.5'"),
        (("settings", "desired_retention", "-0.9"), "must be from 0.70 to 0.97, not -0.9"),
        (("quiz", "--limit", "-3"), "--limit must be a whole number from 1 on, not -3"),
        (("plan", "--by", "2027-03-31", "--minutes", "-3"), "a number from 1 to 1,440, not -3"),
        (("demo", "neuron", "--weight-1", "-300"), "-10"),
        (("demo", "neuron", "--updates", "-1"), "from 0 to 1,000,000, not -1"),
    ],
)
def test_a_negative_number_is_a_value_and_the_valid_ones_are_said(
    arguments: tuple[str, ...], sentence: str, mlterms: Run
) -> None:
    ran = mlterms(*arguments)
    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert "option" not in ran.stderr


def test_only_a_negative_number_is_no_unknown_option(mlterms: Run) -> None:
    assert "there is no option '--rest'" in mlterms("settings", "new_per_day", "--rest").stderr
    assert "no option" not in mlterms("search", "-1", "loss", "--limit", "3").stderr


def test_a_key_is_set_shown_and_reset(mlterms: Run) -> None:
    assert mlterms("settings", "keys.quiz.undo", "z").returncode == 0
    assert "keys.quiz.undo = z" in mlterms("settings", "keys.quiz.undo").stdout
    assert "keys.quiz.undo = z" in mlterms("settings").stdout
    mlterms("settings", "keys.quiz.undo", "--reset")
    assert "keys.quiz.undo" not in mlterms("settings").stdout


@pytest.mark.parametrize(
    ("written", "saved"), [("Backspace", "backspace"), ("^Z, F7", "ctrl+z,f7"), ("Del", "delete"), ("U", "U")]
)
def test_a_key_may_be_written_as_the_screen_writes_it(written: str, saved: str) -> None:
    assert names_of_keys(written) == saved


def test_all_keys_are_listed(mlterms: Run) -> None:
    mlterms("settings", "keys.quiz.undo", "Del")
    listed = mlterms("settings", "keys").stdout
    assert "keys.quiz.undo = delete\n" in listed
    assert {f"keys.{name}" for name in ACTIONS} == set(re.findall(r"^(keys\.\S+) = ", listed, re.MULTILINE))


def test_a_setting_of_many_values_lists_them(mlterms: Run) -> None:
    shown = " ".join(mlterms("settings", "theme").stdout.split())
    assert all(theme in shown for theme in THEMES)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rollover", "3"), "did you mean rollover_hour?"),
        (("rollover_hour", "25"), "from 0 to 23"),
        (("desired_retention", "99%"), "must be from 0.70 to 0.97"),
        (("learning_steps", "1h", "10m"), "write 10m 1h"),
        (("theme", "nrod"), "the nearest: nord"),
        (("ascii", "perhaps"), "write on or off"),
        (("decks", "/nowhere"), "is not a deck"),
        (("keys.quiz.udno", "z"), "did you mean quiz.undo?"),
        (("keys.quiz.udno",), "did you mean quiz.undo?"),
        (("keys.quiz.undo", "c"), "already"),
        (("theme", "nord", "--reset"), "takes a NAME and no VALUE"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    arguments: tuple[str, ...], words: str, mlterms: Run
) -> None:
    ran = mlterms("settings", *arguments)
    assert ran.returncode == 2
    assert words in ran.stderr
    assert not ran.stdout
