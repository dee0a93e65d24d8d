"""Homes with odd names, and homes that can only be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(home: dict[str, str], *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mlterms", *arguments],
        capture_output=True,
        text=True,
        env={**home, **more},
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is always UTF-8")
@pytest.mark.parametrize("which", ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"])
def test_a_home_whose_name_is_not_utf8_is_a_home(home: dict[str, str], tmp_path: Path, which: str) -> None:
    odd = tmp_path / "caf\udce9 %41?#'\""
    odd.mkdir()
    without = {name: value for name, value in home.items() if which != "HOME" or "XDG" not in name}
    for arguments in (("due",), ("list",), ("show", "epoch"), ("doctor",), ("edit", "--path", "epoch")):
        ran = run({**without, which: str(odd)}, *arguments)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
        assert "\udce9" not in ran.stdout
    assert any(odd.iterdir()) == (which != "XDG_CONFIG_HOME")  # where nothing was set, nothing is written


TODAY = ("--now", "2026-11-27T12:00:00+00:00")


@pytest.mark.parametrize(
    "command",
    [
        *("due", "due --json", "list", "search epoch", "show epoch", "stats", "marked", "doctor", "settings"),
        *(
            "doctor --rebuild",
            "plan --by 2027-03-31",
            "fit",
            "fit --apply",
            "fit --undo",
            "settings new_per_day",
        ),
    ],
)
def test_reading_creates_no_file_under_a_name_that_may_be_mistyped(
    home: dict[str, str], tmp_path: Path, command: str
) -> None:
    place = tmp_path / "typed"
    place.mkdir()
    file = place / "below" / "answers.db"
    ran = run(home, *TODAY, "--database", str(file), *command.split())
    assert ran.returncode == 0
    assert ran.stderr == f"mlterms: {file}: there is no such file yet; the first answer creates it\n"
    assert list(place.iterdir()) == []
    run(home, *TODAY, "--database", str(file), "settings", "new_per_day", "3")
    assert file.exists()
    assert run(home, *TODAY, "--database", str(file), *command.split()).stderr == ""


@pytest.mark.parametrize("command", ["due", "list", "doctor", "settings"])
def test_reading_promises_no_database_where_none_can_be(
    home: dict[str, str], tmp_path: Path, command: str
) -> None:
    above, loop = tmp_path / "above", tmp_path / "loop.db"
    above.write_text("mine")
    loop.symlink_to(loop)
    for file, why in (
        (above / "below" / "answers.db", f"{above} is a file, where a folder should be"),
        (loop, "is a link that leads in a circle"),
    ):
        ran = run(home, *TODAY, "--database", str(file), command)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.endswith(f"{why}\n")
        assert ran.stderr.count("\n") == 1
    assert above.read_text() == "mine"


@pytest.mark.parametrize("command", ["due", "quiz"])
def test_an_empty_name_is_not_taken_for_the_usual_database(home: dict[str, str], command: str) -> None:
    ran = run(home, *TODAY, "--database", "", command)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("mlterms: --database needs the name of a file\n")


def test_restoring_from_a_pipe_or_device_says_that_it_is_not_a_file(home: dict[str, str]) -> None:
    ran = run(home, *TODAY, "restore", "--yes", os.devnull)
    assert (ran.returncode, ran.stderr) == (2, f"mlterms: {os.devnull}: not a file\n")


@pytest.mark.parametrize("command", ["due", "quiz", "doctor"])
def test_a_data_folder_on_a_drive_that_is_not_there_is_not_created(
    home: dict[str, str], tmp_path: Path, command: str
) -> None:
    drive, data = tmp_path / "drive", tmp_path / "data"
    data.symlink_to(drive)
    ran = run(home, *TODAY, "--database", str(data / "answers.db"), command)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"mlterms: {data} leads to {drive}, which is not there\n"
    assert not drive.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no named pipes")
def test_a_pipe_in_the_place_of_the_index_is_not_waited_for(home: dict[str, str], tmp_path: Path) -> None:
    own = {**home, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run(own, *TODAY, "deck", "new", str(tmp_path / "deck"))
    run(own, *TODAY, "list")
    indexes = [*(tmp_path / "cache").rglob("index-*.db")]
    assert indexes
    for index in indexes:
        index.unlink()
        os.mkfifo(index)
    ran = run(own, *TODAY, "list")
    assert (ran.returncode, ran.stderr) == (0, "")
