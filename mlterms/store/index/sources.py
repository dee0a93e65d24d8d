"""Which files an index is made from, and whether they are the same: paths, sizes and times, never contents.

Every start passes through here, so nothing is imported that is not needed to look.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import mlterms
from mlterms.base import paths

FORMAT = 2
"""Of the index file. Goes up with every change of its tables or of what is put into them."""

OVERLAY = -1
"""The place of the learner's own versions of bundled cards; decks have the places 0, 1, … in their order."""

ORPHAN = -2
"""The place of those among them that are a version of no card. They are not used."""


class Key(NamedTuple):
    """A file as the index knows it. kind: `deck`, `card` or `demo`. name: the file's, without its ending."""

    place: int
    kind: str
    name: str


class Stat(NamedTuple):
    """Where a file is, and what changes when it changes. All zero but the path in an installed bundle."""

    path: str
    mtime_ns: int
    size: int
    inode: int


class Sources:
    """The folders that an index is made from: decks, and what the learner lays over the first of them.

    identity: what an index must carry to be of these folders and of this program.
    """

    def __init__(self, roots: Sequence[Path], overlay: Path | None = None) -> None:
        self.roots = tuple(root.absolute() for root in roots)
        self.overlay = overlay.absolute() if overlay else None
        self.packed = bool(roots) and paths.is_packed() and self.roots[0] == paths.bundle()
        folders = [str(root) for root in (*self.roots, self.overlay or "-")]
        self.identity = "\n".join(
            ["mlterms index", str(FORMAT), mlterms.__version__, self._build(), *folders]
        )

    def file_name(self) -> str:
        """The index' file in the cache folder: one for each format, version and set of folders."""
        from zlib import crc32  # hashlib costs 4 ms, and the identity in the file is compared in full

        folders = "\n".join(self.identity.split("\n")[4:])
        return f"index-{FORMAT}-{mlterms.__version__}-{crc32(os.fsencode(folders)):08x}.db"

    def watched(self) -> dict[Key, Stat]:
        """The files whose change makes an index stale: all but those of an installed bundle."""
        found: dict[Key, Stat] = {}
        for place, root in enumerate(self.roots):
            if place or not self.packed:
                found |= _deck(place, root)
        for key, stat in _cards(OVERLAY, self.overlay).items() if self.overlay else ():
            overlaid = found.pop(Key(0, "card", key.name), None) is not None
            if not overlaid and self.packed:
                overlaid = (self.roots[0] / "content" / f"{key.name}.md").exists()
            found[key if overlaid else key._replace(place=ORPHAN)] = stat
        return found

    def every(self) -> dict[Key, Stat]:
        """All files that an index is made from. A card that the learner has overlaid is not among them."""
        found = self.watched()
        if self.packed:
            for key, stat in _deck(0, self.roots[0]).items():
                if key._replace(place=OVERLAY) not in found:
                    found[key] = Stat(stat.path, 0, 0, 0)
        return found

    def root(self, key: Key) -> Path:
        """The folder of the deck, or of the overlay, that a file belongs to."""
        return self.roots[key.place] if key.place >= 0 else self.overlay or self.roots[0]

    def _build(self) -> str:
        """Which build of the program reads: an installed one by its bundle, a checkout by its reading code.

        An installation makes the bundle's folder anew: its time and inode tell one build from the next.
        """
        if self.packed:
            stat = self.roots[0].stat()
            return f"packed {stat.st_mtime_ns} {stat.st_ino}"
        if paths.is_packed():
            return "installed"
        glossary = Path(mlterms.__file__).parent / "glossary"
        newest = max(entry.stat().st_mtime_ns for entry in os.scandir(glossary) if entry.is_file())
        return f"checkout {newest}"


def read_identity(connection: sqlite3.Connection) -> str:
    """What an index says it was made from."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
    return str(found[0]) if found else ""


def read_files(connection: sqlite3.Connection, all_but: int | None = None) -> dict[Key, Stat]:
    """The files that an index was made from, without those of one place."""
    rows = connection.execute(
        "SELECT place, kind, name, path, mtime_ns, size, inode FROM file WHERE place IS NOT ?", (all_but,)
    )
    return {Key(*row[:3]): Stat(*row[3:]) for row in rows}


def _deck(place: int, root: Path) -> dict[Key, Stat]:
    found = {Key(place, "deck", "deck"): _stat(root / "content" / "deck.toml")}
    return found | _cards(place, root) | _files(place, "demo", root / "demos", (".py",))


def _cards(place: int, root: Path) -> dict[Key, Stat]:
    return _files(place, "card", root / "content", (".md", ".markdown"))


def _files(place: int, kind: str, folder: Path, endings: tuple[str, ...]) -> dict[Key, Stat]:
    """The files of a folder with those endings; not what an editor left there, nor README.

    Names that no card may have are among them, so that the index can tell of them; but not those that are no
    text, which SQLite cannot hold.
    """
    found: dict[Key, Stat] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.lower()
                if not name.endswith(endings) or name[0] in ".#~_" or name == "readme.md":
                    continue
                if name.isprintable():
                    found[Key(place, kind, entry.name.removesuffix(endings[0]))] = _stat(entry)
    except OSError:
        pass  # no such folder, or one that may not be read: a problem of the deck
    return found


def _stat(file: Path | os.DirEntry[str]) -> Stat:
    path = os.fspath(file)
    try:
        stat = file.stat()
    except OSError:  # a link that leads nowhere, or a file that is gone: a problem of the card
        return Stat(path, 0, 0, 0)
    return Stat(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)
