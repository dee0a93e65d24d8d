"""SQL as every supported Python takes it."""

from __future__ import annotations

import re
from pathlib import Path

import mlterms

NUMBERED = re.compile(r"[=(,<>] ?\?\d")


def test_no_placeholder_is_numbered() -> None:
    """Python 3.12 warns of `?1` filled from a sequence, and 3.14 refuses it."""
    sources = Path(mlterms.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if NUMBERED.search(path.read_text(encoding="utf-8"))] == []
    assert NUMBERED.search("WHERE question = ?1")
