"""The learner's own versions of cards of the first deck, and the ids that questions had before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mlterms.store.index.reader import Index

Cards = Any
IndexOf = Callable[..., Index]


def test_an_own_version_takes_the_place_of_the_card_with_the_same_ids(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    bundle, overlay = new_deck("bundle"), new_deck("overlay")
    bundle.card("a", title="theirs", questions=["one", "two"])
    bundle.card("b", needs=["a"])
    path = overlay.card("a", title="mine", questions=["one", "three"])
    index = index_of(bundle, overlay=overlay.root)
    assert [row.title for row in index.terms()] == ["mine", "b"]
    assert index.term("a").path == str(path)
    assert index.questions_of("a") == ["d:a/one", "d:a/three"]
    assert index.why_aside("d:a/two") == f"{path} has no question `two` now"
    path.unlink()
    assert [row.title for row in index_of(bundle, overlay=overlay.root).terms()] == ["theirs", "b"]


def test_only_the_first_deck_is_laid_over(new_deck: Callable[..., Cards], index_of: IndexOf) -> None:
    bundle, own, overlay = new_deck("bundle", deck="one"), new_deck("own", deck="two"), new_deck("overlay")
    bundle.card("a", title="first")
    own.card("b", title="second")
    overlay.card("b", title="mine")
    index = index_of(bundle, own, overlay=overlay.root)
    assert [row.title for row in index.terms()] == ["first", "second"]
    (problem,) = index.problems()
    assert problem.severity == "warning"
    assert Path(problem.path) == overlay.root / "content" / "b.md"


def test_while_an_own_version_is_broken_the_installed_card_is_used(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    bundle, overlay = new_deck("bundle"), new_deck("overlay")
    bundle.card("a", title="theirs", questions=["one"])
    path = overlay.write("content/a.md", "oh no")
    index = index_of(bundle, overlay=overlay.root)
    assert [row.title for row in index.terms()] == ["theirs"]
    assert index.questions_of("a") == ["d:a/one"]
    told = index.problems()
    assert {problem.path for problem in told} == {str(path)}
    assert "the card that came with mlterms is used" in " ".join(problem.message for problem in told)
    overlay.card("a", title="mine", questions=["two"])
    assert [row.title for row in index_of(bundle, overlay=overlay.root).terms()] == ["mine"]


def test_an_overlay_that_is_not_there_changes_nothing(deck: Cards, index_of: IndexOf, tmp_path: Path) -> None:
    deck.card("a")
    assert len(index_of(deck, overlay=tmp_path / "nowhere").terms()) == 1


def test_former_ids_of_questions_and_terms_lead_to_the_present_ones(deck: Cards, index_of: IndexOf) -> None:
    deck.card("sgd", was=["stochastic"], questions=["one", "two (was: zwei)", "three (was: loss/drei)"])
    deck.card("loss")
    assert index_of(deck).renames() == {
        "d:sgd/zwei": "d:sgd/two",
        "d:loss/drei": "d:sgd/three",
        "d:stochastic/one": "d:sgd/one",
        "d:stochastic/two": "d:sgd/two",
        "d:stochastic/three": "d:sgd/three",
        "d:stochastic/zwei": "d:sgd/two",
    }


def test_a_former_id_that_is_in_use_or_claimed_twice_renames_nothing(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a", questions=["one (was: two)", "two", "x (was: old)", "y (was: old)"])
    index = index_of(deck)
    assert index.renames() == {}
    assert {problem.severity for problem in index.problems()} == {"error"}
