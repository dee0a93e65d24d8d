"""When a typed answer is the accepted one, when it is a slip of the keyboard, and when it is another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.quiz.wording import is_same, is_slip, one_slip_apart

SAME = [
    ("loss", "Loss"),
    ("training set", "Training-Set"),
    ("training data", "the  training data."),
    ("dataset", "data set"),
    ("backpropagation", "back-propagation"),
    ("wx + b", "wx+b"),
    ("n - 1", "n-1"),
    ("n−1", "n - 1"),
    ("x <= 3", "x ≤ 3"),
    ("max(0, z)", "max( 0,z )"),
    ("w*x", "w·x"),
    ("top-5", "top 5"),
    ("loss", "“loss”"),
    ("σ(z)", "sigma(z)"),
    ("w − η·g", "w - eta*g"),
    ("loss", "‘loss’"),
    ("loss", "«loss»"),
    ("loss", '"loss."'),
    ("loss", "*loss*"),
    ("loss", "`loss`"),
    ("loss", "loss。"),
    ("loss", "loss!"),
    ("loss", "ｌｏｓｓ"),
    ("loss", "lo\u200bss\u200f"),
    ("loss", "\ufeffloss"),
    ("Bayes' theorem", "Bayes’ theorem"),
    ("f'", "f′"),
    ("naive Bayes", "naïve Bayes"),
    ("η", "eta"),
    ("λ", "lambda"),
    ("colour", "color"),
    ("grey", "gray"),
    ("normalisation", "normalization"),
    ("optimiser", "optimizer"),
    ("labelling", "labeling"),
    ("modelled", "modeled"),
    ("centre", "center"),
    ("centred", "centered"),
    ("analyse", "analyze"),
    ("epoch", "epochs"),
    ("bias", "biases"),
    ("weight", "weights"),
    ("loss", "losses"),
    ("batch", "batches"),
    ("matrix", "matrices"),
    ("axis", "axes"),
    ("minimum", "minima"),
    ("training example", "training examples"),
    ("∂L/∂w", "dL/dw"),
    ("eˣ", "e^x"),
    ("xᵀ", "x^T"),
    ("e^x", "e**x"),
    ("x²", "x**2"),
    ("e^(-x)", "e^{-x}"),
    ("√n", "sqrt(n)"),
    ("√(n + 1)", "sqrt(n+1)"),
    ("ŷ", "y_hat"),
    ("ŷ − y", "y hat - y"),
    ("mould", "mold"),
    ("moulding", "molding"),
    ("fulfil", "fulfill"),
    ("generalisability", "generalizability"),
    ("type I error", "type 1 error"),
    ("type-II error", "Type 2 error"),
    ("wx + b", "w*x + b"),
    ("wx + b", "w·x + b"),
    ("3×2", "3x2"),
    ("10 × 20", "10 x 20"),
    ("xᵢ", "x_i"),
    ("xᵢ", "x_{i}"),
    ("√x", "sqrt x"),
    ("bias & variance", "bias and variance"),
    ("i.i.d.", "iid"),
    ("i.i.d.", "i.i.d"),
]

SLIPS = [
    ("vanising gradient", "vanishing gradient"),
    ("lable", "label"),
    ("errro", "error"),
    ("gardient", "gradient"),
    ("gradent", "gradient"),
    ("graddient", "gradient"),
    ("gradiant", "gradient"),
    ("trainig set", "training set"),
    ("gradient decsent", "gradient descent"),
    ("optimzer", "optimiser"),
    ("type I errror", "type I error"),
    ("machin lerning", "machine learning"),
    ("stocastic gradiant decent", "stochastic gradient descent"),
    ("derivate", "derivative"),
    ("acurracy", "accuracy"),
    ("over fiting", "overfitting"),
    ("back propogation", "backpropagation"),
    *(("stpe", "step"), ("bais", "bias"), ("biass", "bias"), ("baias", "bias"), ("los", "loss")),
    *(("eror", "error"), ("erro", "error"), ("epock", "epoch"), ("bach", "batch"), ("btach", "batch")),
    *(("fetures", "feature"), ("paramters", "parameter"), ("nurons", "neuron"), ("feture", "features")),
]

DIFFERENT = [
    ("angel", "angle"),
    ("from", "form"),
    *(
        ("less", "loss"),
        ("lose", "loss"),
        ("logic", "logit"),
        ("modal", "model"),
        ("bia", "bias"),
        ("nod", "node"),
    ),
    ("trail", "trial"),
    ("type 1 error", "type II error"),
    ("x**2 + 1", "x*2 + 1"),
    ("0x10", "0×10"),
    ("w*x + b", "w + x + b"),
    ("&", "&&"),
    ("a.b", "ab"),
    ("x**2", "x*2"),
    ("ŷ", "y"),
    ("e^x", "ex"),
    ("**", "^"),
    ("δL/δw", "dL/dw"),
    ("casual model", "causal model"),
    ("AdamW", "Adam"),
    ("simple", "sample"),
    ("content", "context"),
    ("encode", "encoder"),
    ("σ(z)", "theta(z)"),
    ("less", "loss"),
    ("n", "n!"),
    ("f", "f'"),
    (".5", "5"),
    ("*", "**"),
    ("n + 1", "n - 1"),
    ("y", "ŷ"),
    ("type I error", "type II error"),
    ("x-axis", "y-axis"),
    ("class A", "class B"),
    ("p-value", "q-value"),
    ("micro-average", "macro-average"),
    ("argmax", "argmin"),
    ("symmetric", "asymmetric"),
    ("underfitting", "overfitting"),
    ("supervised", "unsupervised"),
    ("encoder", "decoder"),
    ("batch 16", "batch 15"),
    ("gradient descent", "gradient"),
    ("grdaeint", "gradient"),
    ("gradint decsnt", "gradient descent"),
    ("iteration", "interaction"),
    ("convolution", "convolutional"),
    ("derivation", "derivative"),
    ("covariate", "covariance"),
    ("quantitative", "qualitative"),
    ("training eror set", "training set"),
    ("lerning loss", "learning less"),
    ("", "gradient"),
    ("-", "."),
]


@pytest.mark.parametrize(("accepted", "typed"), SAME)
def test_what_only_looks_different_is_the_same_both_ways(accepted: str, typed: str) -> None:
    assert is_same(typed, accepted)
    assert is_same(accepted, typed)


@pytest.mark.parametrize(("typed", "accepted"), SLIPS)
def test_one_slip_in_each_longer_word_is_forgiven_both_ways(typed: str, accepted: str) -> None:
    assert is_slip(typed, accepted)
    assert is_slip(accepted, typed)
    assert not is_same(typed, accepted)


@pytest.mark.parametrize(("typed", "accepted"), DIFFERENT)
def test_another_term_is_neither_the_same_nor_a_slip(typed: str, accepted: str) -> None:
    assert not is_same(typed, accepted)
    assert not is_slip(typed, accepted)
    assert not is_slip(accepted, typed)


@pytest.mark.parametrize(("typed", "meant"), [("gardient", "gradient"), ("gradients", "gradient")])
def test_one_letter_is_one_slip(typed: str, meant: str) -> None:
    assert one_slip_apart(typed, meant)


# -- laws ----------------------------------------------------------------------------------------------------

letters = st.text("abcdeilnorstxyz", min_size=1, max_size=9)
phrases = st.lists(letters, min_size=1, max_size=3).map(" ".join)
typed_text = st.one_of(
    st.text(max_size=12), phrases, st.sampled_from([a for pair in SAME + SLIPS for a in pair])
)


@given(typed_text)
def test_whatever_is_accepted_is_right_as_it_stands(text: str) -> None:
    assert is_same(text, text)


@given(typed_text, typed_text)
def test_both_relations_are_symmetric(a: str, b: str) -> None:
    assert is_same(a, b) == is_same(b, a)
    assert is_slip(a, b) == is_slip(b, a)


@given(letters, st.integers(0, 9), st.sampled_from("abcdeilnorstxyz"))
def test_one_wrong_letter_is_near_in_both_directions(word: str, place: int, letter: str) -> None:
    wrong = word[:place] + letter + word[place + 1 :]
    assert one_slip_apart(word, wrong) == one_slip_apart(wrong, word)


@given(phrases, st.sampled_from(["“{}”", "«{}»", "'{}'", "{}.", " {} ", "the {}", "{}\u200b", "*{}*"]))
def test_quotation_marks_spaces_and_invisible_characters_do_not_count(phrase: str, frame: str) -> None:
    if len(phrase) > 2 and len(phrase.split()[0]) > 1 and not phrase.startswith("an "):
        assert is_same(frame.format(phrase), phrase)


@given(st.lists(st.sampled_from(["w", "x", "b", "10", "n"]), min_size=2, max_size=4), st.data())
def test_spaces_round_operators_do_not_count(parts: list[str], data: st.DataObject) -> None:
    tight, loose = parts[0], parts[0]
    for part in parts[1:]:
        operator = data.draw(st.sampled_from("+-*/=<>"))
        space = data.draw(st.sampled_from(["", " ", "  "]))
        tight += f"{operator}{part}"
        loose += f"{space}{operator}{space}{part}"
    assert is_same(loose, tight)
