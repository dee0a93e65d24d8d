"""The paths of the bundle of cards and demos, and of the learner's own folders.

The folders follow each platform's custom (XDG on Linux). They are computed here in ten lines, because a
library for that costs 10 ms at every start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mlterms.base.errors import CallError, MltermsError

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
    raise MltermsError(f"the bundled cards are missing: neither {packed} nor {root / 'content'} exists")


def is_packed() -> bool:
    """Whether the bundle is the one of an installed wheel, which never changes under one version."""
    return (_PACKAGE / "_bundle").is_dir()


def _folder(xdg: str, home: str, mac: str, windows: str) -> Path:
    if sys.platform == "win32":
        root = os.environ.get(windows)
        return Path(root) / "mlterms" if root else _home() / "AppData" / "Local" / "mlterms"
    if sys.platform == "darwin":
        return _home() / "Library" / mac / "mlterms"
    root = os.environ.get(xdg)
    if root and Path(root).is_absolute():  # the XDG standard says to ignore a relative one
        return Path(root) / "mlterms"
    return _home() / home / "mlterms"


def _home() -> Path:
    given = os.environ.get("HOME")
    if given is not None and not Path(given).is_absolute():  # answers would go wherever one happens to be
        raise MltermsError(f"HOME is {given!r}, which is not a full path: set it to a folder, like /home/you")
    try:
        return Path.home()
    except RuntimeError:  # a user without an entry and without HOME, as in some containers
        raise MltermsError("this user has no home folder: set HOME to a folder that can be written") from None


def data_folder() -> Path:
    """The folder of the learner's database, its backups and the learner's own cards."""
    return _folder("XDG_DATA_HOME", ".local/share", "Application Support", "LOCALAPPDATA")


def config_folder() -> Path:
    """The folder of `config.toml` and of the list of trusted folders."""
    return _folder("XDG_CONFIG_HOME", ".config", "Application Support", "APPDATA")


def cache_folder() -> Path:
    """The folder of what can be built again: the index of the cards."""
    return _folder("XDG_CACHE_HOME", ".cache", "Caches", "LOCALAPPDATA")


def rescue_folder() -> Path:
    """The folder of what was saved from databases that were moved or deleted while they were open."""
    return data_folder() / "rescued"


def overlay_folder() -> Path:
    """The folder of the learner's own versions of bundled cards, in `content/` below it."""
    return data_folder() / "overlay"


def database_path(given: str | None = None) -> Path:
    """The learner's database: `given` (from `--database`), else `MLTERMS_DATABASE`, else the data folder's.

    Raises CallError for what cannot be the name of a file.
    """
    if given == "":  # perhaps a variable of the shell that has no value
        raise CallError("--database needs the name of a file")
    if given == "-":
        raise CallError("--database: '-' means standard input, but a file is needed here")
    named = given or os.environ.get("MLTERMS_DATABASE")
    path = parse_path(named).absolute() if named else data_folder() / "mlterms.db"
    if not path.name:
        raise CallError(f"{path} is a folder: name a file for your answers")
    return path


def parse_path(text: str) -> Path:
    """The path that a person wrote, `~` and all. Raises CallError for what is not a path."""
    try:
        if "\0" in text:
            raise RuntimeError
        return Path(text).expanduser()
    except RuntimeError:  # `~somebody` whom this machine does not know
        raise CallError(f"not a path here: {text!r}") from None


def as_argument(path: Path) -> str:
    """A path as a person types it in a command, in quotes where it needs them."""
    text = str(path)
    if sys.platform == "win32":
        return f'"{text}"' if " " in text else text
    import shlex  # for what hardly ever happens

    return shlex.quote(text)


def restore_command(copy: Path, database: Path) -> str:
    """The command that puts a copy in the place of a database."""
    named = "" if database == database_path() else f"--database {as_argument(database)} "
    return f"mlterms {named}restore {as_argument(copy)}"


def resolved(path: Path) -> Path | None:
    """Where a path leads through all links; None for a link that leads in a circle."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # the latter before Python 3.13
        return None
    return None if real.is_symlink() else real  # from Python 3.13 on a circle ends at one of its links
