"""Files and functions are short enough to be read as a whole."""

import ast
from pathlib import Path

import mlterms

PACKAGE = Path(mlterms.__file__).parent
TESTS = Path(__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundle" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 400, 50  # lines; of a function without its docstring

LONGER = {
    # A backward pass is one derivation: each line uses those before it, and a part alone proves nothing.
    ("fitting/model.py", "_backward"),
}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first, end = function.body[0], function.end_lineno or 0
    has_docstring = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return end - function.lineno + 1 - docstring


def test_no_file_is_too_long_to_be_read() -> None:
    lengths = {
        path.relative_to(folder.parent).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder, files in ((PACKAGE, FILES), (TESTS, TESTS.rglob("*.py")))
        for path in files
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_be_read() -> None:
    too_long = {
        (path.relative_to(PACKAGE).as_posix(), node.name)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION
    }
    assert too_long == LONGER
