"""Python source read into a syntax tree, safely from any thread."""

from __future__ import annotations

import ast
import gc
from threading import Lock

_ONE_AT_A_TIME = Lock()


def module_syntax(source: str, name: str = "<code>") -> ast.Module:
    """The syntax tree of a module. Raises what `ast.parse` raises: SyntaxError, ValueError and others."""
    tree = _parse(source, name, "exec")
    assert isinstance(tree, ast.Module)
    return tree


def expression_syntax(source: str) -> ast.expr:
    """The syntax tree of one expression. Raises what `ast.parse` raises."""
    tree = _parse(source, "<expression>", "eval")
    assert isinstance(tree, ast.Expression)
    return tree.body


def _parse(source: str, name: str, mode: str) -> ast.AST:
    """As `ast.parse`. CPython 3.11 counts the depth of a tree that it makes in one place for all threads, and
    fails with "AST constructor recursion depth mismatch" where another thread makes one meanwhile. The
    collector waits too: it may run Python code in the middle, which lets other threads go on."""
    with _ONE_AT_A_TIME:
        collects = gc.isenabled()
        gc.disable()
        try:
            return ast.parse(source, name, mode)
        finally:
            if collects:
                gc.enable()
