"""What the shell hands over and takes back: line ends, odd bytes, long lines, strangers' names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

CARD = """---
title: small
topic: t
---

A word.

## Questions

### cloze: gap
Make the {{loss}} small.
---
Yes.
"""


@pytest.fixture
def deck(home: dict[str, str], tmp_path: Path) -> Path:
    """A deck with one card and one question, named in config.toml."""
    folder = tmp_path / "d" / "content"
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text('id = "d"\ntitle = "D"\n[topics]\nt = "T"\n')
    (folder / "small.md").write_text(CARD)
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'decks = ["{tmp_path / "d"}"]\n')
    return tmp_path / "d"


def run_bytes(home: dict[str, str], *arguments: str, given: bytes = b"", **options: Any) -> Any:
    command = [sys.executable, "-m", "mlterms", *arguments]
    return subprocess.run(command, input=given, capture_output=True, env=home, timeout=120, **options)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_may_end_in_any_way(end: bytes, deck: Path, home: dict[str, str]) -> None:
    given = b"loss" + end + b"3" + end
    ran = run_bytes(home, "quiz", "small", "--plain", "--limit", "1", given=given)
    assert b"Right" in ran.stdout
    assert b"Write 1, 2" not in ran.stdout


def test_a_byte_that_is_no_text_does_not_lose_the_lines_after_it(deck: Path, home: dict[str, str]) -> None:
    strict = {**home, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8:strict"}
    ran = run_bytes(strict, "quiz", "small", "--plain", "--limit", "1", given=b"l\xe9ss\n1\n")
    assert b"codec" not in ran.stdout + ran.stderr
    assert b"Not this time" in ran.stdout


def test_a_very_long_line_is_read_up_to_a_bound_that_is_named(deck: Path, home: dict[str, str]) -> None:
    given = b"x" * 300_000 + b"\n1\n"
    ran = run_bytes(home, "quiz", "small", "--plain", "--limit", "1", given=given)
    assert b"only its first 100,000 characters are read" in ran.stdout
    assert ran.returncode == 0


def test_a_rating_may_be_typed_with_full_width_digits(deck: Path, home: dict[str, str]) -> None:
    given = "loss\n３\n".encode()
    ran = run_bytes(home, "quiz", "small", "--plain", "--limit", "1", given=given)
    assert b"Write 1, 2" not in ran.stdout


def test_python_files_of_the_working_folder_are_not_run(home: dict[str, str], tmp_path: Path) -> None:
    for name in ("json", "re", "click", "codecs"):
        (tmp_path / f"{name}.py").write_text("print('PWNED')\nraise SystemExit(3)\n")
    ran = run_bytes(home, "--version", cwd=tmp_path)
    assert (ran.returncode, b"PWNED" in ran.stdout) == (0, False)


def run_demo(home: dict[str, str], tmp_path: Path, line: str) -> Any:
    """What running a trusted demo prints that has this line in its step."""
    demos = tmp_path / "d" / "demos"
    demos.mkdir(parents=True)
    (tmp_path / "d" / "content").mkdir()
    (tmp_path / "d" / "content" / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    source = (Path(__file__).parents[2] / "demos" / "epoch.py").read_text(encoding="utf-8")
    step = "def step(s, knobs):\n"
    (demos / "loud.py").write_text(source.replace(step, f"{step}    {line}\n"))
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'decks = ["{tmp_path / "d"}"]\n')
    run_bytes(home, "trust", str(tmp_path / "d"))
    return run_bytes(home, "demo", "loud", "--plain", "--updates", "1")


def test_what_a_demo_prints_steers_no_terminal(home: dict[str, str], tmp_path: Path) -> None:
    ran = run_demo(home, tmp_path, "print('\\x1b[2J')")
    assert ran.returncode == 0, ran.stderr
    assert b"[2J" in ran.stderr
    assert b"\x1b" not in ran.stderr


@pytest.mark.parametrize("error", ["BaseException('x')", "GeneratorExit", "SystemExit(3)"])
def test_whatever_a_demo_raises_is_a_sentence(home: dict[str, str], tmp_path: Path, error: str) -> None:
    ran = run_demo(home, tmp_path, f"raise {error}")
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"loud.py:" in ran.stderr


def test_a_thread_that_a_demo_leaves_behind_is_not_waited_for(home: dict[str, str], tmp_path: Path) -> None:
    # Two minutes are all that the program is given.
    line = "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()"
    ran = run_demo(home, tmp_path, line)
    assert ran.returncode == 0, ran.stderr
    assert b"after 1 update" in ran.stdout


def test_a_picture_can_go_to_standard_output(mlterms: Run) -> None:
    ran = mlterms("demo", "epoch", "--updates", "3", "--svg", "-")
    assert ran.stdout.startswith("<svg")


def test_a_picture_makes_no_folders(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("demo", "epoch", "--updates", "1", "--svg", str(tmp_path / "not" / "there" / "x.svg"))
    assert ran.returncode == 1
    assert "cannot be written" in ran.stderr
    assert not (tmp_path / "not").exists()


def test_a_backup_can_go_to_standard_output(deck: Path, home: dict[str, str], tmp_path: Path) -> None:
    run_bytes(home, "quiz", "small", "--plain", "--limit", "1", given=b"loss\n3\n")
    backup = run_bytes(home, "backup", "-", cwd=tmp_path)
    assert backup.stdout.startswith(b"SQLite format 3\0"), backup.stderr
    assert not (tmp_path / "-").exists()


# -- completion ----------------------------------------------------------------------------------------------


def complete(mlterms: Run, shell: str, line: str, last: str = "") -> list[str]:
    words = f"mlterms {line} {last}".rstrip() + ("" if last else " ")
    cword = last if shell == "fish" else str(len(line.split()) + 1)
    ran = mlterms(_MLTERMS_COMPLETE=f"{shell}_complete", COMP_WORDS=words, COMP_CWORD=cword)
    return ran.stdout.splitlines()


def test_what_help_names_tab_names_the_knobs_of_a_demo(mlterms: Run) -> None:
    assert complete(mlterms, "bash", "demo epoch", "--ba") == ["plain,--batch-size"]
    assert complete(mlterms, "bash", "demo epoch --replacement") == ["plain,on", "plain,off"]


def test_the_values_of_settings_and_the_actions_of_keys_are_completed(mlterms: Run) -> None:
    assert complete(mlterms, "bash", "settings theme", "no") == ["plain,nord"]
    assert complete(mlterms, "bash", "settings ascii") == ["plain,off", "plain,on"]
    assert complete(mlterms, "bash", "settings", "ke") == ["plain,keys"]
    assert "plain,keys.quiz.undo" in complete(mlterms, "bash", "settings", "keys.quiz.u")


def test_decks_their_folders_and_their_topics_are_completed(deck: Path, mlterms: Run) -> None:
    assert complete(mlterms, "bash", "deck remove") == ["plain,d"]
    assert complete(mlterms, "fish", "deck remove", "d") == ["plain,d\tD"]
    assert complete(mlterms, "bash", "deck remove", str(deck)[:-1]) == [f"plain,{deck}"]
    assert complete(mlterms, "bash", "deck add") == complete(mlterms, "bash", "new --deck") == ["dir,"]
    assert complete(mlterms, "bash", f"new --deck {deck} --topic") == ["plain,t"]
    (deck / "content" / "deck.toml").write_text("broken")
    assert complete(mlterms, "bash", "deck remove") == [f"plain,{deck}"]


def test_backups_of_the_database_that_is_named_are_completed(mlterms: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "other" / "mine.db")
    mlterms("--database", other, "quiz", "--plain", now="2026-11-23T09:00", given="1\n")
    mlterms("--database", other, "backup", now="2026-11-23T09:00")
    found = complete(mlterms, "bash", f"--database {other} restore", f"{tmp_path}/other")
    assert found
    assert all(path.startswith(f"plain,{tmp_path}/other/backups/mine-") for path in found)
    assert complete(mlterms, "bash", "--database") == ["file,"]


def test_completing_a_line_that_is_wrong_says_nothing(home: dict[str, str]) -> None:
    wrong = {**home, "_MLTERMS_COMPLETE": "bash_complete", "COMP_WORDS": "mlterms nosuch ", "COMP_CWORD": "2"}
    ran = run_bytes(wrong)
    assert (ran.stdout, ran.stderr) == (b"", b"")


def test_the_values_of_a_knob_are_completed(mlterms: Run) -> None:
    assert complete(mlterms, "bash", "demo neuron --gate", "N") == ["plain,NAND", "plain,NOR"]
    assert complete(mlterms, "bash", "demo optimizer --rule", "A") == ["plain,Adam"]
    assert complete(mlterms, "bash", "demo neuron --method", "by") == ["plain,by hand"]


def test_completing_a_demo_runs_none(home: dict[str, str], deck: Path, mlterms: Run) -> None:
    (deck / "demos").mkdir()
    marker = deck / "ran"
    text = f'"""Loud."""\nopen({str(marker)!r}, "w")\n'
    text += "class Settings(Knobs):\n    speed: float = knob(1.0, low=0, high=2)\n"
    (deck / "demos" / "loud.py").write_text(text)
    assert complete(mlterms, "bash", "demo loud", "--sp") == ["plain,--speed"]
    assert not marker.exists()


def test_terms_are_completed_with_their_titles(mlterms: Run) -> None:
    found = complete(mlterms, "fish", "show", "batch-s")
    assert found == ["plain,batch-size\tbatch size"]


def test_a_description_for_fish_has_no_comma_that_would_cut_it(mlterms: Run) -> None:
    found = complete(mlterms, "fish", "", "dem")
    assert len(found) == 1
    assert found[0].count(",") == 1


# -- the editor ----------------------------------------------------------------------------------------------


def test_the_path_of_a_bundled_card_is_that_of_the_learners_copy(mlterms: Run, tmp_path: Path) -> None:
    path = mlterms("edit", "loss", "--path").stdout.strip()
    assert path.startswith(str(tmp_path))
    assert not Path(path).exists()


def test_a_copy_that_was_only_looked_at_does_not_stay(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("edit", "loss", EDITOR="true")
    assert ran.returncode == 0, ran.stderr
    assert not list(tmp_path.rglob("loss.md"))


def test_a_copy_that_was_changed_stays(mlterms: Run, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nfor f in "$@"; do :; done\nprintf "\\n" >> "$f"\n')
    editor.chmod(0o755)
    mlterms("edit", "loss", EDITOR=str(editor))
    assert list(tmp_path.rglob("loss.md"))


@pytest.mark.parametrize("ends", [b"", b"\n"])
def test_the_last_thing_of_a_session_can_be_undone(deck: Path, home: dict[str, str], ends: bytes) -> None:
    """At the end of the questions, and in a session in which nothing is left to ask."""
    there = run_bytes(home, "quiz", "small", "--plain", given=b"/suspend\n/undo\n/quit\n")
    assert there.stdout.count(b"Make the ____ small.") == 2
    run_bytes(home, "quiz", "small", "--plain", given=b"/suspend\n" + ends)
    later = run_bytes(home, "quiz", "small", "--plain", given=b"/skip\n/undo\n/quit\n")
    assert b"Nothing is left to ask in this session." in later.stdout
    assert b"No question is open." in later.stdout
    assert b"Make the ____ small." in later.stdout
    assert later.returncode == 0


def test_in_the_locale_c_a_card_is_ascii(mlterms: Run) -> None:
    shown = mlterms("show", "weight", LANG="C").stdout
    assert shown.isascii()
    assert "x_i" in shown
    assert not mlterms("show", "weight", LANG="C.UTF-8").stdout.isascii()


def on_terminal(environment: dict[str, str], *arguments: str, code: int = 0) -> str:
    """What the program writes to a terminal before it ends with this code."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "mlterms", *arguments]
    written = b""
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        with suppress(OSError):  # Linux says so at the end
            while read := os.read(ours, 65536):
                written += read
        assert process.wait(60) == code
    os.close(ours)
    return written.decode()


