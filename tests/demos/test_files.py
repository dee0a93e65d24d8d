"""The bundled demo files as pages to read."""

import ast

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import list_demos

FILES = sorted((bundle() / "demos").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_is_a_page(path) -> None:  # type: ignore[no-untyped-def]  # pytest gives a Path
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 40 <= len(lines) <= 145
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("demo", list_demos(bundle() / "demos"), ids=lambda demo: demo.name)
def test_a_demo_says_what_to_look_for_and_what_it_decides(demo) -> None:  # type: ignore[no-untyped-def]  # a DemoInfo
    assert demo.problem is None or demo.problem == ""
    assert demo.doc.strip()
    assert demo.terms
    assert demo.predictions


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_imports_only_numpy_and_what_demos_are_made_of(path) -> None:  # type: ignore[no-untyped-def]  # a Path
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roots = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert roots <= {"mlterms.demo", "mlterms.plot", "mlterms.nn", "numpy.polynomial"}
