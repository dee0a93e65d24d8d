"""The distance between words, beside its definition written out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.base.edit_distance import distance, distance_to_beginning

letters = st.text(alphabet="abc", max_size=5)


def plain_distance(a: str, b: str) -> int:
    """By the definition, without bound or band."""
    if not a or not b:
        return len(a) + len(b)
    options = [
        plain_distance(a[1:], b) + 1,
        plain_distance(a, b[1:]) + 1,
        plain_distance(a[1:], b[1:]) + (a[0] != b[0]),
    ]
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        options.append(plain_distance(a[2:], b[2:]) + 1)
    return min(options)


@settings(max_examples=150, deadline=None)
@given(a=letters, b=letters, bound=st.integers(0, 4))
def test_the_distance_is_that_of_the_definition_up_to_its_bound(a: str, b: str, bound: int) -> None:
    assert distance(a, b, bound) == min(plain_distance(a, b), bound + 1)


@settings(max_examples=100, deadline=None)
@given(a=letters, b=letters, bound=st.integers(0, 4))
def test_the_distance_to_a_beginning_is_that_to_the_nearest_of_them(a: str, b: str, bound: int) -> None:
    nearest = min(plain_distance(a, b[:end]) for end in range(len(b) + 1))
    assert distance_to_beginning(a, b, bound) == min(nearest, bound + 1)