def test_a_backup_is_not_read_from_a_terminal(home: dict[str, str]) -> None:
    said = on_terminal(home, "restore", "-", code=2)
    assert "'-' means standard input, which is a terminal here: name the file of a backup" in said
    assert "Replace your answers" not in said


@pytest.mark.parametrize(("no_color", "bold"), [("", True), ("1", False)])
def test_on_a_terminal_a_long_card_is_bold_and_paged(
    no_color: str, bold: bool, home: dict[str, str], tmp_path: Path
) -> None:
    paged = tmp_path / "paged"
    environment = {**home, "PAGER": f"tee {paged}", "NO_COLOR": no_color, "TERM": "xterm", "LINES": "24"}
    on_terminal(environment, "show", "weight")
    text = paged.read_text()
    assert ("\x1b[1mweight\x1b[0m" in text) is bold
    assert ("weight\n======" in text) is not bold


def test_on_a_terminal_a_long_guide_is_paged_unless_it_must_not_be(
    home: dict[str, str], tmp_path: Path
) -> None:
    paged = tmp_path / "paged"
    environment = {**home, "PAGER": f"tee {paged}", "TERM": "xterm", "LINES": "24"}
    assert "==========" in on_terminal(environment, "guide", "how-to-begin", "--no-pager")
    assert not paged.exists()
    on_terminal(environment, "guide", "how-to-begin")
    assert "“Which Python you need”" in " ".join(paged.read_text().split())


