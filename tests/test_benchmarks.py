"""The benchmarks are not run here, but what they import from mlterms is there."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[1] / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path: Path) -> None:
    missing = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "mlterms":
            module = importlib.import_module(node.module or "")
            for name in (alias.name for alias in node.names):
                if (
                    not hasattr(module, name)
                    and importlib.util.find_spec(f"{module.__name__}.{name}") is None
                ):
                    missing.append(f"{module.__name__}.{name}")
    assert missing == []
