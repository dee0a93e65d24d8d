"""What a demo imports from its deck's folder: the source as it is, never a compiled copy in `__pycache__`.

Trust covers the source (`mlterms.base.trust`). Python would run a copy that claims to be of the same size and
time, or to need no check, and such a copy can come with a deck. Nothing is written there either.
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

_decks: set[str] = set()  # resolved folders


class _CompilingLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def import_from_source(deck: Path) -> None:
    """From now on, compile what is imported from the folder `deck` or below it each time from its source.

    The bundle stays as it is, and so does an environment in the folder from which this program runs.
    """
    folder = os.path.realpath(deck)
    if folder in _decks or folder == os.path.realpath(bundle()):
        return
    if not _decks:
        sys.path_hooks.insert(0, _find_in_deck)
    _decks.add(folder)
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
    return not _is_below(real, os.path.realpath(sys.prefix)) and any(_is_below(real, deck) for deck in _decks)


def _is_below(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder + os.sep)
