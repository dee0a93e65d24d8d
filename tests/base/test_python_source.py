"""Python source as a syntax tree, from several threads at once."""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mlterms.base.python_source import expression_syntax, module_syntax


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """A collector that runs Python code all the time, and threads that take turns as often as possible."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()

    def some_python(phase: str, info: dict[str, int]) -> None:
        sum(range(200))

    gc.callbacks.append(some_python)
    gc.set_threshold(5)
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*threshold)
    gc.callbacks.remove(some_python)


@pytest.mark.usefixtures("eager_switching")
def test_threads_that_read_at_the_same_time_do_not_disturb_each_other() -> None:
    source = "x = " + "(" * 40 + "1" + " + 2)" * 40

    def read(_: int) -> int:
        return sum(1 for _ in ast.walk(module_syntax(source)))

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(read, range(60)))) == 1


def test_the_collector_is_as_it_was() -> None:
    gc.disable()
    try:
        module_syntax("x = 1")
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(SyntaxError):
        module_syntax("x =")
    assert gc.isenabled()


def test_an_expression_is_read_without_its_frame() -> None:
    assert isinstance(expression_syntax("1 + 2"), ast.BinOp)
    with pytest.raises(SyntaxError):
        expression_syntax("x = 1")


def test_nothing_else_makes_syntax_trees() -> None:
    package = Path(__file__).parents[2] / "mlterms"
    files = [path for path in package.rglob("*.py") if path.name != "python_source.py"]
    assert [str(path) for path in files if "ast.parse(" in path.read_text(encoding="utf-8")] == []
