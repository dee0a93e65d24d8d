"""Shares as percentages."""

import pytest

from mlterms.base.percent import percent


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.625, "63%"), (0.885, "89%"), (0.285, "29%"), (0.875, "88%"), (0.6249, "62%"), (0, "0%"), (1, "100%")],
)
def test_halves_are_rounded_up(share: float, text: str) -> None:
    assert percent(share) == text


def test_decimals_are_kept_and_what_is_not_a_number_is_said() -> None:
    assert percent(0.9825, 1) == "98.3%"
    assert percent(0.5, 1) == "50.0%"
    assert percent(float("nan")) == "nan%"
