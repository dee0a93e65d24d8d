"""Trust: which folders' Python may run, and that it is the Python that was trusted."""

import hashlib
import json
import os
import stat
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.base import paths, trust
from mlterms.base.clock import Now
from mlterms.base.errors import CallError, FileError, MltermsError

NOVEMBER = Now(1_795_168_800_000, 3600)  # 2026-11-20T10:00Z, an hour east

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and file modes are POSIX's")


@pytest.fixture(autouse=True)
def own_config(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def deck(tmp_path) -> Path:
    root = tmp_path / "deck"
    (root / "content" / "basics").mkdir(parents=True)
    (root / "demos").mkdir()
    (root / "content" / "deck.toml").write_text('id = "mine"\ntitle = "Mine"\n')
    (root / "content" / "basics" / "line.md").write_text("A line.\n")
    (root / "demos" / "x.py").write_text("print('x')\n")
    return root


def test_a_folder_is_not_trusted_before_it_was_trusted(deck):
    answer = trust.trust_in(deck)
    assert not answer
    assert f"mlterms trust {deck}" in answer.reason
    assert trust.trusted() == []


def test_a_trusted_folder_stays_trusted_while_nothing_changes(deck):
    entry = trust.trust(deck, NOVEMBER)
    assert trust.trust_in(deck)
    assert trust.trust_in(deck).reason == "trusted since 2026-11-20"
    assert [(known.path, known.since) for known in trust.trusted()] == [(str(deck), "2026-11-20")]
    assert set(entry.files) == {"content/basics/line.md", "demos/x.py"}


def test_trust_means_the_resolved_path(deck, tmp_path):
    (tmp_path / "shortcut").symlink_to(deck)
    trust.trust(tmp_path / "shortcut")
    assert trust.trust_in(deck)
    assert trust.trust_in(deck / ".." / "deck")
    assert trust.read_trusted(tmp_path / "shortcut" / "demos" / "x.py") == b"print('x')\n"


def test_a_copy_elsewhere_is_another_folder(deck, tmp_path):
    trust.trust(deck)
    deck.rename(tmp_path / "moved")
    assert not trust.trust_in(tmp_path / "moved")


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("demos/x.py", "print('y')\n", "demos/x.py changed since 2026-11-20"),
        ("content/basics/line.md", "Another.\n", "content/basics/line.md changed since 2026-11-20"),
        ("demos/more.py", "", "demos/more.py is new since 2026-11-20"),
        ("content/basics/new.md", "", "content/basics/new.md is new since 2026-11-20"),
        ("demos/x.py", None, "demos/x.py is gone since 2026-11-20"),
        ("demos/deep/er/y.py", "", "demos/deep/er/y.py is new since 2026-11-20"),
    ],
)
def test_a_change_asks_again_and_says_what_changed(deck, name, change, reason):
    trust.trust(deck, NOVEMBER)
    if change is None:
        (deck / name).unlink()
    else:
        (deck / name).parent.mkdir(parents=True, exist_ok=True)
        (deck / name).write_text(change)
    assert trust.trust_in(deck) == trust.Trust(False, reason)
    trust.trust(deck)
    assert trust.trust_in(deck)


def test_several_changes_are_counted(deck):
    trust.trust(deck, NOVEMBER)
    (deck / "demos" / "x.py").write_text("")
    (deck / "demos" / "y.py").write_text("")
    (deck / "content" / "basics" / "line.md").unlink()
    reason = trust.trust_in(deck).reason
    assert reason == "content/basics/line.md is gone (and 2 more) since 2026-11-20"


@pytest.mark.parametrize("name", ["content/deck.toml", "demos/data.csv", "README.md", ".git/hook.py"])
def test_files_whose_code_we_never_run_do_not_ask_again(deck, name):
    trust.trust(deck)
    (deck / name).parent.mkdir(exist_ok=True)
    (deck / name).write_text("anything")
    assert trust.trust_in(deck)


def test_a_link_that_leads_outside_is_never_trusted(deck, tmp_path):
    trust.trust(deck)
    (tmp_path / "elsewhere.py").write_text("")
    (deck / "demos" / "y.py").symlink_to(tmp_path / "elsewhere.py")
    answer = trust.trust_in(deck)
    assert not answer
    assert answer.reason.startswith("demos/y.py is a link that leads outside")
    with pytest.raises(MltermsError, match="leads outside"):
        trust.trust(deck)


@pytest.mark.parametrize("name", ["demos", "demos/more"])
def test_a_folder_that_is_a_link_leading_outside_is_never_trusted(deck, tmp_path, name):
    (tmp_path / "outside").mkdir()
    if name == "demos":
        (deck / "demos" / "x.py").unlink()
        (deck / "demos").rmdir()
    (deck / name).symlink_to(tmp_path / "outside")
    with pytest.raises(MltermsError, match=f"^{name} is a link that leads outside"):
        trust.trust(deck)


def test_a_link_to_a_folder_further_up_does_not_loop(deck):
    (deck / "demos" / "again").symlink_to(deck / "demos")
    assert set(trust.trust(deck).files) == {"content/basics/line.md", "demos/x.py"}


