"""What a search finds, and in which order; and that nothing that can be typed is too much for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlterms.store.index.reader import Index, open_index
from mlterms.store.index.search import LONGEST, resolve, search
from mlterms.store.index.text_folding import fold

Cards = Any


@pytest.fixture
def index(deck: Cards, index_of: Callable[..., Index]) -> Index:
    deck.card(
        "learning-rate",
        title="learning rate",
        aliases=["lr", "step size", "η"],
        definition="The number that the gradient is multiplied by.",
        text="You stand on a hillside in fog. With w ← w − η · ∂L/∂w you go down. See **Nesterov**.",
    )
    deck.card("gradient", definition="The slope of the loss.", text="A déjà vu of slopes, ascending.")
    deck.card(
        "gradient-descent",
        title="gradient descent",
        definition="Following the slope down at some learning rate.",
        needs=["gradient"],
    )
    deck.card(
        "l2",
        title="L2 regularisation",
        aliases=["weight decay", "ridge"],
        explains=["shrinkage", "step size"],
        found_by=["tame weights", "shrinkage"],
        definition="Small weights.",
    )
    deck.card("weight", definition="A number that multiplies an input.", text="Ridges have no gradient.")
    deck.card(
        "overfitting", definition="Fitting accidents.", text="The lr is too small, or a weight too large."
    )
    deck.card("neuron", title="neuron (unit)", definition="One weighted sum.", text="Grey, coloured weights.")
    deck.card("bias", definition="Added to the weighted sum.", text="The L2 penalty leaves it alone.")
    return index_of(deck)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # the whole title, before names that begin so or hold it, before definitions, before the rest
        ("gradient", "gradient:title gradient-descent:prefix learning-rate:definition weight:text"),
        ("Weight", "weight:title l2:prefix bias:definition neuron:definition overfitting:text"),
        ("weight decay", "l2:alias"),
        # a notion that is explained on a card, after the term that is called so
        ("shrinkage", "l2:alias"),
        # words that people type, which are no name of anything
        ("tame weights", "l2:alias"),
        ("step size", "learning-rate:alias l2:alias"),
        # a plural finds what its singular names
        ("gradients", "gradient:title"),
        ("Learning Rates", "learning-rate:title"),
        ("losses", ""),
        # a word without its ending, before texts that have it
        ("weighted", "weight:prefix bias:definition neuron:definition"),
        ("biased", "bias:prefix"),
        ("step", "learning-rate:prefix l2:prefix"),
        ("rate", "learning-rate:part gradient-descent:definition"),
        ("descent gradient", "gradient-descent:part"),
        ("slope", "gradient:definition gradient-descent:definition"),
        ("fog hillside", "learning-rate:text"),
        ("unit", "neuron:alias"),
        ("neuron", "neuron:title"),
        # one and two characters: the whole name, how names begin, what they hold, whole words of the text
        ("L2", "l2:title bias:text"),
        ("lr", "learning-rate:alias overfitting:text"),
        ("η", "learning-rate:alias"),
        ("∂", ""),  # only with what it stands before
        ("∂L", "learning-rate:text"),
        ("gr", "gradient:prefix gradient-descent:prefix"),
        ("or", "overfitting:text"),
        ("w", "weight:prefix l2:prefix learning-rate:text"),
        ("l2 regul", "l2:prefix"),
        ("regul l2", "l2:definition"),
        # accents, case, hyphens
        ("DEJA VU", "gradient:text"),
        ("déjà", "gradient:text"),
        ("learning_rate", "learning-rate:title gradient-descent:definition"),
        ("nesterov", "learning-rate:text"),
        # British and American spelling, also of a word that is not finished
        ("regularization", "l2:part"),
        ("regulariz", "l2:part"),
        ("colored", "neuron:text"),
        ("gray weights", "neuron:text"),
        # slips
        ("gradeint", "gradient:near"),
        ("graident descent", "gradient-descent:near"),
        ("overfiting", "overfitting:prefix"),
        ("wieght", "weight:near"),
        ("baise", "bias:near"),
        ("neurno", "neuron:near"),
        # slips at the beginning of a name, as one types it
        ("overift", "overfitting:near"),
        ("ovrfi", "overfitting:near"),
        ("gardie", "gradient:near gradient-descent:near"),
        ("learnign", "learning-rate:near"),
        ("lerning r", "learning-rate:near"),
        ("wiegt", "weight:near"),
        ("zzz", ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_what_is_found_best_first(index: Index, typed: str, found: str) -> None:
    hits = search(index, typed)
    assert " ".join(f"{hit.term.removeprefix('d:')}:{hit.kind}" for hit in hits) == found


def test_a_hit_shows_the_line_that_has_the_words(index: Index) -> None:
    assert search(index, "fog")[0].snippet.startswith("You stand on a hillside in fog.")
    assert search(index, "multiplied")[0].snippet == "The number that the gradient is multiplied by."
    assert search(index, "weight")[0].snippet == "A number that multiplies an input."


def test_a_snippet_is_prose_without_signs_of_markdown_and_code_only_where_nothing_else_has_the_words(
    deck: Cards, index_of: Callable[..., Index]
) -> None:
    code = "```python\n>>> pebble + boulder\n3\n>>> sand\n```"
    text = f"Uphill:\n\n{code}\n\n- *A pebble* is **in** [the bag](b.md), `w`."
    deck.card("a", text=text)
    index = index_of(deck)
    assert search(index, "pebble")[0].snippet == "Uphill: A pebble is in the bag, w."
    assert search(index, "boulder")[0].snippet == ">>> pebble + boulder"


def test_a_long_line_is_cut_between_words_around_what_was_found(
    deck: Cards, index_of: Callable[..., Index]
) -> None:
    deck.card("a", text="before " * 100 + "needle " + "after " * 100)
    snippet = search(index_of(deck), "needle")[0].snippet
    assert len(snippet) <= 142
    words = snippet.strip("…").split()
    assert set(words) == {"before", "needle", "after"}
    assert snippet.startswith("…before ")
    assert snippet.endswith(" after…")


def test_no_more_hits_come_than_were_asked_for(index: Index) -> None:
    for limit in range(5):
        assert len(search(index, "weight", limit)) == limit
    assert [hit.kind for hit in search(index, "weight", 1)] == ["title"]


def test_every_term_is_found_by_its_title(index: Index) -> None:
    for row in index.terms():
        assert search(index, row.title)[0].term == row.id


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root: Path = tmp_path_factory.mktemp("deck")
    (root / "content").mkdir()
    (root / "content" / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (root / "content" / "a.md").write_text(
        '---\ntitle: near or not\ntopic: t\n---\n\nA AND b, NEAR(c) "d" e*.\n'
    )
    return open_index([root], tmp_path_factory.mktemp("cache"))


typed = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="ab \"*^:(){}+-.,\0'%_\\\ud800\u0301é😀", max_size=20),
    st.lists(
        st.sampled_from(["AND", "OR", "NOT", "NEAR(", '"', "a*", "text:", "{a b}:", "^", "né", "-"])
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(words=typed)
@example(words='"')
@example(words="\0\0\0")
@example(words="a" * 100_000)
@example(words="word " * 10_000)
@example(words="\u0301\u0301\u0301")
@example(words="İıſßﬀ")
def test_anything_can_be_typed(small: Index, words: str) -> None:
    assert len(search(small, words, 3)) <= 1
    resolve(small, words)


def test_only_the_beginning_of_a_very_long_query_is_looked_at(small: Index) -> None:
    assert search(small, "near" + " " * LONGEST + "nothing")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Batch-Size", "batch size"),
        ("  a\tb\nc  ", "a b c"),
        ("x² + w₁", "x2 + w1"),
        ("Ångström", "angstrom"),
        ("STRASSE ß", "strasse ss"),
        ("a\0b\ud800c", "a b c"),
        ("Η η", "η η"),
    ],
)
def test_what_is_alike(text: str, result: str) -> None:
    assert fold(text) == result


@given(text=st.text(max_size=30))
def test_what_was_made_alike_stays_so(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("训练", "definition"),
        ("练数", "definition"),
        ("数", "definition"),
        ("规律", "definition"),
        ("值的影", "text"),
        ("カード", "text"),
        ("ตัวอย่าง", "text"),
        ("ממצע", "text"),
        ("المتوسط", "text"),
    ],
)
def test_words_of_scripts_without_spaces_or_with_vowel_signs_are_found(
    deck: Cards, index_of: Callable[..., Index], typed: str, kind: str
) -> None:
    deck.card(
        "overfit",
        title="过拟合",
        definition="模型把训练数据记住了，而不是学会了规律。",
        text="外れ值的影响。このカードを見る。นี่คือตัวอย่างหนึ่ง. הוא מְמֻצָּע. هو المُتَوَسِّط.",
    )
    deck.card("other", title="别的", definition="完全不同的东西。")
    hits = search(index_of(deck), typed)
    assert [(hit.title, hit.kind) for hit in hits] == [("过拟合", kind)]
    if typed == "规律":
        assert "规律" in hits[0].snippet


def test_titles_come_before_other_names_and_what_was_found_is_said(
    deck: Cards, index_of: Callable[..., Index]
) -> None:
    deck.card("ensemble", definition="Several models.", explains=["gradient boosting"])
    deck.card("vanishing-gradient", title="vanishing gradient", definition="It gets smaller.")
    deck.card(
        "sgd", title="stochastic descent", definition="Random batches.", aliases=["gradient with noise"]
    )
    hits = search(index_of(deck), "grad")
    assert [hit.title for hit in hits] == ["vanishing gradient", "stochastic descent", "ensemble"]
    assert [hit.snippet for hit in hits] == [
        "It gets smaller.",
        "Also called gradient with noise. Random batches.",
        "Also explains gradient boosting. Several models.",
    ]
