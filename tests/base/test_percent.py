"""Shares as percentages."""

import re
from pathlib import Path

import pytest

import mlterms
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


def test_no_share_is_written_in_another_way() -> None:
    """Python's own `%` rounds 0.625 to 62%, which is not what the cards and the counts beside it say."""
    root = Path(mlterms.__file__).parent
    own = re.compile(r":[^{}\"]*\.\d%[}\"]")
    found = [path.name for path in root.rglob("*.py") if own.search(path.read_text("utf-8"))]
    assert found == ["percent.py"]