def test_a_link_that_is_turned_to_another_file_inside_asks_again(deck):
    (deck / "demos" / "other.py").write_text("print('other')\n")
    (deck / "demos" / "link.py").symlink_to(deck / "demos" / "x.py")
    trust.trust(deck, NOVEMBER)
    assert trust.trust_in(deck)
    (deck / "demos" / "link.py").unlink()
    (deck / "demos" / "link.py").symlink_to(deck / "demos" / "other.py")
    assert trust.trust_in(deck).reason == "demos/link.py changed since 2026-11-20"


def test_a_pipe_in_the_place_of_a_file_does_not_keep_us_waiting(deck):
    trust.trust(deck)
    os.mkfifo(deck / "demos" / "pipe.py")
    assert "is not a file" in trust.trust_in(deck).reason


def test_distrusting_forgets_the_folder_even_when_it_is_gone(deck, tmp_path):
    trust.trust(deck)
    deck.rename(tmp_path / "moved")
    assert trust.distrust(deck)
    assert trust.trusted() == []
    assert not trust.distrust(deck)


def test_a_folder_without_cards_or_demos_is_nothing_to_trust(tmp_path):
    with pytest.raises(CallError, match="neither a `content` nor a `demos` folder"):
        trust.trust(tmp_path)


def test_the_bundle_is_always_trusted():
    assert trust.trust_in(paths.bundle())
    assert trust.read_trusted(paths.bundle() / "content" / "deck.toml")
    with pytest.raises(CallError, match="always trusted"):
        trust.trust(paths.bundle())


def test_other_files_beside_the_bundle_are_not_trusted_with_it():
    with pytest.raises(MltermsError, match="no trusted folder"):
        trust.read_trusted(Path(__file__))


def test_reading_gives_the_bytes_that_were_trusted_or_nothing(deck):
    with pytest.raises(MltermsError, match="in no trusted folder"):
        trust.read_trusted(deck / "demos" / "x.py")
    trust.trust(deck, NOVEMBER)
    assert trust.read_trusted(deck / "demos" / "x.py") == b"print('x')\n"
    (deck / "demos" / "x.py").write_text("print('y')\n")
    with pytest.raises(MltermsError, match=r"x\.py changed since 2026-11-20"):
        trust.read_trusted(deck / "demos" / "x.py")


def test_a_file_that_is_new_or_that_is_no_python_of_the_deck_is_not_read(deck):
    trust.trust(deck)
    (deck / "demos" / "y.py").write_text("")
    (deck / "tool.py").write_text("")
    for name in ["demos/y.py", "tool.py", "demos/../tool.py"]:
        with pytest.raises(MltermsError, match="is new since"):
            trust.read_trusted(deck / name)


def test_the_list_is_for_the_learner_alone(deck):
    trust.trust(deck)
    assert stat.S_IMODE(trust.trust_file().stat().st_mode) == 0o600
    assert [path.name for path in trust.trust_file().parent.iterdir()] == ["trusted.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "\xff",
        '{"format": 2, "folders": {}}',
        '{"format": 1}',
        '{"format": 1, "folders": []}',
        '{"format": 1, "folders": {"/deck": {"since": 3, "files": {}}}}',
        '{"format": 1, "folders": {"/deck": {"since": "2026-11-20", "files": {"demos/x.py": null}}}}',
        "[" * 100_000,
    ],
)
def test_a_broken_list_trusts_nothing_and_says_so(deck, text):
    trust.trust(deck)
    trust.trust_file().write_text(text, encoding="latin-1")
    answer = trust.trust_in(deck)
    assert not answer
    assert str(trust.trust_file()) in answer.reason
    assert "no folder is trusted; fix it, or delete it" in answer.reason
    for use in (trust.trusted, lambda: trust.trust(deck), lambda: trust.distrust(deck)):
        with pytest.raises(FileError, match="list of trusted folders cannot be read"):
            use()
    with pytest.raises(FileError):
        trust.read_trusted(deck / "demos" / "x.py")
    assert trust.trust_in(paths.bundle())


def test_a_list_that_cannot_be_written_is_reported(deck, tmp_path):
    (tmp_path / "config").write_text("a file where a folder should be")
    with pytest.raises(MltermsError, match="config/mlterms: cannot be written"):
        trust.trust(deck)


def test_names_that_would_steer_a_terminal_are_shown_harmless(deck):
    trust.trust(deck, NOVEMBER)
    (deck / "demos" / "\x1b[31m.py").write_text("")
    assert trust.trust_in(deck).reason == "demos/\ufffd[31m.py is new since 2026-11-20"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS allows only UTF-8 names")
def test_names_that_are_not_utf_8_are_remembered(deck):
    (deck / "demos" / "\udcff").mkdir()
    (deck / "demos" / "\udcff" / "y.py").write_text("")
    trust.trust(deck)
    assert trust.trust_in(deck)
    assert json.loads(trust.trust_file().read_text())["folders"][str(deck)]["files"].keys() == {
        "content/basics/line.md",
        "demos/x.py",
        "demos/\udcff/y.py",
    }


