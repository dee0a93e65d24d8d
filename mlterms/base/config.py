"""`config.toml`: the settings that do not affect scheduling. The others are events in the log.

It is checked here and not by pydantic: every command reads it, it has six keys, and usually there is no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from mlterms.base.errors import CallError, FileError
from mlterms.base.paths import config_folder, parse_path

_LONGEST = 2**20  # bytes of config.toml

GUESS_FIRST = ("off", "mixed", "always")
"""Whether a new term begins with a guess before its card is shown; mixed: about half do, at random."""


class Config(NamedTuple):
    """The settings of `config.toml`.

    decks: folders with the learner's own cards. theme: the name of a theme of the app, "" for the default.
    ascii: draw with ASCII only. reduced_motion: nothing moves by itself. confidence: ask how sure the learner
    is before the answer is shown. guess_first: one of GUESS_FIRST. keys: name of an action → keys, like
    `"j,down"`.

    Why `confidence` is off at first: it costs a key at each answer, and whoever meets the quiz for the first
    time should not have to judge their own memory as well. Nothing is lost without it (a mistake then counts
    as one that was certain, and comes back), and one key in the quiz turns it on.
    """

    decks: tuple[Path, ...] = ()
    theme: str = ""
    ascii: bool = False
    reduced_motion: bool = False
    confidence: bool = False
    guess_first: str = GUESS_FIRST[1]
    keys: Mapping[str, str] = MappingProxyType({})


def config_path() -> Path:
    """The file with the settings that do not affect scheduling."""
    return config_folder() / "config.toml"


def read_config(path: Path | None = None) -> Config:
    """The learner's settings; the defaults if there is no file.

    Raises FileError with the line if something cannot be understood, MltermsError for a link into a folder
    that is not there. No setting is silently ignored.
    """
    path = path or config_path()
    try:
        text = _read_text(path)
    except FileNotFoundError:
        if path.is_symlink():
            from mlterms.base.atomic import follow_links

            follow_links(path)  # says so where it leads into a folder that is gone
        return Config()
    except OSError as error:
        raise FileError(str(path), 0, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise FileError(
            str(path), 0, f"byte {error.object[error.start]:#x} is not UTF-8: save it as UTF-8"
        ) from None
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise FileError(str(path), int(found[1]) if found else 0, f"not TOML: {error}") from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, endless nesting
        raise FileError(str(path), 0, f"not TOML: {error}") from None
    typed = {key: _check_type(path, text, key, value) for key, value in values.items()}
    return Config(**typed)


def _read_text(path: Path) -> str:
    """The text of the file with its line ends unchanged. Raises OSError, FileError, UnicodeDecodeError."""
    path.lstat()  # before the import: usually there is no file
    from mlterms.base.reading import read_own

    return read_own(path, _LONGEST).decode()


def _check_type(path: Path, text: str, key: str, value: Any) -> Any:
    found = re.search(rf"(?m)^\s*\[?\s*{re.escape(key)}\b", text)
    line = text.count("\n", 0, found.end()) + 1 if found else 0
    if key in ("ascii", "reduced_motion", "confidence"):
        if isinstance(value, bool):
            return value
        raise FileError(str(path), line, f"{key} must be true or false, not {value!r}")
    if key == "theme":
        if isinstance(value, str):
            return value
        raise FileError(str(path), line, f"theme must be a name in quotes, not {value!r}")
    if key == "guess_first":
        if value in GUESS_FIRST:
            return value
        raise FileError(str(path), line, f"guess_first must be one of {', '.join(GUESS_FIRST)}, in quotes")
    if key == "decks":
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            try:
                return tuple((path.parent / parse_path(item)).resolve() for item in value)
            except (CallError, RuntimeError) as error:  # the latter for links that lead in a circle
                raise FileError(str(path), line, f"decks: {error}") from None
        raise FileError(str(path), line, 'decks must be a list of folders, like ["~/cards"]')
    if key == "keys":
        flat = dict(_flat(value)) if isinstance(value, dict) else {"": None}
        if all(isinstance(item, str) for item in flat.values()):
            return flat
        raise FileError(str(path), line, 'write keys as lines like quiz.undo = "u" under [keys]')
    known = ", ".join(Config._fields)
    raise FileError(str(path), line, f"unknown setting {key}; the settings are {known}")


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The items of nested tables with dotted names: TOML reads `quiz.undo = "u"` as a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{below}", item) for below, item in _flat(value))
        else:
            yield name, value


def write_setting(name: str, value: bool | str | Sequence[str] | None, path: Path | None = None) -> None:
    """Save one setting (`theme`, …, `keys.quiz.undo`) and keep the rest of the file. None resets it.

    The file is written whole and under a lock, so that no reader sees half of it and of two windows that save
    at once neither loses its setting. Raises FileError where it cannot be read or written, or where it says
    the setting in a way that only its owner can change.
    """
    import tomllib

    from mlterms.base.atomic import write_whole
    from mlterms.base.files import explain_write_errors, locked, make_folder
    from mlterms.base.toml_edit import EditError, with_value

    path = path or config_path()
    make_folder(path.parent)
    with locked(path), explain_write_errors(path):
        read_config(path)
        text = ""
        with suppress(FileNotFoundError):
            text = _read_text(path)
        kind, _, below = name.partition(".")
        is_quoted = bool(below) and below in tomllib.loads(text).get(kind, {})
        try:
            edited = with_value(text, (kind, below) if is_quoted else tuple(name.split(".")), value)
        except EditError as error:
            raise FileError(str(path), 0, f"{name} cannot be changed from here: {error}") from None
        write_whole(path, edited.encode())
