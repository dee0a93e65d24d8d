"""Everything public in mlterms.nn is there for a demo."""

from __future__ import annotations

import ast

from mlterms import nn
from mlterms.base.paths import bundle


def imported_by_demos() -> set[str]:
    return {
        alias.name
        for path in (bundle() / "demos").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "mlterms.nn"
        for alias in node.names
    }


def test_every_public_name_is_imported_by_a_demo() -> None:
    assert set(nn.__all__) - imported_by_demos() == set()
