"""British and American spelling."""

import pytest

from mlterms.base.spelling import american, both_spellings


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("colour", "color"),
        ("odour", "odor"),
        ("odourless", "odorless"),
        ("centres", "centers"),
        ("centred", "centered"),
        ("catalogues", "catalogs"),
        ("programmes", "programs"),
        ("licences", "licenses"),
        ("practising", "practicing"),
        ("greyscale", "grayscale"),
        ("metres", "meters"),
        ("normalise", "normalize"),
        ("modelling", "modeling"),
    ],
)
def test_a_word_is_found_in_both_spellings(british, other):
    assert american(british) == other
    assert american(other) == other
    assert both_spellings(british) == [british, other]
    assert both_spellings(other) == [other, british]


@pytest.mark.parametrize(
    "word", ["noise", "raise", "hour", "four", "tall", "bias", "tensor", "score", "loss"]
)
def test_a_word_that_is_spelled_alike_stays_as_it_is(word):
    assert american(word) == word
