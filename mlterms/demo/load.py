"""Finds demos and reads them: listing looks at the text alone, loading runs the file.

Whether a folder may be run at all is for the caller to decide (`mlterms.base.trust`).
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import FileError
from mlterms.base.python_source import expression_syntax, module_syntax
from mlterms.base.reading import read_plain
from mlterms.base.record import record
from mlterms.base.text import one_line
from mlterms.demo.constants import Constants, read_constants
from mlterms.demo.docstring import read_docstring
from mlterms.demo.frame import Frame
from mlterms.demo.knobs import Knobs
from mlterms.demo.state import State
from mlterms.demo.tries import Try

if TYPE_CHECKING:
    from mlterms.demo.history import Past

LARGEST = 256 * 1024  # bytes: a demo is a page
FUNCTIONS = {
    "setup": ("knobs", "rng"),
    "step": ("s", "knobs"),
    "measure": ("s", "knobs"),
    "show": ("s", "knobs", "past"),
}


@record
class DemoInfo:
    """What a demo's text says about it. The file `batch_size.py` holds the demo `batch-size`.

    title, about, tries: the parts of its docstring. terms, predictions: the ids in `TERMS` and `PREDICTIONS`.
    problem: why it cannot be used, or None.
    """

    name: str
    title: str
    about: str
    tries: tuple[Try, ...]
    terms: tuple[str, ...]
    predictions: tuple[str, ...]
    path: str
    problem: FileError | None = None


@record
class Demo:
    """A demo that has been loaded and can be run.

    title, about, tries: the parts of its docstring; settings: its class of knobs; source: its text.
    """

    name: str
    title: str
    about: str
    tries: tuple[Try, ...]
    terms: tuple[str, ...]
    predictions: tuple[str, ...]
    path: str
    source: str
    settings: type[Knobs]
    setup: Callable[[Knobs, Any], State]
    step: Callable[[State, Knobs], object]
    measure: Callable[[State, Knobs], Mapping[str, Any]]
    show: Callable[[State, Knobs, Past], Frame]
    constants: Constants

    def description(self, *, tries: bool = True) -> str:
        """What its docstring says below the title. tries: with what to try."""
        what_to_try = "\n\n".join(f"Try: {each.text}" for each in self.tries) if tries else ""
        return "\n\n".join(filter(None, (self.about, what_to_try)))

    def line(self, function: str) -> int:
        """The line on which `setup`, `step`, `measure` or `show` begins."""
        return int(getattr(self, function).__code__.co_firstlineno)


def demo_path(folder: Path, name: str) -> Path | None:
    """The file of the demo of that name in a folder, or None."""
    return next((path for path in _files(folder) if demo_name(path) == name.replace("_", "-")), None)


def list_demos(folder: Path) -> list[DemoInfo]:
    """The demos of a folder by name, none of them run. A file that is broken is listed with its problem."""
    every: list[DemoInfo] = []
    paths: dict[str, str] = {}
    for info in map(read_demo, _files(folder)):
        twin = paths.setdefault(info.name, info.path)
        if twin != info.path:
            problem = FileError(info.path, 0, f"there is another demo {info.name}: {twin}; rename one")
            info = replace(info, problem=problem)
        every.append(info)
    return sorted(every, key=lambda info: (info.name, info.path))


def read_demo(path: Path) -> DemoInfo:
    """What the text of one demo says about it, without running it."""
    try:
        return _describe(path, _parse(path, _source(path)))
    except FileError as error:
        return DemoInfo(demo_name(path), demo_name(path), "", (), (), (), str(path), error)


def read_knobs(path: Path) -> dict[str, tuple[str, ...]]:
    """The knobs that the text of a demo declares, without running it: name → the values it lists, if any."""
    try:
        tree = _parse(path, _source(path))
    except FileError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Settings":
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    found[field.target.id] = _listed_values(field, tree)
    return found


def _listed_values(field: ast.AnnAssign, tree: ast.Module) -> tuple[str, ...]:
    if isinstance(field.annotation, ast.Name) and field.annotation.id == "bool":
        return ("on", "off")
    for keyword in field.value.keywords if isinstance(field.value, ast.Call) else ():
        if keyword.arg == "options":
            try:
                return tuple(str(value) for value in ast.literal_eval(_read_listed(keyword.value, tree)))
            except (ValueError, TypeError, SyntaxError):
                return ()
    return ()


def _read_listed(node: ast.expr, tree: ast.Module) -> ast.expr:
    """The list behind `tuple(GATES)`: what the file assigns to that name, of a dict its keys."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        node = node.args[0] if node.func.id in ("tuple", "list") else node
    if isinstance(node, ast.Name):
        node = _assigned(node.id, tree) or node
    if isinstance(node, ast.Dict):
        return ast.List([key for key in node.keys if key is not None], ast.Load())
    return node


