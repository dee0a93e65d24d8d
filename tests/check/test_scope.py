"""What a path means: a deck, its cards, a file of it, or a card in no deck."""

import pytest

from mlterms.base.errors import CallError
from mlterms.base.paths import bundle
from mlterms.check.scope import scope_of


@pytest.mark.parametrize(
    ("path", "held"),
    [
        (".", {"content/halving.md", "demos/halving.py"}),
        ("content", {"content/halving.md"}),
        ("content/halving.md", {"content/halving.md"}),
        ("demos", {"demos/halving.py"}),
        ("demos/halving.py", {"demos/halving.py"}),
        ("demos/../content", {"content/halving.md"}),
        ("content/deck.toml", {"content/halving.md", "demos/halving.py"}),
    ],
)
def test_a_deck_or_a_part_of_it(deck, monkeypatch, path, held):
    demo = deck.demo()
    scope = scope_of(deck.root / path)
    assert (scope.root, scope.home, scope.loose) == (deck.root, deck.root, False)
    files = [deck.root / "content" / "halving.md", demo]
    assert {str(file.relative_to(deck.root)) for file in files if scope.holds(file)} == held


def test_a_path_may_be_relative(deck, monkeypatch):
    monkeypatch.chdir(deck.root / "content")
    (deck.root / "elsewhere.md").touch()
    path = type(deck.root)("halving.md")
    assert scope_of(path).only == deck.root / "content" / "halving.md"


def test_a_card_in_no_deck_is_checked_as_one_of_the_bundle(tmp_path):
    own = tmp_path / "overlay" / "content" / "epoch.md"
    own.parent.mkdir(parents=True)
    own.touch()
    scope = scope_of(own)
    assert (scope.root, scope.home, scope.loose) == (bundle(), tmp_path / "overlay", True)
    (tmp_path / "epoch.md").touch()
    assert scope_of(tmp_path / "epoch.md").home is None


def test_a_folder_with_content_and_no_deck_file_is_a_deck_that_lacks_it(tmp_path):
    (tmp_path / "content").mkdir()
    assert scope_of(tmp_path).root == tmp_path


@pytest.mark.parametrize("name", ["nowhere", "empty", "words.txt", "demo.py"])
def test_what_is_nothing_to_check_is_refused(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").touch()
    (tmp_path / "demo.py").touch()
    with pytest.raises(
        CallError, match=r"there is no file or folder|is neither a deck nor a card or demo in one"
    ):
        scope_of(tmp_path / name)


@pytest.mark.parametrize("name", ["content/notes.txt", "content/halving.py"])
def test_a_file_in_a_deck_that_is_no_card_and_no_demo_is_refused(deck, name):
    deck.write(name, "")
    with pytest.raises(CallError, match="is neither a deck nor a card or demo in one"):
        scope_of(deck.root / name)


def test_a_file_beside_content_and_demos_is_none_of_the_deck(deck):
    deck.write("notes.txt", "")
    with pytest.raises(CallError, match="is neither a deck"):
        scope_of(deck.root / "notes.txt")
