"""Imports from a deck's folder ignore `__pycache__`: a source file is compiled each time.

Trust covers the source (`mlterms.base.trust`), but Python would run a file in `__pycache__` whose head claims
the size and time of the source, or says that no check is needed. A deck could come with such a file. Nothing
is written there either. A `.pyc` or an extension module elsewhere is imported as usual: trust covers it.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path
from types import CodeType

from mlterms.base.paths import bundle

_deck_folders: set[str] = set()  # resolved folders


class _CompilingLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def import_from_source(deck: Path) -> None:
    """From now on, ignore `__pycache__` for imports from the folder `deck` and its subfolders.

    Not affected are the bundle, and the virtual environment of this program if it lies inside `deck`.
    """
    folder = os.path.realpath(deck)
    if folder in _deck_folders or folder == os.path.realpath(bundle()):
        return
    if not _deck_folders:
        sys.path_hooks.insert(0, _find_in_deck)
    _deck_folders.add(folder)
    for place in [place for place in sys.path_importer_cache if _is_in_deck(place)]:
        del sys.path_importer_cache[place]


def _find_in_deck(place: str) -> FileFinder:
    if not _is_in_deck(place):
        raise ImportError(path=place)
    return FileFinder(
        place,
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (_CompilingLoader, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    )


def _is_in_deck(place: str) -> bool:
    real = os.path.realpath(place)
    is_ours = _is_below(real, os.path.realpath(sys.prefix))
    return not is_ours and any(_is_below(real, deck) for deck in _deck_folders)


def _is_below(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder + os.sep)
