"""Whose Python may run: the bundle's, and that in the folders that the learner has trusted.

This decides and remembers, and runs nothing. Trust covers a folder's resolved path, its cards, and every
file in it that Python can import, except what is in folders such as `.venv` beside `content` and `demos`.
After a change, or with a link that leads outside, it asks again. What a demo opens by itself is not covered.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlterms.base import paths
from mlterms.base.atomic import write_whole
from mlterms.base.clock import Clock, Now
from mlterms.base.digest import sha256
from mlterms.base.errors import CallError, FileError, MltermsError
from mlterms.base.files import explain_write_errors, make_folder
from mlterms.base.reading import read_own, read_plain
from mlterms.base.record import record
from mlterms.base.text import one_line

# Where a deck's Python is: in the examples and code questions of its cards, in its demos, and in any other
# folder that a demo may put on Python's path.
_DECK = ("content", "demos")
# What Python can import, on any system. In `__pycache__` Python keeps what it has compiled, which changes
# without the author; `mlterms.demo.deck_imports` sees to it that nothing there is run.
_CODE = frozenset({".py", ".pyw", ".pyc", ".so", ".pyd", ".dll", ".dylib"})
_FORMAT = 1
_LONGEST_LIST = 2**24  # bytes of the list of trusted folders

LARGEST = 16 * 1024 * 1024
"""Bytes of a file in a folder that can be trusted; what is run or read as a card is far smaller."""


@record
class Trust:
    """Whether a folder's Python may run, and the reason as a sentence. Its truth value is the answer."""

    trusted: bool
    reason: str

    def __bool__(self) -> bool:
        return self.trusted


@record
class TrustedFolder:
    """A folder that was trusted on the day `since` (YYYY-MM-DD).

    files: name → hash. mine: the learner writes in it, so no change asks again.
    """

    path: str
    since: str
    files: Mapping[str, str]
    mine: bool = False


def trust_file() -> Path:
    """The file that holds the list of trusted folders."""
    return paths.config_folder() / "trusted.json"


