"""Files that belong to the learner alone, and locks on them; not what is in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlterms.base.errors import MltermsError


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read. Raises FileExistsError when there is one."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def keep_private(path: Path) -> None:
    """Take the file away from everybody but its owner; nothing where there is none, or no such modes."""
    if sys.platform == "win32":
        return
    with suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says of files on the way to writing `path` into a sentence."""
    try:
        yield
    except OSError as error:
        raise MltermsError(f"{path}: cannot be written: {error.strerror}") from None


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, where there is none. Raises MltermsError if it cannot."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk. Windows syncs no folders."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file beside `path`, waiting for whoever holds it; a killed holder's lock is free at once.

    The lock file stays: deleting it would let a third process lock a file that is no longer there.
    Raises MltermsError when the folder cannot be written.
    """
    name = path.with_name(path.name + ".lock")
    with writing(name):
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                return msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten seconds
                continue
    import fcntl

    return fcntl.flock(handle, fcntl.LOCK_EX)