names = st.text("abc", min_size=1, max_size=3).map("{}.py".format)
folders = st.dictionaries(names, st.text("ab.py", max_size=6), max_size=3)


@settings(max_examples=60)
@given(folders, folders)
def test_two_folders_are_trusted_as_the_same_only_if_names_and_contents_are(tmp_path_factory, first, second):
    seen = []
    for files in (first, second):
        root = tmp_path_factory.mktemp("deck")
        (root / "demos").mkdir()
        for name, text in files.items():
            (root / "demos" / name).write_text(text)
        seen.append(trust.trust(root).files)
    assert (seen[0] == seen[1]) == (first == second)


@pytest.mark.parametrize("name", ["content/x.md", "demos/x.py", "content", "demos"])
def test_links_in_a_circle_are_refused_in_a_sentence(deck, name):
    if (deck / name).is_dir():
        (deck / name).rename(deck / "elsewhere")
    (deck / name).unlink(missing_ok=True)
    (deck / name).symlink_to((deck / name).name)
    answer = trust.trust_in(deck)
    assert not answer
    if "/" in name:
        with pytest.raises(MltermsError, match="in a circle"):
            trust.trust(deck)


def test_a_folder_that_turns_into_another_while_it_is_read_gives_its_own_bytes_or_none(deck, tmp_path):
    """The deck's path is a link that flips between the bundle and a folder of somebody else."""
    other = tmp_path / "other"
    (other / "demos").mkdir(parents=True)
    (other / "demos" / "epoch.py").write_text("print('evil')\n")
    link, scratch = tmp_path / "link", tmp_path / "scratch"
    link.symlink_to(paths.bundle())
    over = threading.Event()

    def flip():
        while not over.is_set():
            for target in (other, paths.bundle()):
                scratch.symlink_to(target)
                scratch.replace(link)

    flipping = threading.Thread(target=flip)
    flipping.start()
    try:
        honest = (paths.bundle() / "demos" / "epoch.py").read_bytes()
        for _ in range(3000):
            with suppress(MltermsError):
                assert trust.read_trusted(link / "demos" / "epoch.py") == honest
    finally:
        over.set()
        flipping.join()


def test_python_beside_the_demos_is_part_of_what_is_trusted(deck: Path) -> None:
    """A demo may put any folder of its deck on Python's path."""
    lib = deck / "lib"
    lib.mkdir()
    (lib / "helper.py").write_text("A = 1\n")
    trust.trust(deck)
    assert trust.trust_in(deck)
    (lib / "helper.py").write_text("A = 2\n")
    assert "lib/helper.py changed" in trust.trust_in(deck).reason


@pytest.mark.parametrize(
    "name",
    ["content/helper.py", "content/more/helper.py", "demos/n.so", "demos/n.pyd", "demos/old.pyc", "lib/n.so"],
)
def test_all_that_python_can_import_is_part_of_what_is_trusted(deck: Path, name: str) -> None:
    (deck / name).parent.mkdir(parents=True, exist_ok=True)
    (deck / name).write_bytes(b"one")
    trust.trust(deck)
    assert trust.trust_in(deck)
    (deck / name).write_bytes(b"two")
    assert f"{name} changed" in trust.trust_in(deck).reason


def test_what_python_compiles_does_not_ask_again(deck: Path) -> None:
    trust.trust(deck)
    (deck / "demos" / "__pycache__").mkdir()
    (deck / "demos" / "__pycache__" / "helper.cpython-312.pyc").write_bytes(b"compiled")
    assert trust.trust_in(deck)


def test_a_deck_of_cards_and_demos_that_was_trusted_by_an_older_version_stays_trusted(deck: Path) -> None:
    names = ("content/basics/line.md", "demos/x.py")
    listed = {name: hashlib.sha256((deck / name).read_bytes()).hexdigest() for name in names}
    entry = {"since": "2026-11-20", "files": listed, "mine": False}
    trust.trust_file().parent.mkdir(parents=True)
    trust.trust_file().write_text(json.dumps({"format": 1, "folders": {str(deck): entry}}))
    assert trust.trust_in(deck)


@pytest.mark.parametrize("name", ["demos/helper.py", "content/helper.py", "lib/n.so"])
def test_a_demo_is_not_read_when_what_it_may_import_has_changed(deck: Path, name: str) -> None:
    (deck / name).parent.mkdir(exist_ok=True)
    (deck / name).write_text("A = 1\n")
    trust.trust(deck)
    assert trust.read_trusted(deck / "demos" / "x.py")
    (deck / name).write_text("A = 2\n")
    with pytest.raises(MltermsError, match=f"{name} changed since"):
        trust.read_trusted(deck / "demos" / "x.py")
    trust.trust(deck, mine=True)
    (deck / name).write_text("A = 3\n")
    assert trust.read_trusted(deck / "demos" / "x.py")


def test_a_changed_card_does_not_keep_a_demo_from_running(deck: Path) -> None:
    trust.trust(deck)
    (deck / "content" / "basics" / "line.md").write_text("Another.\n")
    assert trust.read_trusted(deck / "demos" / "x.py")
