"""Each piece of a picture is there for at least two demos."""

from __future__ import annotations

import ast
from collections import Counter
from importlib import import_module

import pytest

from mlterms import plot
from mlterms.base.paths import bundle
from mlterms.plot.mark import Mark

OF_THE_PLAYER = {"Band", "Mark"}  # over seeds, and the base of all marks
KEYWORDS = [
    ("Network", "units"),
    ("Field", "contours"),
    ("Field", "centre"),
    ("Field", "level"),
    ("Panel", "axes"),
    ("Panel", "equal"),
    ("Panel", "share_x"),
    ("Points", "classes"),
    ("Points", "wrong"),
]


def calls() -> Counter[tuple[str, str]]:
    """(piece, keyword) → how many demos use it; the keyword is "" for the piece itself."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted((bundle() / "demos").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        renamed = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "mlterms.plot"
            for alias in node.names
        }
        used = {
            (renamed[node.func.id], keyword)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in renamed
            for keyword in ["", *[str(each.arg) for each in node.keywords]]
        }
        found.update(used)
    return found


USED = calls()


@pytest.mark.parametrize("piece", sorted(set(plot.__all__) - OF_THE_PLAYER))
def test_two_demos_draw_each_mark(piece: str) -> None:
    made = getattr(import_module("mlterms.plot"), piece)
    if isinstance(made, type) and issubclass(made, Mark):
        assert USED[piece, ""] >= 2


def test_one_demo_draws_pixels_in_a_field_and_another_in_tiles() -> None:
    assert USED["Field", "smooth"] >= 1 <= USED["Tiles", "smooth"]


@pytest.mark.parametrize(("piece", "keyword"), KEYWORDS)
def test_two_demos_use_each_feature(piece: str, keyword: str) -> None:
    assert USED[piece, keyword] >= 2