def test_on_a_terminal_what_is_found_is_wrapped_and_piped_it_is_one_line(
    home: dict[str, str], mlterms: Run
) -> None:
    shown = on_terminal({**home, "TERM": "xterm", "COLUMNS": "60"}, "search", "gradient", "descent")
    assert max(map(len, shown.splitlines())) <= 60
    piped = mlterms("search", "gradient", "descent", COLUMNS="60").stdout
    assert " ".join(piped.split()) == " ".join(shown.split())
    assert max(map(len, piped.splitlines())) > 60


WIDE = "平均値 한글 🙂"  # 14 columns


@pytest.fixture
def wide_deck(deck: Path) -> Path:
    """The same deck with a second card whose title takes more columns than it has characters."""
    text = CARD.replace("title: small", f"title: {WIDE}").replace("A word.", "没有空格的文字。" * 20)
    (deck / "content" / "wide.md").write_text(text)
    return deck


def test_columns_are_kept_where_titles_have_wide_characters(wide_deck: Path, mlterms: Run) -> None:
    from rich.cells import cell_len

    rows = mlterms("list", "--topic", "t").stdout.splitlines()
    assert len(rows) == 2
    assert len({cell_len(row.partition(" new ")[0]) for row in rows}) == 1
    title, line, *text = mlterms("show", "wide").stdout.splitlines()
    assert (title, line) == (WIDE, "=" * 14)
    assert max(map(cell_len, text)) <= 80


def test_a_wide_question_that_is_marked_is_wrapped(wide_deck: Path, mlterms: Run) -> None:
    from rich.cells import cell_len

    card = wide_deck / "content" / "wide.md"
    card.write_text(card.read_text().replace("Make the", "没有空格的文字" * 20 + " Make the"))
    mlterms("quiz", "wide", "--plain", given="/flag\n/quit\n")
    shown = mlterms("marked", COLUMNS="40").stdout
    assert WIDE in shown
    assert max(map(cell_len, shown.splitlines())) <= 40


@pytest.mark.parametrize(
    "command",
    [
        "due",
        "stats",
        "doctor",
        "show loss",
        "guide how-to-begin",
        "deck list",
        "plan --by 2027-03-31",
        "deck schema",
    ],
)
def test_json_is_one_object_a_line_in_every_command(mlterms: Run, deck: Path, command: str) -> None:
    ran = mlterms(*command.split(), *([] if command == "deck schema" else ["--json"]), now="2026-11-20T09:00")
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.splitlines():
        assert isinstance(json.loads(line), dict)
