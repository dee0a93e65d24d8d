"""The files that an index is built from, and whether they are still the same: names, sizes and times, never
contents.

Every start passes through here, so nothing is imported that is not needed to look at them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import mlterms
from mlterms.base import paths

FORMAT = 8
"""Of the index file. Goes up with every change of its tables or of what is put into them."""

OVERLAY = -1
"""The place of the learner's own versions of bundled cards; decks have the places 0, 1, … in their order."""

ORPHAN = -2
"""The place of those among them that are a version of no card. They are not used."""

_FOLDERS = {
    "card": ("content", (".md", ".markdown")),
    "guide": ("content/guides", (".md",)),
    "demo": ("demos", (".py",)),
}
"""Where the files of each kind are in a deck, and their endings."""

SHIPPED = "index.db"
"""The index of the bundle alone, which is built with the wheel and kept in the bundle's folder."""


class Key(NamedTuple):
    """A file as the index knows it. kind: `deck`, `card`, `guide` or `demo`. name: without its ending."""

    place: int
    kind: str
    name: str


class Stat(NamedTuple):
    """Where a file is in its deck's folder, and what changes when it changes.

    Everything except the path is 0 in an installed bundle, which never changes.
    """

    path: str
    mtime_ns: int = 0
    size: int = 0
    inode: int = 0


class Sources:
    """The folders that an index is built from: decks, and the learner's own versions of cards of the first.

    identity: what an index must carry to be of these folders and of this program.
    frozen: whether the first folder is a bundle that never changes. By default it is, if it came with an
    installed wheel.
    """

    def __init__(
        self, roots: Sequence[Path], overlay: Path | None = None, *, frozen: bool | None = None
    ) -> None:
        self.roots = tuple(root.absolute() for root in roots)
        self.overlay = overlay.absolute() if overlay else None
        installed = bool(roots) and paths.is_packed() and self.roots[0] == paths.bundle()
        self.frozen = installed if frozen is None else frozen
        self._folders = [_as_text(root) for root in (*self.roots, self.overlay or "-")]
        self.identity = "\n".join([_program(), self._build(), *self._folders])

    def file_name(self) -> str:
        """The index' file in the cache folder: one for each format, version and set of folders."""
        from zlib import crc32  # hashlib costs 4 ms, and the identity in the file is compared in full

        folders = crc32("\n".join(self._folders).encode())
        return f"index-{FORMAT}-{mlterms.__version__}-{folders:08x}.db"

    def shipped(self) -> Path | None:
        """The index that came with the bundle, if there is one."""
        path = self.roots[0] / SHIPPED if self.frozen else None
        return path if path and path.is_file() else None

    def is_bundle_alone(self) -> bool:
        """Whether there are no other cards than those of the bundle."""
        return len(self.roots) == 1 and not self.watched()

    def watched(self) -> dict[Key, Stat]:
        """The files whose change makes an index stale: all but those of an installed bundle."""
        found: dict[Key, Stat] = {}
        for place, root in enumerate(self.roots):
            if place or not self.frozen:
                found |= _deck(place, root)
        for key, stat in _files(OVERLAY, "card", self.overlay).items() if self.overlay else ():
            overlaid = found.pop(Key(0, "card", key.name), None) is not None
            if not overlaid and self.frozen:
                overlaid = (self.roots[0] / "content" / f"{key.name}.md").exists()
            found[key if overlaid else key._replace(place=ORPHAN)] = stat
        return found

    def fingerprint(self) -> str:
        """A number that changes when one of the watched files does: quicker than comparing all of them."""
        total = 0
        for place, root in enumerate(self.roots):
            if place or not self.frozen:
                deck_file = _stat(root / "content" / "deck.toml", "")
                total += deck_file.mtime_ns + deck_file.size + deck_file.inode
                total += sum(_fingerprint_of_files(place, kind, root) for kind in _FOLDERS)
        if self.overlay:
            total += _fingerprint_of_files(OVERLAY, "card", self.overlay)
        return str(total)

    def every(self) -> dict[Key, Stat]:
        """All files that an index is built from. A card that the learner has overlaid is not among them."""
        found = self.watched()
        if self.frozen:
            for key, stat in _deck(0, self.roots[0]).items():
                if key._replace(place=OVERLAY) not in found:
                    found[key] = Stat(stat.path)
        return found

    def root(self, place: int) -> Path:
        """The folder of the deck, or of the overlay, at a place."""
        return self.roots[place] if place >= 0 else self.overlay or self.roots[0]

    def to_stored_path(self, path: str) -> str:
        """A path as the index keeps it: `place:content/x.md`, so that folders can have any name and move."""
        for place in (*range(len(self.roots)), OVERLAY):
            root = f"{self.root(place)}{os.sep}"
            if path.startswith(root):
                return f"{place}:{Path(path[len(root) :]).as_posix()}"
        return path

    def from_stored_path(self, stored: str) -> str:
        """The path from which `to_stored_path` made this one."""
        place, colon, below = stored.partition(":")
        if colon and place.lstrip("-").isdigit() and int(place) < len(self.roots):
            return str(self.root(int(place)) / below)
        return stored

    def _build(self) -> str:
        """Which build of the program reads: an installed one by its bundle, a checkout by its reading code.

        An installation writes the bundle's folder again: its time and inode tell one build from the next.
        """
        if self.frozen:
            stat = self.roots[0].stat()
            return f"packed {stat.st_mtime_ns} {stat.st_ino}"
        if paths.is_packed():
            return "installed"
        glossary = Path(mlterms.__file__).parent / "glossary"
        newest = max(entry.stat().st_mtime_ns for entry in os.scandir(glossary) if entry.is_file())
        return f"checkout {newest}"


