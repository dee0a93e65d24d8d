"""Decks of one's own from the shell: made, used, removed, trusted; new cards; the schema for editors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture
def mlterms(home: dict[str, str], tmp_path: Path) -> Run:
    """The program, run in a folder that is no deck."""
    (tmp_path / "elsewhere").mkdir()

    def run(*arguments: str, cwd: str = "", **environment: str) -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "mlterms", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**home, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
            cwd=cwd or tmp_path / "elsewhere",
            timeout=120,
        )

    return run


@pytest.fixture
def words(mlterms: Run, tmp_path: Path) -> Path:
    """A deck of one's own, in use."""
    ran = mlterms("deck", "new", str(tmp_path / "words"), "--title", "My words")
    assert (ran.returncode, ran.stderr) == (0, f"My words is in use: {tmp_path / 'words'}\n")
    return tmp_path / "words"


def decks(mlterms: Run) -> dict[str, dict[str, object]]:
    found = map(json.loads, mlterms("deck", "list", "--json").stdout.splitlines())
    return {deck["id"]: deck for deck in found}


def test_a_new_deck_is_in_use_and_takes_new_cards(mlterms: Run, words: Path) -> None:
    ran = mlterms("new", "Hinge", "loss", "--path")
    path = words / "content" / "hinge-loss.md"
    assert (ran.returncode, ran.stdout) == (0, f"{path}\n")
    assert decks(mlterms)["my-words"]["terms"] == 1
    checked = mlterms("check", str(words))
    assert (checked.returncode, "error" in checked.stdout) == (0, False)
    assert "Hinge loss is" in mlterms("show", "hinge-loss").stdout
    assert "<!--" not in mlterms("show", "hinge-loss").stdout


def test_a_new_deck_of_ones_own_can_be_trusted_at_once(mlterms: Run, tmp_path: Path) -> None:
    ran = mlterms("deck", "new", str(tmp_path / "mine"), "--mine")
    assert ran.returncode == 0
    assert (decks(mlterms)["mine"]["trusted"], "your changes" in ran.stdout) == (True, True)
    (tmp_path / "mine" / "content" / "a.md").write_text("---\ntitle: a\ntopic: general\n---\n\nA.\n")
    assert decks(mlterms)["mine"]["trusted"] is True
    assert mlterms("deck", "new", str(tmp_path / "other")).returncode == 0
    assert decks(mlterms)["other"]["trusted"] is False


def test_help_for_a_new_card_names_the_guides_for_authors(mlterms: Run) -> None:
    shown = " ".join(mlterms("new", "-h").stdout.split())
    cards = Path(json.loads(mlterms("doctor", "--json").stdout)["cards"])
    for guide in ("content/README.md", "demos/README.md"):
        assert guide in shown
        assert (cards / guide).is_file()


