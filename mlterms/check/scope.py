"""What a path given to the checker means: a deck, its cards, or one file; and with which deck beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mlterms.base.errors import CallError
from mlterms.base.paths import bundle
from mlterms.glossary.deck import DECK_FILE


@dataclass(frozen=True, slots=True)
class Scope:
    """What to check.

    root: the deck whose cards and demos are known. only: the file or folder to keep to. home: the folder that
    has to be trusted for its Python to run, None if there is none. loose: whether `only` is a card that is
    not in `root`, and is checked as if it were.
    """

    root: Path
    only: Path
    home: Path | None
    loose: bool = False

    def holds(self, path: Path) -> bool:
        """Whether this file is to be checked."""
        return path.is_relative_to(self.only)


def scope_of(path: Path) -> Scope:
    """What `path` means: for `deck.toml`, its deck. Raises CallError for what is none, and no card or demo.

    A card in no deck, such as the learner's own copy of a bundled one, is checked as one of the bundled deck.
    """
    path = Path(os.path.normpath(path.absolute()))
    if not path.exists():
        raise CallError(f"there is no file or folder {path}")
    for root in (path, *path.parents):
        content, demos = root / "content", root / "demos"
        inside = path.is_relative_to(content) or path.is_relative_to(demos)
        if (path == root or inside) and (content / DECK_FILE).is_file():
            if path == content / DECK_FILE:
                return Scope(root, root, root)
            if path.is_dir() or path.suffix == (".md" if path.is_relative_to(content) else ".py"):
                return Scope(root, path, root)
    if path.is_dir() and (path / "content").is_dir():
        return Scope(path, path, path)  # a deck without deck.toml: that is reported as a problem of it
    if path.is_file() and path.suffix == ".md":
        home = path.parent.parent if path.parent.name == "content" else None
        return Scope(bundle(), path, home, loose=True)
    raise CallError(
        f"{path} is neither a deck nor a card or demo in one: a deck's folder holds content/{DECK_FILE}"
    )
