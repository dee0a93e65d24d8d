"""Each command as a person or a program meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.cli.command_table import COMMANDS

MONDAY = "2026-11-23T09:00+00:00"

Run = Callable[..., Any]


def test_version_says_the_name_and_a_number(mlterms: Run) -> None:
    ran = mlterms("--version")
    assert ran.returncode == 0
    assert ran.stdout.startswith("mlterms 0.")


def test_help_lists_every_command_with_what_it_does(mlterms: Run) -> None:
    ran = mlterms("-h")
    assert ran.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ran.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_that_tells_enough(mlterms: Run, name: str) -> None:
    ran = mlterms(name, "-h")
    assert ran.returncode == 0
    assert len(ran.stdout.split()) > 15
    assert ran.stderr == ""


def test_an_unknown_command_is_a_wrong_call_and_suggests_the_nearest(mlterms: Run) -> None:
    ran = mlterms("quizz")
    assert ran.returncode == 2
    assert "did you mean quiz?" in ran.stderr


def test_without_a_terminal_the_bare_command_says_what_today_holds(mlterms: Run) -> None:
    ran = mlterms(now=MONDAY)
    assert ran.returncode == 0
    assert "10 new" in ran.stdout
    assert "mlterms quiz" in ran.stdout


def test_due_as_json(mlterms: Run) -> None:
    due = json.loads(mlterms("due", "--json", now=MONDAY).stdout)
    assert due["due"] == 0
    assert due["new"] == 10
    assert due["minutes"] >= 1


def test_due_does_not_send_to_a_quiz_that_has_nothing_to_ask_yet(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "off")
    mlterms("settings", "new_per_day", "1", now=MONDAY)
    mlterms("quiz", "--plain", "--limit", "1", now=MONDAY, given="0\n\n")
    said = mlterms("due", now=MONDAY).stdout
    assert ("One comes back in" in said, "Start with" in said) == (True, False)
    assert "Start with: mlterms quiz" in mlterms("due", now="2026-11-23T10:00+00:00").stdout


def test_due_sends_to_a_quiz_that_asks_a_step_a_few_minutes_early(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "off")
    mlterms("settings", "new_per_day", "2", now=MONDAY)
    mlterms("quiz", "--plain", "--limit", "2", now=MONDAY, given="0\n\n0\n\n")
    assert "Start with: mlterms quiz" in mlterms("due", now=MONDAY).stdout
    assert "again" in mlterms("quiz", "--plain", "--limit", "1", now=MONDAY, given="0\n\n").stdout


def test_list_has_the_eight_terms_in_the_order_in_which_they_build_on_each_other(mlterms: Run) -> None:
    ran = mlterms("list", "--json")
    terms = [json.loads(line)["id"] for line in ran.stdout.splitlines()]
    eight = ["weight", "bias", "neuron", "loss", "batch-size", "epoch", "optimizer", "overfitting"]
    assert [term for term in terms if term.removeprefix("mlterms:") in eight] == [
        f"mlterms:{term}" for term in eight
    ]


def test_list_of_an_unknown_topic_names_the_topics(mlterms: Run) -> None:
    ran = mlterms("list", "--topic", "cooking")
    assert ran.returncode == 2
    assert "optimisation" in ran.stderr


def test_show_and_list_say_how_much_of_a_term_is_known_now_and_later(mlterms: Run, tmp_path: Path) -> None:
    assert "Mastery" not in mlterms("show", "epoch", now=MONDAY).stdout
    assert not list(tmp_path.rglob("*.db"))
    mlterms("quiz", "--plain", "example", now=MONDAY, given="1\n4\n" * 30)
    terms = {
        term["id"]: term
        for term in map(json.loads, mlterms("list", "--json", now=MONDAY).stdout.splitlines())
    }
    assert terms["mlterms:epoch"]["mastery"] is terms["mlterms:epoch"]["mastery_in_30_days"] is None
    first = terms["mlterms:example"]
    assert 0 < first["mastery_in_30_days"] < first["mastery"] < 1
    shown = mlterms("show", "example", now=MONDAY).stdout
    assert f"Mastery: {first['mastery']:.0%} of its questions expected right now" in shown
    assert f"{first['mastery_in_30_days']:.0%} in 30 days." in shown


@pytest.mark.parametrize("name", ["epoch", "Epoch", "batch size", "batch-size", "cost", "overfit"])
def test_show_finds_a_card_by_any_name_it_goes_by(mlterms: Run, name: str) -> None:
    ran = mlterms("show", name)
    assert ran.returncode == 0
    assert "In plain words" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 88


def test_show_of_an_unknown_term_is_a_wrong_call_and_suggests_the_nearest(mlterms: Run) -> None:
    ran = mlterms("show", "epok")
    assert ran.returncode == 2
    assert "epoch" in ran.stderr
    assert ran.stdout == ""


def test_show_names_what_is_needed_though_it_has_no_card_yet(mlterms: Run, tmp_path: Path) -> None:
    content = tmp_path / "deck" / "content"
    content.mkdir(parents=True)
    toml = 'id = "mine"\ntitle = "Mine"\n[topics]\nmaths = "Maths"\n[planned]\nsum = "sum"\n'
    (content / "deck.toml").write_text(toml)
    card = "---\ntitle: average pace\ntopic: maths\nneeds: [sum]\n---\n\nThe sum divided by the count.\n"
    (content / "average-pace.md").write_text(card)
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'decks = ["{tmp_path / "deck"}"]\n')
    assert "sum (no card yet)" in mlterms("show", "average-pace").stdout


def test_show_as_json_holds_the_questions(mlterms: Run) -> None:
    card = json.loads(mlterms("show", "epoch", "--json").stdout)
    assert card["title"] == "epoch"
    assert len(card["questions"]) >= 6


def test_search_puts_titles_first_and_forgives_a_typo(mlterms: Run) -> None:
    assert mlterms("search", "epoch").stdout.startswith("epoch:")
    assert mlterms("search", "optmizer").stdout.startswith("optimizer:")
    assert mlterms("search", "how", "to", "begin").stdout.startswith("Guide “How to begin”:")


def test_what_search_shows_of_a_card_is_words_without_marks(mlterms: Run) -> None:
    shown = mlterms("search", "g hat", "--limit", "1").stdout  # others show code, in which a star is a star
    assert "the mean of these gradients" in shown, shown
    assert not set("*`") & set(shown)


def test_search_that_finds_nothing_says_so_and_ends_with_1(mlterms: Run) -> None:
    ran = mlterms("search", "xylophone")
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "nothing" in ran.stderr


def test_check_of_a_broken_card_says_file_line_and_what_to_write(mlterms: Run, tmp_path: Path) -> None:
    content = tmp_path / "deck" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "own"\ntitle = "Own"\n[topics]\nbasics = "Basics"\n')
    (content / "thing.md").write_text(
        "---\ntitle: thing\ntopic: basics\nneeds: []\ncolour: red\n---\n\nA thing.\n"
    )
    ran = mlterms("check", str(tmp_path / "deck"))
    assert ran.returncode == 1
    assert "thing.md:5" in ran.stdout
    assert "colour" in ran.stdout


def test_doctor_says_where_things_are_and_that_all_is_well(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("doctor", "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = json.loads(ran.stdout)
    assert report["database"].startswith(str(tmp_path))
    assert report["problems"] == []


def test_doctor_rebuilds_and_all_is_as_before(mlterms: Run) -> None:
    mlterms("quiz", "--plain", now=MONDAY, given="1\n1\n\n")
    before = json.loads(mlterms("due", "--json", now=MONDAY).stdout)
    ran = mlterms("doctor", "--rebuild")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(mlterms("due", "--json", now=MONDAY).stdout) == before


def test_a_backup_can_be_made_listed_and_restored(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "off")
    mlterms("quiz", "--plain", now=MONDAY, given="1\n1\n\n")
    made = mlterms("backup", now=MONDAY).stdout.strip()
    assert Path(made).is_file()
    listed = mlterms("backup", "--list", "--json").stdout
    assert made in {json.loads(line)["path"] for line in listed.splitlines()}
    mlterms("quiz", "--plain", now=MONDAY, given="1\n1\n\n1\n1\n\n")
    answered = json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"]
    ran = mlterms("restore", made, "--yes", now=MONDAY)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"] < answered


def test_restore_asks_nobody_where_nobody_is(mlterms: Run, tmp_path: Path) -> None:
    (tmp_path / "some.db").write_bytes(b"no database")
    ran = mlterms("restore", str(tmp_path / "some.db"))
    assert ran.returncode == 2
    assert "--yes" in ran.stderr


def test_a_backup_that_is_refused_on_standard_input_is_called_that(mlterms: Run) -> None:
    ran = mlterms("restore", "--yes", "-")
    assert ran.returncode == 1
    assert ran.stderr.startswith("mlterms: - (standard input): not a backup")


def test_restore_of_what_is_no_backup_is_refused_and_changes_nothing(mlterms: Run, tmp_path: Path) -> None:
    mlterms("quiz", "--plain", now=MONDAY, given="1\n1\n\n")
    before = mlterms("due", "--json", now=MONDAY).stdout
    (tmp_path / "some.db").write_bytes(b"no database" * 1000)
    ran = mlterms("restore", str(tmp_path / "some.db"), "--yes")
    assert ran.returncode == 1
    assert "some.db" in ran.stderr
    assert mlterms("due", "--json", now=MONDAY).stdout == before


def test_answers_are_exported_as_lines_of_json_and_nothing_is_overwritten(
    mlterms: Run, tmp_path: Path
) -> None:
    mlterms("settings", "guess_first", "off")
    assert mlterms("export", "-").stdout == ""
    mlterms("quiz", "weight", "--plain", "--limit", "2", now=MONDAY, given="1\n\n1\n\n")
    lines = mlterms("export", "-").stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    assert len(answers) == json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"] > 0
    first = answers[0]
    assert first["term"] == "mlterms:weight"
    assert first["question"].startswith("mlterms:weight/")
    assert first["at"].startswith("2026-11-23T09:00")
    assert first["rating"] in ("again", "hard", "good", "easy")
    assert first["correct"] is (first["rating"] != "again")
    path = tmp_path / "answers.jsonl"
    ran = mlterms("export", str(path))
    assert (ran.returncode, path.read_text().splitlines()) == (0, lines)
    path.write_text("mine")
    ran = mlterms("export", str(path))
    assert (ran.returncode, path.read_text()) == (2, "mine")
    assert "already exists" in ran.stderr


def test_a_wrong_guess_at_a_new_term_is_exported_as_one(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "always")
    mlterms("quiz", "weight", "--plain", "--limit", "1", now=MONDAY, given="0\n\n/quit\n")
    (guess,) = map(json.loads, mlterms("export", "-").stdout.splitlines())
    assert (guess["wrong_guess"], guess["correct"]) == (True, False)
    assert json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"] == 0


def test_an_answer_that_was_undone_is_not_exported(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "off")
    mlterms("quiz", "weight", "--plain", "--limit", "1", now=MONDAY, given="1\n\n/undo\n")
    answered = json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"]
    assert len(mlterms("export", "-").stdout.splitlines()) == answered


def test_edit_copies_a_bundled_card_and_the_copy_counts(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("edit", "epoch", EDITOR="sed -i s/^title:.*/title:\\ epok/")
    assert ran.returncode == 0, ran.stderr
    assert mlterms("show", "epoch").stdout.startswith("epok")
    path = Path(mlterms("edit", "epoch", "--path").stdout.strip())
    assert tmp_path in path.parents
    assert "You have your own version of this card." in mlterms("show", "epoch").stdout
    assert "You have your own version of this card." not in mlterms("show", "loss").stdout
    rows = mlterms("list", now=MONDAY).stdout.splitlines()
    assert all(re.search(r"  (new|mastery +\d+%) +\d+ questions", row) for row in rows)
    assert [row.split()[0] for row in rows if row.endswith("your version")] == ["epok"]
    assert "yours      epoch: your version of the card" in mlterms("doctor").stdout
    assert json.loads(mlterms("doctor", "--json").stdout)["own_versions"] == ["mlterms:epoch"]
    ran = mlterms("edit", "epoch", "--revert")
    assert ran.returncode == 0
    assert mlterms("show", "epoch").stdout.startswith("epoch")
    assert "your version" not in mlterms("list").stdout + mlterms("doctor").stdout


def test_edit_tells_what_was_broken_and_the_installed_card_is_used_meanwhile(mlterms: Run) -> None:
    mlterms("settings", "guess_first", "off")
    mlterms("quiz", "weight", "--plain", "--limit", "1", now=MONDAY, given="1\n\n")
    ran = mlterms("edit", "weight", EDITOR="sed -i s/^title:/tilte:/")
    assert ran.returncode == 1
    assert "weight.md:2" in ran.stderr
    told = mlterms("doctor").stdout
    assert "the card that came with mlterms is used" in told
    assert "set aside" not in told
    assert "weight" in mlterms("show", "weight").stdout
    mlterms("edit", "weight", EDITOR="sed -i s/^tilte:/title:/")
    assert "came with mlterms is used" not in mlterms("doctor").stdout
    assert json.loads(mlterms("due", "--json", now=MONDAY).stdout)["answered"] == 1


def test_a_broken_version_of_a_card_is_reported_wherever_questions_are_asked(mlterms: Run) -> None:
    mlterms("edit", "weight", EDITOR="sed -i s/^title:/tilte:/")
    for call in (["due"], ["list"], ["quiz", "--plain"], ["quiz", "loss", "--plain"], ["quiz", "--json"]):
        ran = mlterms(*call, given="")
        assert ran.returncode == 0
        assert "weight.md:2: " in ran.stderr, call


def test_a_version_of_a_card_without_questions_is_reported(mlterms: Run) -> None:
    ran = mlterms("edit", "weight", EDITOR="sed -i /^##.Questions/,$d")
    said = (
        "weight.md: warning: your version of this card has no questions, so nothing is asked about its term"
    )
    assert (ran.returncode, said in ran.stderr) == (0, True)
    for call in (["due"], ["list"], ["show", "weight"], ["quiz", "loss", "--plain"]):
        ran = mlterms(*call, given="")
        assert (ran.returncode, ran.stderr.count(said)) == (0, 1), call
    mlterms("edit", "weight", "--revert")
    assert said not in mlterms("due").stderr


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["list", "--topic", ""], "--topic: the name is empty"),
        (["list", "--topic", " "], "--topic: the name is empty"),
        (["demo", "--search", ""], "--search: there are no words to search for"),
    ],
)
def test_an_empty_name_is_refused_and_does_not_mean_all(mlterms: Run, call: list[str], says: str) -> None:
    ran = mlterms(*call)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert says in ran.stderr


def test_the_terms_that_a_card_leads_to_are_called_as_in_the_app(mlterms: Run) -> None:
    shown = mlterms("show", "weight").stdout
    assert "Leads to: " in shown
    assert "Opens: " not in shown


def test_trust_lists_adds_and_removes(mlterms: Run, tmp_path: Path) -> None:
    (tmp_path / "deck" / "demos").mkdir(parents=True)
    (tmp_path / "deck" / "demos" / "x.py").write_text('"""X."""\n')
    deck = str(tmp_path / "deck")
    assert mlterms("trust", deck).returncode == 0
    assert mlterms("trust").stdout.strip() == deck
    (tmp_path / "deck" / "demos" / "x.py").write_text('"""Y."""\n')
    assert "asks again" in mlterms("trust").stdout
    assert mlterms("trust", "--remove", deck).returncode == 0
    assert mlterms("trust").stdout == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(mlterms: Run, shell: str) -> None:
    ran = mlterms("completion", shell)
    assert ran.returncode == 0
    assert "_MLTERMS_COMPLETE" in ran.stdout


def completed(mlterms: Run, words: str, at: int) -> list[str]:
    ran = mlterms(COMP_WORDS=words, COMP_CWORD=str(at), _MLTERMS_COMPLETE="bash_complete")
    return [line.partition(",")[2] for line in ran.stdout.splitlines()]


def test_completion_offers_commands_terms_and_demos(mlterms: Run) -> None:
    assert "quiz" in completed(mlterms, "mlterms q", 1)
    assert "epoch" in completed(mlterms, "mlterms show ep", 2)
    assert "overfitting" in completed(mlterms, "mlterms demo over", 2)
    assert completed(mlterms, "mlterms list --topic lo", 3) == ["loss"]


def test_a_database_of_a_newer_version_is_refused_naming_both(mlterms: Run, tmp_path: Path) -> None:
    import sqlite3

    mlterms("due", now=MONDAY)
    path = next(tmp_path.rglob("mlterms.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    ran = mlterms("due", now=MONDAY)
    assert ran.returncode == 1
    assert "99" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_wrong_config_is_reported_with_file_and_line(mlterms: Run, tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "mlterms"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('# mine\nascii = "yes"\n')
    ran = mlterms("list")
    assert ran.returncode == 1
    assert "config.toml:2" in ran.stderr
