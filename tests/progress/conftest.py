"""A workspace with the cards of the program and an empty history, on a Friday morning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlterms.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path))
    with Workspace(now="2026-11-20T09:00+00:00") as workspace:
        yield workspace
