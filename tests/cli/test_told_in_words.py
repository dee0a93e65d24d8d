"""Whatever a person does, and whatever the machine does to it: the end is a sentence, never a stack trace."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LOSS_CARD, write_deck

MONDAY = "2026-11-23T09:00+00:00"
posix = pytest.mark.skipif(sys.platform == "win32", reason="of POSIX")

Run = Callable[..., Any]


def shell(home: dict[str, str], line: str) -> Any:
    """What bash makes of a line in which `mlterms` is this one."""
    told = f'mlterms() {{ {shlex.quote(sys.executable)} -m mlterms "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", told],
        capture_output=True,
        encoding=home.get("PYTHONIOENCODING", "utf-8"),
        env=home,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--now 0001-01-01T00:00 due", "not a date and time"),
        ("--now yesterday due", "2026-11-21T09:00"),
        ("--database / due", "name a file"),
        ("--database ~nobody-of-this-name/x due", "not a path"),
        ("quiz --cram --ahead", "take one of them"),
        ("quiz --limit none", "--limit"),
        ("show", "TERM"),
        ("check /nowhere", "/nowhere"),
        ("trust /nowhere", "/nowhere"),
        ("restore /nowhere --yes", "/nowhere"),
        ("edit epoch", "--path says which file"),
        ("edit epok", "the nearest: epoch"),
        ("show wei", "these begin with it: weight, weighted sum (another name for pre-activation)"),
        ("edit nope", "the nearest: node (another name for neuron (unit))"),
        ("settings desired_retention 0.5", "from 0.70 to 0.97"),
        ("settings desired_retention 0.971", "from 0.70 to 0.97"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_to_write(home: dict[str, str], line: str, told: str) -> None:
    ran = shell(home, f"mlterms {line}")
    assert ran.returncode == 2, ran.stderr
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("line", ["-h", "--version", "due", "list", "show epoch", "quiz --plain", "doctor"])
def test_an_output_that_cannot_be_written_is_reported(home: dict[str, str], line: str) -> None:
    ran = shell(home, f"mlterms {line} > /dev/full")
    assert (ran.returncode, ran.stderr) == (1, "mlterms: No space left on device\n")


@posix
@pytest.mark.parametrize("line", ["-h", "due", "list", "show overfitting", "completion bash"])
def test_a_reader_that_goes_away_is_no_error(home: dict[str, str], line: str) -> None:
    ran = shell(home, f"mlterms {line} | true; exit ${{PIPESTATUS[0]}}")
    assert (ran.returncode, ran.stderr) == (0, "")


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("line", ["due", "list", "quiz --plain"])
def test_closed_streams_are_taken_for_empty_ones(home: dict[str, str], line: str, closed: str) -> None:
    ran = shell(home, f"mlterms {line} {closed}")
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "line", ["due", "list", "quiz --plain", "doctor", "edit epoch", "settings", "backup"]
)
def test_a_data_folder_that_cannot_be_made_is_named(home: dict[str, str], tmp_path: Path, line: str) -> None:
    (tmp_path / ".local").write_text("in the way\n")
    ran = shell({**home, "EDITOR": "true"}, f"mlterms {line}")
    assert ran.returncode == 1
    assert str(tmp_path / ".local") in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("line", ["due", "quiz --plain", "doctor", "backup"])
def test_a_folder_where_the_database_should_be_is_said(
    home: dict[str, str], tmp_path: Path, line: str
) -> None:
    (tmp_path / "answers.db").mkdir()
    ran = shell({**home, "MLTERMS_DATABASE": str(tmp_path / "answers.db")}, f"mlterms {line}")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"mlterms: {tmp_path / 'answers.db'}: a folder")
    assert "Traceback" not in ran.stderr


@posix
@pytest.mark.parametrize("editor", ["no-such-editor", "false"])
def test_an_editor_that_does_not_run_is_named(home: dict[str, str], editor: str) -> None:
    ran = shell({**home, "EDITOR": editor}, "mlterms edit epoch")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"mlterms: the editor '{editor}' could not be started")
    assert "epoch.md" in ran.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_output_that_has_no_greek_says_formulas_as_one_types_them(
    home: dict[str, str], encoding: str
) -> None:
    ran = shell({**home, "PYTHONIOENCODING": encoding}, "mlterms show optimizer")
    assert "theta <- theta - eta m / sqrt s\n" in ran.stdout
    usual = shell(home, "mlterms show optimizer").stdout
    assert ran.stdout.count("?") == usual.count("?")
    assert ran.stdout.count("\n") == usual.count("\n")
    told = shell({**home, "PYTHONIOENCODING": encoding}, "mlterms show optimizer --json").stdout
    assert json.loads(told) == json.loads(shell(home, "mlterms show optimizer --json").stdout)


@posix
def test_an_index_for_which_there_is_no_room_is_not_left_in_pieces(
    home: dict[str, str], tmp_path: Path
) -> None:
    full = "trap '' XFSZ; ulimit -f 100"
    ran = shell(home, f"{full}; mlterms show epoch | head -1")
    assert (ran.stdout, ran.stderr) == ("epoch\n", "")
    left = [path for path in tmp_path.rglob("index-*") if path.stat().st_size]
    assert left == []


@posix
def test_a_disk_that_fills_up_ends_a_sitting_and_keeps_what_was_acknowledged(
    home: dict[str, str], mlterms: Run
) -> None:
    mlterms("due", now=MONDAY)
    full = "trap '' XFSZ; ulimit -f 150"  # no file above 150 KB: the write-ahead log soon needs more
    ran = shell(home, f"{full}; yes 1 | head -99 | mlterms --now {MONDAY} quiz --plain --limit 30 --new 30")
    assert ran.returncode == 1
    assert "disk" in ran.stderr
    assert "Traceback" not in ran.stderr
    asked = ran.stdout.count("\n── ")
    answered = mlterms("export", "-", now=MONDAY).stdout.count("\n")  # also the wrong guesses at new terms
    rated = ran.stdout.count("rating> 1") + ran.stdout.count("Enter goes on> 1")
    assert 1 <= asked - 1 <= answered <= rated
    assert json.loads(mlterms("doctor", "--json", now=MONDAY).stdout)["problems"] == []


@posix
def test_an_answer_that_was_not_recorded_is_not_said_to_come_back(home: dict[str, str], mlterms: Run) -> None:
    mlterms("due", now=MONDAY)
    full = "trap '' XFSZ; ulimit -f 150"  # as above
    told = f"for i in {{1..40}}; do printf '0\\n\\n'; done | mlterms --now {MONDAY} quiz --plain --new 30"
    ran = shell(home, f"{full}; {told}")
    before, refused, after = " ".join(ran.stdout.split()).partition("the disk ")
    assert refused
    assert "comes back in" in before
    assert "comes back in" not in after
    assert "Enter tries again>" in after


@posix
@pytest.mark.parametrize(
    "line", ["list", "doctor", "doctor --json", "check deck", "check deck --json", "trust"]
)
def test_a_files_name_cannot_steer_the_terminal(home: dict[str, str], tmp_path: Path, line: str) -> None:
    content = tmp_path / "deck\x1b]0;own\x9b" / "content"
    content.mkdir(parents=True)
    (tmp_path / "deck").symlink_to(content.parent)
    (content / "deck.toml").write_text('id = "own"\ntitle = "Own"\n')
    (content / "a\x1b[31m\x7f\u202eb.md").write_text("")
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f"decks = [{json.dumps(str(tmp_path / 'deck'))}]\n")
    shell(home, f"mlterms trust {shlex.quote(str(tmp_path / 'deck'))}")
    ran = shell(home, f"cd {shlex.quote(str(tmp_path))}; mlterms {line}")
    for character in ("\x1b", "\x9b", "\x7f", "\u202e"):
        assert character not in ran.stdout + ran.stderr
    if line == "check deck --json":  # nothing is lost to a program
        assert "a\x1b[31m\x7f\u202eb.md" in json.loads(ran.stdout)["problems"][0]["path"]
    else:
        assert "\ufffd" in ran.stdout + ran.stderr


def test_a_broken_card_is_reported_by_the_commands_that_are_asked_for_it(mlterms: Run) -> None:
    mlterms("quiz", "weight", "--plain", "--limit", "1", now=MONDAY, given="1\n\n")
    mlterms("edit", "weight", EDITOR="sed -i s/^topic:/tpoic:/")
    for line in (["show", "weight"], ["quiz", "weight", "--plain"]):
        ran = mlterms(*line, now=MONDAY)
        assert ran.returncode == 0
        assert "weight.md:2" in ran.stderr
        assert "the card that came with mlterms is used" in ran.stderr
    assert "weight.md" not in mlterms("show", "bias").stderr
    assert "bias.md" not in mlterms("list").stderr  # what needs the broken card is not wrong


def test_questions_of_a_broken_card_are_set_aside_and_counted(mlterms: Run, tmp_path: Path) -> None:
    write_deck(tmp_path, LOSS_CARD)
    mlterms("quiz", "d:loss", "--plain", "--limit", "1", now=MONDAY, given="loss\n\n")
    (tmp_path / "d" / "content" / "loss.md").write_text("oh no")
    for line in (["due"], ["quiz", "--plain"]):
        ran = mlterms(*line, now=MONDAY)
        assert ran.returncode == 0
        assert "1 question is set aside, the answers kept; `mlterms doctor` says why" in ran.stderr
    assert "set aside  d:loss/name: " in mlterms("doctor").stdout


def test_a_deck_that_was_removed_is_no_fault(mlterms: Run, tmp_path: Path) -> None:
    write_deck(tmp_path, LOSS_CARD)
    mlterms("quiz", "d:loss", "--plain", "--limit", "1", now=MONDAY, given="loss\n\n")
    mlterms("deck", "remove", str(tmp_path / "d"))
    for line in (["due"], ["quiz", "--plain"], ["doctor"]):
        assert "set aside" not in mlterms(*line, now=MONDAY).stderr
    told = mlterms("doctor").stdout
    assert "not used   deck `d`: your answers to 1 question are kept" in told
    assert "mlterms deck add FOLDER" in told
    assert "All is well." in told


def test_a_deck_that_cannot_be_read_is_a_fault(mlterms: Run, tmp_path: Path) -> None:
    write_deck(tmp_path, LOSS_CARD)
    mlterms("quiz", "d:loss", "--plain", "--limit", "1", now=MONDAY, given="loss\n\n")
    (tmp_path / "d" / "content" / "deck.toml").write_text("oh no")
    assert "1 question is set aside" in mlterms("due", now=MONDAY).stderr
    assert "set aside  d:loss/name: " in mlterms("doctor").stdout


def test_completion_prints_no_error_in_the_middle_of_a_line(mlterms: Run, tmp_path: Path) -> None:
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("oh no")
    ran = mlterms(COMP_WORDS="mlterms show ep", COMP_CWORD="2", _MLTERMS_COMPLETE="bash_complete")
    assert (ran.stdout, ran.stderr) == ("", "")


@posix
def test_an_interrupted_quiz_ends_with_130_and_its_summary(home: dict[str, str]) -> None:
    import signal

    command = [sys.executable, "-u", "-m", "mlterms", "quiz", "--plain"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home
    ) as quiz:
        assert quiz.stdout is not None
        while not os.read(quiz.stdout.fileno(), 65536).endswith(b"> "):
            pass
        quiz.send_signal(signal.SIGINT)
        _, told = quiz.communicate(timeout=60)
    assert (quiz.returncode, told) == (130, b"\n")


def test_of_many_errors_in_cards_the_first_are_named_and_the_others_counted(
    mlterms: Run, tmp_path: Path
) -> None:
    content = tmp_path / "d" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for number in range(50):
        (content / f"c{number}.md").write_text("---\ntopic: t\n---\n\nNo title.\n")
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('decks = ["~/d"]\n')
    told = mlterms("list").stderr.splitlines()
    assert len(told) == 21
    assert "and 30 more errors in cards" in told[-1]


@posix
def test_a_backup_goes_through_a_pipe(home: dict[str, str]) -> None:
    due = f"mlterms --now {MONDAY} due --json"
    answered = f"printf '1\\n1\\n\\n' | mlterms --now {MONDAY} quiz --plain > out"
    before = shell(home, f"cd $HOME && mlterms settings guess_first off && {answered} && {due}")
    assert json.loads(before.stdout.splitlines()[-1])["answered"] > 0
    lost = "rm -r $HOME/.local/share/mlterms"
    ran = shell(
        home, f"cd $HOME && mlterms backup - > kept && {lost} && mlterms restore - --yes < kept && {due}"
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == before.stdout.splitlines()[-1]
