"""How terms depend on each other: the order to learn them in, and what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.glossary.graph import find_wrong, study_order
from mlterms.glossary.types import Term


def deck(topic: str = "t", /, **needs: str) -> dict[str, Term]:
    """Terms by what they need: `deck(a="", b="a")`."""
    return {key: Term(key, key, topic, "d", needs=tuple(value.split())) for key, value in needs.items()}


ORDERS = {
    "needs first": (deck(a="b", b="c", c=""), (), "c b a"),
    "by id where nothing else decides": (deck(c="", a="", b=""), (), "a b c"),
    "the deck's order decides between equals": (deck(a="", b="", c=""), ("c", "b"), "c b a"),
    "needs count for more than the deck's order": (deck(a="b", b="", c=""), ("a", "c"), "c b a"),
    "an unknown need counts as met": (deck(a="zzz", b=""), (), "a b"),
    "a need named twice counts once": (deck(a="b b", b=""), (), "b a"),
    "a term that needs itself is still there": (deck(a="a", b="a"), (), "a b"),
    "a circle begins with its first by id": (deck(a="b", b="c", c="a"), (), "a c b"),
    "a circle begins with its first by order": (deck(a="b", b="c", c="a"), ("b",), "b a c"),
    "what waits for a circle comes after it": (deck(a="y", x="y", y="x"), (), "x y a"),
    "two circles, one behind the other": (deck(a="b x", b="a", x="y", y="x"), (), "x y a b"),
    "nothing": ({}, ("a",), ""),
}


@pytest.mark.parametrize(("terms", "order", "expected"), ORDERS.values(), ids=ORDERS)
def test_the_order_to_learn_in(terms: dict[str, Term], order: tuple[str, ...], expected: str) -> None:
    assert study_order(terms, order) == expected.split()


def test_topics_decide_before_ids() -> None:
    terms = {**deck("loss", a="", d=""), **deck("maths", b="", c=""), **deck("other", e="")}
    assert study_order(terms, ["d"], ["maths", "loss"]) == ["d", "b", "c", "a", "e"]


ids = st.sampled_from([f"t{i}" for i in range(12)])


@given(st.dictionaries(ids, st.lists(ids, max_size=4).map(" ".join)), st.lists(ids, unique=True))
def test_every_term_is_learned_once_and_after_its_needs(needs: dict[str, str], order: list[str]) -> None:
    terms = deck(**needs)
    learned = study_order(terms, order)
    assert sorted(learned) == sorted(terms)
    assert learned == study_order(dict(reversed(terms.items())), order)
    if not any(
        "need each other" in wrong.message or wrong.about == wrong.term for wrong in find_wrong(terms)
    ):
        place = {term_id: i for i, term_id in enumerate(learned)}
        assert all(place[need] < place[key] for key in terms for need in terms[key].needs if need in terms)


def test_a_long_chain_is_no_trouble() -> None:
    count = 5_000
    chain = deck(**{f"t{i}": f"t{i + 1}" for i in range(count)}, **{f"t{count}": ""})
    assert study_order(chain)[0] == f"t{count}"
    assert list(find_wrong(chain)) == []
    circle = deck(**{f"t{i}": f"t{(i + 1) % count}" for i in range(count)})
    assert len(list(find_wrong(circle))) == 1
    assert len(study_order(circle)) == count


def told(terms: dict[str, Term], planned: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    return [(wrong.term, wrong.key, wrong.about, wrong.severity) for wrong in find_wrong(terms, planned)]


def test_a_circle_is_reported_once_with_the_way_round() -> None:
    wrong = list(find_wrong(deck(a="b", b="c d", c="a", d="e", e="b", f="a")))
    assert [each.term for each in wrong] == ["a"]
    assert "`a` → `b` → `c` → `a`" in wrong[0].message


def test_unknown_needs_are_errors_unless_planned() -> None:
    terms = deck(a="gradient gradeint", gradients="")
    assert told(terms, ("gradient",)) == [("a", "needs", "gradeint", "error")]
    assert "did you mean `gradient`?" in next(find_wrong(terms, ("gradient",))).message
    assert "[planned]" in next(find_wrong(deck(a="zzz"))).message


def test_a_term_that_names_itself_is_an_error() -> None:
    assert told(deck(a="a")) == [("a", "needs", "a", "error")]
    assert told({"a": Term("a", "a", "t", "d", contrast=("a",))}) == [("a", "contrast", "a", "error")]


def test_a_contrast_that_goes_one_way_is_a_warning_about_the_other_card() -> None:
    one = Term("a", "a", "t", "d", contrast=("b", "planned"))
    assert told({"a": one, **deck(b="")}, ("planned",)) == [("b", "contrast", "a", "warning")]
    both = Term("b", "b", "t", "d", contrast=("a",))
    assert told({"a": one, "b": both}, ("planned",)) == []
