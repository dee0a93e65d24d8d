"""The docstring of a demo in its three parts: a title, what you see, and what to try."""

from __future__ import annotations

import ast
from typing import NamedTuple

from mlterms.base.errors import FileError
from mlterms.base.text import clean, one_line
from mlterms.demo.tries import Try, read_tries

_TRY = "Try:"


class DocParts(NamedTuple):
    """The docstring of a demo, taken apart.

    title: the first line. about: what you see. tries: what to try, in order; perhaps nothing.
    """

    title: str
    about: str
    tries: tuple[Try, ...]


def read_docstring(path: str, tree: ast.Module) -> DocParts:
    """The docstring of a demo's module. Raises FileError with the line and what to write."""
    docstring = ast.get_docstring(tree) or ""
    title, _, rest = docstring.partition("\n")
    if not title.strip():
        raise FileError(path, 1, 'a demo begins with a docstring; its first line is the title: """…"""')
    lines = clean(rest).strip().splitlines()
    begins = [number for number, line in enumerate(lines) if line.startswith(_TRY)]
    if not begins:
        return DocParts(_title(title), "\n".join(lines), ())
    first, *others = begins
    tries = "\n".join(lines[first:]).removeprefix(_TRY).strip()
    if others or "\n\n" in tries or (first and lines[first - 1].strip()):
        line = _line_of(tree, others[0] if others else 0)
        raise FileError(path, line, f"the docstring ends with one paragraph that begins with `{_TRY}`")
    if not tries:
        raise FileError(path, _line_of(tree, 0), f"say what to try after `{_TRY}`, or leave it out")
    try:
        return DocParts(_title(title), "\n".join(lines[:first]).strip(), read_tries(tries))
    except ValueError as error:
        raise FileError(path, _line_of(tree, 0), str(error)) from None


def _title(line: str) -> str:
    return one_line(line).removesuffix(".")


def _line_of(tree: ast.Module, which: int) -> int:
    """The line in the file of the first line of the docstring that begins with `Try:`, or of the last one."""
    node = tree.body[0]
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.Constant)
    raw = str(node.value.value).splitlines()
    found = [node.lineno + number for number, line in enumerate(raw) if line.strip().startswith(_TRY)]
    return found[-1 if which else 0]
