"""Calls of the program that are wrong, and the sentence that each gets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_wrong_call_repeats_nothing_that_steers_the_terminal(mlterms: Run) -> None:
    ran = mlterms("due", "\x1b]0;pwn\x07")
    assert ran.returncode == 2
    assert "\x1b" not in ran.stderr
    assert "pwn" in ran.stderr


def test_a_number_of_updates_out_of_range_names_the_range(mlterms: Run) -> None:
    ran = mlterms("demo", "epoch", "--updates", "99999999")
    assert ran.returncode == 2
    assert "from 0 to 1,000,000" in ran.stderr


@pytest.mark.parametrize("line", ["check .", "--database x.db due", "trust ."])
def test_a_folder_that_is_gone_is_named_as_the_trouble(
    home: dict[str, str], tmp_path: Path, line: str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = (
        f"import os, sys; os.rmdir(os.getcwd()); sys.argv = ['mlterms', *{line.split()}]; "
        "from mlterms.cli.main import main; main()"
    )
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=gone,
        env={**home, "PYTHONPATH": root},
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode in (1, 2)
    assert b"Traceback" not in ran.stderr
    assert b"the folder that you are in has been deleted" in ran.stderr


@pytest.mark.parametrize(
    ("call", "what", "hint"),
    [
        (("quiz", "--nope"), "there is no option '--nope'; did you mean --new?", "mlterms quiz -h"),
        (("show",), "TERM is missing", "mlterms show -h"),
        (("nosuch",), "there is no command 'nosuch'; mlterms -h lists them", "mlterms -h"),
        (("quiz", "--limit"), "--limit needs a value", "mlterms quiz -h"),
        (("--hidden",), "there is no option '--hidden'", "mlterms -h"),
        (("--noww",), "there is no option '--noww'", "mlterms -h"),
        (("due", "x"), "'x' is one argument too many", "mlterms due -h"),
        (("plan",), "--by is missing; for example: mlterms plan --by 2027-03-31", "mlterms plan -h"),
        (("plan", "--by", "soon"), "--by must be a date like 2027-03-31, not 'soon'", "mlterms plan -h"),
        (
            ("plan", "--by", "2027-03-31", "--minutes", "0"),
            "--minutes must be a number from 1 to 1,440, not 0",
            "mlterms plan -h",
        ),
        (("quiz", "--limit", "0"), "--limit must be a whole number from 1 on, not 0", "mlterms quiz -h"),
        (
            ("search", "--limit", "x", "y"),
            "--limit must be a whole number from 1 to 1,000, not 'x'",
            "mlterms search -h",
        ),
        (
            ("marked", "foo"),
            "WHICH must be all, flagged, suspended, buried or leeches, not 'foo'",
            "mlterms marked -h",
        ),
        (
            ("demo", "loss", "--json", "--plain"),
            "--json and --plain do not go together: choose one",
            "mlterms demo loss -h",
        ),
        (("completion",), "SHELL is missing: bash, fish or zsh", "mlterms completion -h"),
        (("restore", "."), "FILE: '.' is a folder, not a file", "mlterms restore -h"),
        (("restore", "x.db"), "FILE: there is no 'x.db'", "mlterms restore -h"),
        (
            ("quiz", "--preview", "-"),
            "--preview: '-' means standard input, but a file is needed here",
            "mlterms quiz -h",
        ),
        (
            ("deck", "new", "-"),
            "FOLDER: '-' means standard input, but a folder is needed here",
            "mlterms deck new -h",
        ),
        (
            ("check", "-"),
            "PATH: '-' means standard input, but a file or folder is needed here",
            "mlterms check -h",
        ),
        (("deck", "lst"), "there is no command 'lst'; did you mean list?", "mlterms deck -h"),
    ],
)
def test_a_wrong_call_reads_as_any_error_with_one_hint(
    call: tuple[str, ...], what: str, hint: str, mlterms: Run
) -> None:
    ran = mlterms(*call)
    assert ran.returncode == 2
    assert ran.stderr == f"mlterms: {what}\nTry: {hint}\n"


def test_a_database_needs_a_file_and_not_standard_input(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("--database", "-", "quiz", "--plain")
    assert ran.returncode == 2
    assert ran.stderr == "mlterms: --database: '-' means standard input, but a file is needed here\n"


def test_a_file_that_is_called_as_standard_input_is_named_with_its_folder(
    home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "-").write_text("no backup")
    command = [sys.executable, "-m", "mlterms", "restore", "./-", "--yes"]
    ran = subprocess.run(command, cwd=tmp_path, env=home, capture_output=True, text=True, timeout=60)
    assert ran.stderr.startswith(f"mlterms: {tmp_path}/-: not a backup")


def test_a_group_of_commands_without_a_command_shows_its_help(mlterms: Run) -> None:
    ran = mlterms("deck")
    assert ran.returncode == 2
    assert ran.stderr.startswith("Usage: mlterms deck [OPTIONS] COMMAND [ARGS]...\n")


@pytest.mark.parametrize(
    "command",
    [
        ("quiz", ""),
        ("quiz", "", "--plain"),
        ("quiz", "--preview", ""),
        ("backup", ""),
        ("export", ""),
        ("show", " "),
        ("deck", "add", ""),
        ("deck", "new", ""),
    ],
)
def test_an_empty_name_is_an_error_and_means_no_folder(mlterms: Run, command: tuple[str, ...]) -> None:
    ran = mlterms(*command)
    assert ran.returncode == 2
    assert "empty" in ran.stderr.splitlines()[0]