def shipped_identity() -> str:
    """What the index in a wheel must carry: it came with its cards and its program, wherever they are."""
    return f"{_program()}\nshipped"


def read_identity(connection: sqlite3.Connection) -> str:
    """What an index says it was built from."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
    return str(found[0]) if found else ""


def read_fingerprint(connection: sqlite3.Connection) -> str:
    """The fingerprint of the files that an index was built from."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return str(found[0]) if found else ""


def read_files(connection: sqlite3.Connection) -> dict[Key, Stat]:
    """The files that an index was built from."""
    rows = connection.execute("SELECT place, kind, name, path, mtime_ns, size, inode FROM file")
    return {Key(*row[:3]): Stat(*row[3:]) for row in rows}


def _program() -> str:
    return f"mlterms index\n{FORMAT}\n{mlterms.__version__}"


def _as_text(path: Path | str) -> str:
    """A path in characters that SQLite can hold: a folder may have a name that is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _deck(place: int, root: Path) -> dict[Key, Stat]:
    found = {Key(place, "deck", "deck"): _stat(root / "content" / "deck.toml", "content/deck.toml")}
    for kind in _FOLDERS:
        found |= _files(place, kind, root)
    return found


def _files(place: int, kind: str, root: Path) -> dict[Key, Stat]:
    """The files of one kind in a deck or in the overlay.

    Names that no card may have are among them, so that the index can report them.
    """
    below, endings = _FOLDERS[kind]
    return {
        Key(place, kind, entry.name.removesuffix(endings[0])): _stat(entry, f"{below}/{entry.name}")
        for entry in _entries(root / below, endings)
    }


def _fingerprint_of_files(place: int, kind: str, root: Path) -> int:
    from zlib import crc32

    below, endings = _FOLDERS[kind]
    total = 0
    for entry in _entries(root / below, endings):  # of many thousands, so without a `Stat` for each
        try:
            stat = entry.stat()
            seen = f"{place}{kind}/{entry.name} {stat.st_mtime_ns} {stat.st_size} {stat.st_ino}"
        except OSError:
            seen = f"{place}{kind}/{entry.name}"
        total += crc32(seen.encode())
    return total


def _entries(folder: Path, endings: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder with those endings, without the files of editors and README.

    Names that are not text are not among them, since SQLite cannot hold those.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.lower()
                if not name.endswith(endings) or name[0] in ".#~_" or name == "readme.md":
                    continue
                if name.isprintable():
                    yield entry
    except OSError:
        pass  # no such folder, or one that may not be read: a problem of the deck


def _stat(file: Path | os.DirEntry[str], path: str) -> Stat:
    try:
        stat = file.stat()
    except OSError:  # a link that leads nowhere, or a file that is gone: a problem of the card
        return Stat(path)
    return Stat(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)