def trust(folder: Path, now: Now | None = None, *, mine: bool = False) -> TrustedFolder:
    """Trust the deck `folder` as it is now, and remember that. mine: trust it after changes, too.

    Raises CallError if there is nothing in it to trust, MltermsError if a file of it leads outside.
    """
    root = folder.resolve()
    if root == paths.bundle().resolve():
        raise CallError("the cards and demos that come with mlterms are always trusted")
    if not any((root / top).is_dir() for top in _DECK):
        raise CallError(f"{_as_line(root)} is not a deck: it has neither a `content` nor a `demos` folder")
    moment = now or Clock().now()
    since = time.strftime("%Y-%m-%d", time.gmtime(moment.at // 1000 + moment.offset))
    entry = TrustedFolder(str(root), since, _hashes(root), mine)
    _write({**_read_list(), entry.path: entry})
    return entry


def distrust(folder: Path) -> bool:
    """Stop trusting `folder`, which may be gone. Returns whether it was in the list."""
    known = _read_list()
    gone = {str(folder.resolve()), str(folder.absolute())} & known.keys()
    if gone:
        _write({path: entry for path, entry in known.items() if path not in gone})
    return bool(gone)


def trusted() -> list[TrustedFolder]:
    """The folders that the learner has trusted, by path. Raises FileError if the list cannot be read."""
    return sorted(_read_list().values(), key=lambda entry: entry.path)


def trust_in(folder: Path) -> Trust:
    """Whether the Python in the deck `folder` may run as it is now."""
    root = folder.resolve()
    if root == paths.bundle().resolve():
        return Trust(True, "it comes with mlterms")
    try:
        entry = _read_list().get(str(root))
        if entry is None:
            return Trust(
                False, f"{_as_line(root)} is not trusted; `mlterms trust {_as_line(folder)}` trusts it"
            )
        changes = [] if entry.mine else _changes(entry.files, _hashes(root))
    except MltermsError as error:
        return Trust(False, str(error))
    if changes:
        more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
        return Trust(False, f"{changes[0]}{more} since {entry.since}")
    return Trust(True, f"trusted since {entry.since}")


def read_trusted(path: Path) -> bytes:
    """The bytes of a trusted file: the very ones that were hashed when its folder was trusted.

    What is run must be what this returns, not what a second reading of the file would give. Raises
    MltermsError if the file is not in a trusted folder, is new there, or has changed, and for Python also if
    code that it might import has.
    """
    place = Path(os.path.normpath(path.absolute()))
    bundle, known = paths.bundle().resolve(), None
    for folder in place.parents:
        # Resolved once: the folder that is read is the folder that was decided about, even if a link on the
        # way to it changes in between.
        root, name = folder.resolve(), place.relative_to(folder).as_posix()
        if root == bundle and name.split("/")[0] in _DECK:
            return read_plain(root / name, root, LARGEST)
        known = _read_list() if known is None else known
        entry = known.get(str(root))
        if entry is not None:
            data = read_plain(root / name, root, LARGEST)
            if not entry.mine:
                _refuse_changes(folder, entry, name, data)
            return data
    deck = _as_line(place.parents[1]) if place.parent.name in _DECK else "FOLDER"
    raise MltermsError(f"{_as_line(place)} is in no trusted folder; `mlterms trust {deck}` trusts it")


def _refuse_changes(folder: Path, entry: TrustedFolder, name: str, data: bytes) -> None:
    """Raise MltermsError if the file of that name, which holds `data` now, is not as it was trusted."""
    changes = []
    if entry.files.get(name) != _hash(data):
        changes = [f"{_as_line(folder / name)} {'changed' if name in entry.files else 'is new'}"]
    elif not name.lower().endswith(".md"):
        before, after = _code(entry.files), _code(_hashes(Path(entry.path)))
        changes = [f"{_as_line(folder)}{os.sep}{change}" for change in _changes(before, after)]
    if changes:
        raise MltermsError(
            f"{changes[0]} since {entry.since}, when its folder was trusted; look at it, and"
            f" `mlterms trust {_as_line(folder)}` trusts it as it is now"
        )


def _code(files: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if not name.lower().endswith(".md")}


def _as_line(path: Path | str) -> str:
    return one_line(str(path))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _hashes(root: Path) -> dict[str, str]:
    """Name (relative to `root`, with slashes) → hash of each card and file of code. `root` is resolved."""
    found: dict[str, str] = {}
    pending, seen = [root], set()
    while pending:
        folder = pending.pop()
        real = _inside(folder, root)
        if real in seen:  # a link to a folder further up
            continue
        seen.add(real)
        for entry in folder.iterdir():
            name = entry.relative_to(root)
            if entry.is_dir():
                if name.parts[0] in _DECK or not entry.name.startswith("."):  # .git, .venv
                    pending.append(entry)
            elif _is_covered(name):
                _inside(entry, root)
                found[name.as_posix()] = _hash(read_plain(entry, root, LARGEST))
    return found


def _is_covered(name: Path) -> bool:
    suffix = name.suffix.lower()
    if suffix == ".md":
        return name.parts[0] == "content"
    return suffix in _CODE and not (suffix == ".pyc" and name.parent.name == "__pycache__")


def _inside(path: Path, root: Path) -> Path:
    name = _as_line(path.relative_to(root))
    real = paths.resolved(path)
    if real is None:
        raise MltermsError(f"{name} is a link that leads in a circle; put a file in its place")
    if not real.is_relative_to(root):
        raise MltermsError(f"{name} is a link that leads outside {_as_line(root)}; put a copy in its place")
    return real


def changes_since(folder: Path) -> list[str] | None:
    """What changed since the deck `folder` was trusted: `content/a.md is new`; None if it never was.

    Raises MltermsError if a file of it leads outside.
    """
    entry = _read_list().get(str(folder.resolve()))
    return None if entry is None else _changes(entry.files, _hashes(folder.resolve()))


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    changes = []
    for name in sorted({*before, *after}):
        if name not in before:
            changes.append(f"{_as_line(name)} is new")
        elif name not in after:
            changes.append(f"{_as_line(name)} is gone")
        elif before[name] != after[name]:
            changes.append(f"{_as_line(name)} changed")
    return changes


def _read_list() -> dict[str, TrustedFolder]:
    """Resolved path → entry. Raises FileError if the file is there and cannot be understood."""
    path = trust_file()
    try:
        loaded = json.loads(read_own(path, _LONGEST_LIST))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except json.JSONDecodeError as error:
        raise _unreadable_list(path, error.lineno, error.msg) from None
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable_list(path, 0, str(error)) from None
    if not isinstance(loaded, dict) or loaded.get("format") != _FORMAT:
        raise _unreadable_list(path, 0, f'expected {{"format": {_FORMAT}, "folders": …}}')
    folders = loaded.get("folders")
    if not isinstance(folders, dict) or not all(_well_formed(entry) for entry in folders.values()):
        raise _unreadable_list(path, 0, "an entry of `folders` is not of the form that mlterms writes")
    return {
        name: TrustedFolder(name, entry["since"], entry["files"], entry.get("mine", False))
        for name, entry in folders.items()
    }


def _well_formed(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("since"), str)
        and isinstance(entry.get("mine", False), bool)
        and isinstance(entry.get("files"), dict)
        and all(isinstance(digest, str) for digest in entry["files"].values())
    )


def _unreadable_list(path: Path, line: int, what: str) -> FileError:
    sentence = f"the list of trusted folders cannot be read ({_as_line(what)}), so no folder is trusted"
    return FileError(_as_line(path), line, f"{sentence}; fix it, or delete it and trust them again")


def _write(folders: Mapping[str, TrustedFolder]) -> None:
    """Write the whole list. A reader sees the old one or the new one."""
    path = trust_file()
    kept = {
        entry.path: {"since": entry.since, "files": dict(entry.files), "mine": entry.mine}
        for entry in folders.values()
    }
    text = json.dumps({"format": _FORMAT, "folders": kept}, indent=1, sort_keys=True) + "\n"
    make_folder(path.parent)
    with explain_write_errors(path):
        write_whole(path, text.encode())