def test_a_new_card_is_opened_in_the_editor(mlterms: Run, words: Path) -> None:
    ran = mlterms("new", "hinge loss", EDITOR="true")
    assert ran.returncode == 0
    assert "hinge-loss.md:11: warning: the definition is still to be written" in ran.stderr
    ran = mlterms("new", "other loss", EDITOR="no-such-editor")
    assert ran.returncode == 1
    assert "the editor 'no-such-editor' could not be started" in ran.stderr
    assert (words / "content" / "other-loss.md").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hinge loss", "--topic", "cooking"], "no topic 'cooking'; it has general"),
        (["日本"], "with a name of your own: mlterms new NAME --title '日本'"),
        (["hinge loss"], "there is no terminal for an editor"),
    ],
)
def test_a_card_that_cannot_be_written_is_a_wrong_call(
    mlterms: Run, words: Path, arguments: list[str], said: str
) -> None:
    ran = mlterms("new", *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert list((words / "content").glob("*.md")) == []


def test_a_title_without_latin_letters_can_have_a_file_with_a_name(mlterms: Run, words: Path) -> None:
    ran = mlterms("new", "nihon", "--title", "日本", "--path")
    assert ran.stdout == f"{words / 'content' / 'nihon.md'}\n"
    assert "日本" in mlterms("list").stdout


def test_what_is_still_to_be_written_is_not_asked(mlterms: Run, words: Path) -> None:
    assert mlterms("new", "hinge loss", EDITOR="true").returncode == 0
    path = words / "content" / "hinge-loss.md"
    lines = path.read_text().splitlines()
    definition = next(n for n, line in enumerate(lines, 1) if line == "hinge loss is …")
    option = next(n for n, line in enumerate(lines, 1) if line.startswith("- [x] …"))

    checked = mlterms("check", str(words))
    assert checked.returncode == 0
    assert f"hinge-loss.md:{definition}: warning: the definition is still to be written" in checked.stdout
    tried = mlterms("quiz", "--preview", str(path), "--plain")
    assert tried.returncode == 1
    assert f"hinge-loss.md:{definition}: warning: the definition is still to be written" in tried.stderr
    assert '"questions": 0' in mlterms("list", "--json").stdout

    written = "\n".join(lines).replace("hinge loss is …", "Hinge loss is a loss for margins.")
    path.write_text(
        written.replace("… is called", "A loss for margins is called").replace("\n---\n…", "\n---\nYes.")
    )
    tried = mlterms("list", "--json").stdout
    assert '"id": "my-words:hinge-loss"' in tried
    shown = json.loads(mlterms("show", "hinge-loss", "--json").stdout)
    assert [question["slug"] for question in shown["questions"]] == ["name"]
    checked = mlterms("check", str(words))
    assert f"hinge-loss.md:{option}: warning: `what-it-is` is not asked" in checked.stdout


def test_a_card_that_is_there_is_not_written_again(mlterms: Run, words: Path) -> None:
    mlterms("new", "hinge loss", "--path")
    ran = mlterms("new", "Hinge Loss", "--path")
    assert ran.returncode == 2
    assert "`mlterms edit hinge-loss` opens it" in ran.stderr


def test_without_a_deck_the_way_to_one_is_said(mlterms: Run) -> None:
    ran = mlterms("new", "hinge loss", "--path")
    assert ran.returncode == 2
    assert "`mlterms deck new FOLDER` makes one" in ran.stderr


def test_a_removed_deck_keeps_its_files_and_can_be_added_again(mlterms: Run, words: Path) -> None:
    assert "are kept" in mlterms("deck", "remove", "my-words").stderr
    assert list(decks(mlterms)) == ["mlterms"]
    assert mlterms("deck", "add", str(words)).returncode == 0
    assert list(decks(mlterms)) == ["mlterms", "my-words"]
    assert mlterms("deck", "remove", str(words)).returncode == 0
    assert list(decks(mlterms)) == ["mlterms"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "{words}"], "is in use already"),
        (["add", "{other}"], "has the id 'my-words' too"),
        (["add", "{nowhere}"], "makes a deck there"),
        (["new", "{words}"], "already exists"),
        (["remove", "nothing"], "nothing is not a deck of yours; you have my-words\n"),
    ],
)
def test_a_deck_that_cannot_be_used_is_a_wrong_call(
    mlterms: Run, words: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    other = tmp_path / "other" / "content"
    other.mkdir(parents=True)
    (other / "deck.toml").write_text((words / "content" / "deck.toml").read_text())
    places = {"words": words, "other": other.parent, "nowhere": tmp_path / "nowhere"}
    ran = mlterms("deck", *(argument.format(**places) for argument in arguments))
    assert ran.returncode == 2
    assert said in ran.stderr


def test_the_schema_knows_the_topics_and_terms_of_the_deck(mlterms: Run, words: Path) -> None:
    mlterms("new", "hinge loss", "--path")
    schema = json.loads(mlterms("deck", "schema", str(words)).stdout)
    assert schema["properties"]["topic"]["enum"] == ["general"]
    named = schema["properties"]["needs"]["items"]["anyOf"][0]["enum"]
    assert [term for term in named if not term.startswith("mlterms:")] == ["hinge-loss"]
    assert "mlterms:gradient" in named
    assert schema["required"] == ["title", "topic"]
    assert schema["additionalProperties"] is False


def test_the_schema_is_for_the_deck_in_whose_folder_you_are(mlterms: Run, words: Path) -> None:
    def topics(folder: Path) -> list[str]:
        schema = json.loads(mlterms("deck", "schema", cwd=str(folder)).stdout)
        return list(schema["properties"]["topic"]["enum"])

    assert topics(words / "content") == ["general"]
    assert "optimisation" in topics(words.parent)


def test_a_folder_of_ones_own_is_trusted_through_all_changes(mlterms: Run, words: Path) -> None:
    mlterms("new", "hinge loss", "--path")
    path = words / "content" / "hinge-loss.md"
    assert "changes ask again" in mlterms("trust", str(words)).stdout
    path.write_text(path.read_text().replace("1 + 1", "1 + 2"))
    assert "1 example not run" in mlterms("check", str(words)).stdout
    again = mlterms("trust", str(words), "--mine")
    assert again.stderr == "  content/hinge-loss.md changed\n"
    assert "is trusted (1 card, 0 demos)" in again.stdout
    assert "prints `3`, and the card says `2`" in mlterms("check", str(words)).stdout
    path.write_text(path.read_text().replace("1 + 2", "1 + 3"))
    assert "prints `4`, and the card says `2`" in mlterms("check", str(words)).stdout
    assert mlterms("trust").stdout.rstrip().endswith("(yours)")


def test_a_guide_is_listed_read_and_found(mlterms: Run, words: Path) -> None:
    (words / "content" / "guides").mkdir()
    head = "---\ntitle: Zebras first\nsummary: What to learn first.\n---\n\n"
    text = f"{head}Begin with a *zebra*, [loss](../loss.md).\n\nThen read [Which lions](lions.md).\n"
    (words / "content" / "guides" / "lions.md").write_text(
        head.replace("Zebras first", "Which lions") + "Roar.\n"
    )
    (words / "content" / "guides" / "zebras-first.md").write_text(text)
    assert "zebras-first\n    What to learn first.\n" in mlterms("guide").stdout
    for name in (["zebras-first"], ["my-words:zebras-first"], ["zeb"], ["Zebras first"]):
        assert mlterms("guide", *name).stdout == (
            "Zebras first\n============\n\nBegin with a zebra, loss.\n\nThen read “Which lions”.\n"
        )
    assert json.loads(mlterms("guide", "zebras", "--json").stdout)["deck"] == "my-words"
    assert "Guide “Zebras first”: " in mlterms("search", "zebra").stdout
    ran = mlterms("guide", "zebras-furst")
    assert (ran.returncode, "did you mean zebras-first?" in ran.stderr) == (2, True)


def test_a_card_can_be_tried_before_its_deck_is_in_use_and_nothing_is_recorded(
    mlterms: Run, words: Path, tmp_path: Path
) -> None:
    mlterms("new", "hinge loss", EDITOR="true")
    card = words / "content" / "hinge-loss.md"
    card.write_text(card.read_text().replace("…", "a loss"))
    mlterms("deck", "remove", str(words))
    ran = mlterms("quiz", "--plain", "--preview", str(card))
    assert (ran.returncode, ran.stderr) == (0, "This is a preview: nothing is recorded.\n")
    assert "── hinge loss · choice" in ran.stdout
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.parametrize(
    ("name", "text", "code", "told"),
    [
        ("content/nowhere.md", None, 2, "there is no file"),
        ("notes.md", "# Notes\n", 2, "notes.md is not a card in a deck"),
        ("../content/stray.md", "---\n", 2, "stray.md is not in a deck: there is no "),
        ("content/half.md", "---\ntitle: half\n", 1, "content/half.md:"),
    ],
)
def test_what_cannot_be_tried_is_said_with_its_place(
    mlterms: Run, words: Path, name: str, text: str | None, code: int, told: str
) -> None:
    if text is not None:
        (words / name).parent.mkdir(exist_ok=True)
        (words / name).write_text(text)
    ran = mlterms("quiz", "--plain", "--preview", str(words / name))
    assert ran.returncode == code
    assert told in ran.stderr
    assert ran.stdout == ""


def test_a_card_of_a_deck_whose_id_is_taken_cannot_be_tried_and_that_is_the_reason_given(
    mlterms: Run, tmp_path: Path
) -> None:
    content = tmp_path / "copy" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "mlterms"\ntitle = "A copy"\n')
    (content / "a.md").write_text("---\ntitle: a\n---\n\nIt is.\n")
    ran = mlterms("quiz", "--plain", "--preview", str(content / "a.md"))
    assert (ran.returncode, "has the id `mlterms` too" in ran.stderr) == (1, True)


def test_a_new_demo_runs_as_it_is_and_holds_its_claims(mlterms: Run, words: Path) -> None:
    assert mlterms("trust", "--mine", str(words)).returncode == 0
    ran = mlterms("new", "Hinge", "loss", "--demo", "--path")
    card, demo = words / "content" / "hinge-loss.md", words / "demos" / "hinge_loss.py"
    assert ran.stderr == "`mlterms demo hinge-loss` plays it.\n"
    assert ran.stdout.split() == [str(card), str(demo)]
    assert "demo: hinge-loss" in card.read_text(encoding="utf-8").splitlines()
    checked = mlterms("check", str(words))
    assert (checked.returncode, "1 demo" in checked.stdout) == (0, True), checked.stdout
    played = mlterms("demo", "hinge-loss", "--plain", "--updates", "60")
    assert "so the loss is" in played.stdout, played.stderr


def test_a_card_that_is_there_gets_a_demo_and_stays_as_it_is(mlterms: Run, words: Path) -> None:
    mlterms("new", "hinge loss", "--path")
    card = words / "content" / "hinge-loss.md"
    before = card.read_bytes()
    ran = mlterms("new", "hinge loss", "--demo", "--path")
    assert (ran.returncode, card.read_bytes()) == (0, before)
    assert "Add `demo: hinge-loss` to the head of" in ran.stderr
    again = mlterms("new", "hinge loss", "--demo", "--path")
    assert (again.returncode, "already exists" in again.stderr) == (2, True)


def test_a_card_of_a_name_that_another_deck_has_is_said_and_told_apart(mlterms: Run, words: Path) -> None:
    ran = mlterms("new", "Epoch", "--path")
    assert ran.returncode == 0
    assert (
        "The deck mlterms has a card 'epoch' too. Both are asked, and my-words:epoch is yours." in ran.stderr
    )
    assert "mlterms edit mlterms:epoch" in ran.stderr
    assert mlterms("new", "hinge loss", "--path").stderr == ""
    listed = mlterms("list").stdout
    assert "\nepoch (mlterms) " in listed
    assert "\nEpoch (my-words) " in listed
    assert "\nhinge loss " in listed
    found = mlterms("search", "epoch").stdout
    assert found.startswith("epoch (mlterms): ")
    assert "\nEpoch (my-words): " in found
