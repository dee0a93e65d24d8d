"""A workspace with the cards of the program and an empty history, on a Friday morning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlterms.store.workspace import Workspace


@pytest.fixture
def tmp_path(same_place: Path) -> Path:
    """At the same path for each test, so that the index of the cards is built once."""
    return same_place


@pytest.fixture
def workspace(tmp_path: Path, card_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    for name, place in (("DATA", tmp_path), ("CONFIG", tmp_path), ("CACHE", card_cache)):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place))
    with Workspace(now="2026-11-20T09:00+00:00") as workspace:
        yield workspace