def _assigned(name: str, tree: ast.Module) -> ast.expr | None:
    """What the file assigns to a name, or imports under it from `mlterms.nn`, which is ours to run."""
    for each in tree.body:
        if isinstance(each, ast.Assign):
            if any(isinstance(target, ast.Name) and target.id == name for target in each.targets):
                return each.value
        elif isinstance(each, ast.ImportFrom) and each.module == "mlterms.nn":
            value = getattr(import_module(each.module), name, None)
            if isinstance(value, dict | tuple | list) and any(alias.name == name for alias in each.names):
                return expression_syntax(repr(list(value)))
    return None


def load_demo(path: Path, data: bytes | None = None) -> Demo:
    """Run a demo's file, as a module under a private name, and return what is in it.

    data: what the file held when its folder was found to be trusted, which is run instead of reading again.

    Raises FileError (DemoFault, if running it failed) with the line in the demo and what to write.
    """
    from mlterms.demo.deck_imports import import_from_source
    from mlterms.demo.guard import guarded

    import_from_source(path.absolute().parents[1])
    source = _source(path) if data is None else _decode(path, data)
    tree = _parse(path, source)
    info = _describe(path, tree)
    module = ModuleType("_mlterms_demo_" + info.name.replace("-", "_"))
    module.__file__ = str(path)
    with guarded(str(path), 0, lambda: 0):
        sys.modules[module.__name__] = module  # dataclasses look their module up while they are created
        try:
            exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))
        finally:
            del sys.modules[module.__name__]
    functions = {name: _function(path, module, name) for name in FUNCTIONS}
    settings = _settings(path, module)
    return Demo(
        name=info.name,
        title=info.title,
        about=info.about,
        tries=info.tries,
        terms=info.terms,
        predictions=info.predictions,
        path=str(path),
        source=source,
        settings=settings,
        constants=read_constants(str(path), tree, vars(module), settings),
        **functions,
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", ".")))


def demo_name(path: Path) -> str:
    """The name of the demo in a file."""
    return path.stem.replace("_", "-")


def _source(path: Path) -> str:
    return _decode(path, read_plain(path, path.absolute().parents[1], LARGEST))


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileError(str(path), line, "this is not UTF-8; save the file as UTF-8") from None


def _parse(path: Path, source: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would show a stranger's line as it is
            return module_syntax(source, str(path))
    except SyntaxError as error:
        raise FileError(str(path), error.lineno or 0, f"not Python: {one_line(error.msg)}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise FileError(str(path), 0, f"not Python: {one_line(str(error))}") from None


def _describe(path: Path, tree: ast.Module) -> DemoInfo:
    title, about, tries = read_docstring(str(path), tree)
    _refuse_old_form(path, tree)
    terms = _ids(path, tree, "TERMS")
    if not terms:
        raise FileError(str(path), 0, 'say which terms it shows: TERMS = ["learning-rate"]')
    return DemoInfo(
        name=demo_name(path),
        title=title,
        about=about,
        tries=tries,
        terms=terms,
        predictions=_ids(path, tree, "PREDICTIONS"),
        path=str(path),
    )


def _refuse_old_form(path: Path, tree: ast.Module) -> None:
    """Refuse a demo whose frames hold its measures, and say how it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Frame":
            given = {keyword.arg for keyword in node.keywords}
            if "measures" in given:
                wanted = 'write def measure(s, knobs): return {"loss": …}, and def show(s, knobs, past): …'
                raise FileError(str(path), node.lineno, f"a Frame holds no measures: {wanted}")
            if "units" in given:
                wanted = 'write UNITS = {"loss": "nats"} beside TERMS'
                raise FileError(str(path), node.lineno, f"a Frame holds no units: {wanted}")


def _ids(path: Path, tree: ast.Module, name: str) -> tuple[str, ...]:
    """The list of strings that the module assigns to a name, or none."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            continue
        try:
            value = ast.literal_eval(node.value)
        except (ValueError, TypeError, RecursionError, MemoryError):  # `{[]}` is a TypeError
            value = None
        if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            return tuple(map(one_line, value))
        raise FileError(str(path), node.lineno, f'{name} is a list of ids in quotes: {name} = ["…", "…"]')
    return ()


def _settings(path: Path, module: ModuleType) -> type[Knobs]:
    settings = vars(module).get("Settings")
    if not (isinstance(settings, type) and issubclass(settings, Knobs)):
        raise FileError(str(path), 0, "a demo has its knobs in a class: class Settings(Knobs): …")
    return settings


def _function(path: Path, module: ModuleType, name: str) -> Any:
    wanted = ", ".join(FUNCTIONS[name])
    function: Any = vars(module).get(name)
    if not isinstance(function, FunctionType):
        raise FileError(str(path), 0, f"the function {name} is missing: write def {name}({wanted}): …")
    import inspect

    if inspect.isgeneratorfunction(function) or inspect.iscoroutinefunction(function):
        raise FileError(
            str(path), function.__code__.co_firstlineno, f"{name} is a plain function, without yield or async"
        )
    try:
        inspect.signature(function).bind(*FUNCTIONS[name])
    except TypeError:
        taken = ", ".join(inspect.signature(function).parameters)
        message = f"{name} takes ({wanted}), not ({taken}): write def {name}({wanted}): …"
        raise FileError(str(path), function.__code__.co_firstlineno, message) from None
    return function
