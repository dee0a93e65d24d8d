"""Where things are: the bundle of cards and demos, and the learner's own folders.

The folders follow each platform's custom (XDG on Linux) and are worked out by hand: it is ten lines, and a
library for it costs 10 ms of every start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def bundle() -> Path:
    """The folder that holds the bundled `content/` and `demos/`.

    `mlterms/_bundle` in an installed wheel; in a checkout, the package's parent. Never the working directory.
    """
    packed = _PACKAGE / "_bundle"
    if packed.is_dir():
        return packed
    root = _PACKAGE.parent
    if (root / "pyproject.toml").is_file() and (root / "content").is_dir():
        return root
    from mlterms.base.errors import MltermsError

    raise MltermsError(f"the bundled cards are missing: neither {packed} nor {root / 'content'} exists")


def is_packed() -> bool:
    """Whether the bundle is the one of an installed wheel, which never changes under one version."""
    return (_PACKAGE / "_bundle").is_dir()


def _folder(xdg: str, home: str, mac: str, windows: str) -> Path:
    if sys.platform == "win32":
        root = os.environ.get(windows)
        return Path(root) / "mlterms" if root else Path.home() / "AppData" / "Local" / "mlterms"
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac / "mlterms"
    root = os.environ.get(xdg)
    if root and Path(root).is_absolute():  # the XDG standard says to ignore a relative one
        return Path(root) / "mlterms"
    return Path.home() / home / "mlterms"


def data_folder() -> Path:
    """Where the learner's database, its backups and own cards are."""
    return _folder("XDG_DATA_HOME", ".local/share", "Application Support", "LOCALAPPDATA")


def config_folder() -> Path:
    """Where `config.toml` and the list of trusted folders are."""
    return _folder("XDG_CONFIG_HOME", ".config", "Application Support", "APPDATA")


def cache_folder() -> Path:
    """Where what can be made anew is: the index of the cards."""
    return _folder("XDG_CACHE_HOME", ".cache", "Caches", "LOCALAPPDATA")


def database_path(given: str | None = None) -> Path:
    """The learner's database: `given` (from `--database`), else `MLTERMS_DATABASE`, else the data
    folder's."""
    named = given or os.environ.get("MLTERMS_DATABASE")
    return Path(named).expanduser().absolute() if named else data_folder() / "mlterms.db"
