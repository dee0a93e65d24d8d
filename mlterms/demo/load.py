"""Finding demos and reading them: listing looks at the text alone, loading runs the file.

Whether a folder may be run at all is the caller's question (`mlterms.base.trust`).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from mlterms.base.errors import FileError
from mlterms.base.reading import read_plain
from mlterms.base.text import clean, one_line
from mlterms.demo.frame import Frame
from mlterms.demo.knobs import Knobs
from mlterms.demo.state import State

LARGEST = 256 * 1024  # bytes; a demo is a page
FASTEST = 30_000  # updates a second: 1,000 a picture
FUNCTIONS = {"setup": ("knobs", "rng"), "step": ("s", "knobs"), "show": ("s", "knobs")}


@dataclass(frozen=True, slots=True)
class DemoInfo:
    """What a demo's text says of it. The file `batch_size.py` holds the demo `batch-size`.

    title: the docstring's first line; doc: the rest of it. terms, predictions: the ids in `TERMS` and
    `PREDICTIONS`. problem: why it cannot be used, or None.
    """

    name: str
    title: str
    doc: str
    terms: tuple[str, ...]
    predictions: tuple[str, ...]
    path: str
    problem: FileError | None = None


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that has been loaded and can be run. settings: its class of knobs; source: its text.

    pace: updates a second at which it is best watched, or None where any will do.
    """

    name: str
    title: str
    doc: str
    terms: tuple[str, ...]
    predictions: tuple[str, ...]
    path: str
    source: str
    settings: type[Knobs]
    setup: Callable[[Knobs, Any], State]
    step: Callable[[State, Knobs], None]
    show: Callable[[State, Knobs], Frame]
    pace: float | None = None

    def line(self, function: str) -> int:
        """The line on which `setup`, `step` or `show` begins."""
        return int(getattr(self, function).__code__.co_firstlineno)


def demo_path(folder: Path, name: str) -> Path | None:
    """The file of the demo of that name in a folder, or None."""
    return next((path for path in _files(folder) if _name(path) == name.replace("_", "-")), None)


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
    """What the text of one demo says of it, without running it."""
    try:
        return _described(path, _parsed(path, _source(path)))
    except FileError as error:
        return DemoInfo(_name(path), _name(path), "", (), (), str(path), error)


def load_demo(path: Path, data: bytes | None = None) -> Demo:
    """Run a demo's file, as a module under a private name, and give back what is in it.

    data: what the file held when its folder was found to be trusted, to be run instead of a second reading.

    Raises FileError (DemoFault, where running it is what failed) with the line in the demo and what to write.
    """
    from mlterms.demo.guard import guarded

    source = _source(path) if data is None else _decoded(path, data)
    info = _described(path, _parsed(path, source))
    module = ModuleType("_mlterms_demo_" + info.name.replace("-", "_"))
    module.__file__ = str(path)
    with guarded(str(path), 0, lambda: 0):
        sys.modules[module.__name__] = module  # dataclasses look their module up while they are made
        try:
            exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))
        finally:
            del sys.modules[module.__name__]
    functions = {name: _function(path, module, name) for name in FUNCTIONS}
    return Demo(
        name=info.name,
        title=info.title,
        doc=info.doc,
        terms=info.terms,
        predictions=info.predictions,
        path=str(path),
        source=source,
        settings=_settings(path, module),
        pace=_pace(path, module),
        **functions,
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", ".")))


def _name(path: Path) -> str:
    return path.stem.replace("_", "-")


def _source(path: Path) -> str:
    return _decoded(path, read_plain(path, path.absolute().parents[1], LARGEST))


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileError(str(path), line, "this is not UTF-8; save the file as UTF-8") from None


def _parsed(path: Path, source: str) -> ast.Module:
    try:
        return ast.parse(source, str(path))
    except SyntaxError as error:
        raise FileError(str(path), error.lineno or 0, f"not Python: {one_line(error.msg)}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise FileError(str(path), 0, f"not Python: {one_line(str(error))}") from None


def _described(path: Path, tree: ast.Module) -> DemoInfo:
    docstring = ast.get_docstring(tree) or ""
    title, _, doc = docstring.partition("\n")
    if not title.strip():
        raise FileError(str(path), 1, 'a demo begins with a docstring; its first line is the title: """…"""')
    terms = _ids(path, tree, "TERMS")
    if not terms:
        raise FileError(str(path), 0, 'say which terms it shows: TERMS = ["learning-rate"]')
    return DemoInfo(
        name=_name(path),
        title=one_line(title).removesuffix("."),
        doc=clean(doc).strip(),
        terms=terms,
        predictions=_ids(path, tree, "PREDICTIONS"),
        path=str(path),
    )


def _ids(path: Path, tree: ast.Module, name: str) -> tuple[str, ...]:
    """The list of strings that the module gives that name, or none."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            continue
        try:
            value = ast.literal_eval(node.value)
        except ValueError:
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


def _pace(path: Path, module: ModuleType) -> float | None:
    pace = vars(module).get("PACE")
    if pace is None:
        return None
    if isinstance(pace, bool) or not isinstance(pace, int | float) or not 0 < pace <= FASTEST:
        raise FileError(
            str(path), 0, f"PACE is how many updates a second it begins with, up to {FASTEST:,}: PACE = 2"
        )
    return float(pace)


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
