"""A new database in the place of one that is lost: the answers in a backup or a rescued file are named."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
MONDAY = "2026-11-23T09:00+00:00"


@pytest.fixture
def data(mlterms: Run, tmp_path: Path) -> Path:
    """The folder of a learner with two answers and a backup."""
    mlterms("settings", "guess_first", "off")
    mlterms("quiz", "--plain", now=MONDAY, given="1\n1\n\n1\n1\n\n")
    return tmp_path / ".local" / "share" / "mlterms"


def lose(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


@pytest.mark.skipif(sys.platform != "linux", reason="of the folders on Linux")
@pytest.mark.parametrize("where", ["backups", "rescued"])
def test_answers_that_are_saved_are_named_with_the_command_that_brings_them_back(
    mlterms: Run, data: Path, where: str
) -> None:
    answered = json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"]
    assert "No answer is recorded here" not in mlterms("due").stderr
    (data / "backups").rename(data / "elsewhere")
    (data / "elsewhere").rename(data / where)
    lose(data / "mlterms.db")
    for line in (["due"], ["quiz", "--plain"]):
        said = mlterms(*line, now=MONDAY).stderr
        assert said.startswith("mlterms: No answer is recorded here, but a copy from 2026-11-23 09:00 has ")
    doctor = mlterms("doctor").stdout
    assert "All is well" not in doctor
    assert said.removeprefix("mlterms: ") in doctor
    command = shlex.split(said.split("`")[1])
    assert str(data / where) in mlterms("backup", "--list").stdout
    assert mlterms(*command[1:], "--yes").returncode == 0
    assert json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"] == answered
    assert "No answer is recorded here" not in mlterms("due").stderr
    assert "All is well." in mlterms("doctor").stdout


def test_where_no_copy_has_an_answer_nothing_is_said(mlterms: Run) -> None:
    mlterms("backup", now=MONDAY)
    mlterms("settings", "new_per_day", "5")
    mlterms("backup", now=MONDAY)
    assert mlterms("due").stderr == ""
    assert "All is well." in mlterms("doctor").stdout


def test_the_command_names_a_database_that_is_not_the_usual_one(
    mlterms: Run, data: Path, tmp_path: Path
) -> None:
    other = tmp_path / "of a friend.db"
    other.write_bytes((data / "mlterms.db").read_bytes())
    mlterms("--database", str(other), "backup", now=MONDAY)
    lose(other)
    said = mlterms("--database", str(other), "quiz", "--plain").stderr
    assert f"`mlterms --database {shlex.quote(str(other))} restore " in said
