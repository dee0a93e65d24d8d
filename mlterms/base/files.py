"""The learner's own files and folders: their modes, locks on them, and errors as sentences."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlterms.base.errors import MltermsError

# What a file system answers that has no locks, as NFS often does.
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


def keep_private(path: Path) -> None:
    """Let nobody but its owner read or write a file, where that can be done."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


@contextmanager
def explain_write_errors(path: Path) -> Iterator[None]:
    """Turn an OSError on the way to writing `path` into a sentence that names it."""
    try:
        yield
    except OSError as error:
        raise MltermsError(f"{path}: cannot be written: {error.strerror or error}") from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only its owner can enter. Raises MltermsError if it cannot."""
    with explain_write_errors(folder):
        for each in (*reversed(folder.parents), folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file beside `path`, waiting until it is free. The lock of a killed program is free.

    The lock file stays: deleting it would let a third process lock a file that is no longer there. Where the
    file system has no locks, nothing is held: what is done under the lock must be safe without it, too, and
    only wasteful. Raises MltermsError when the folder cannot be written.
    """
    name = path.with_name(path.name + ".lock")
    with explain_write_errors(name):
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with explain_write_errors(name):
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

    try:
        return fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
