"""Reading a file that a stranger may have put there: an ordinary one, of bounded size, inside its folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from mlterms.base.errors import FileError


class UnreadableFileError(FileError):
    """A file that is not read. reason: "missing", "outside", "special", "large" or "denied"."""

    def __init__(self, path: Path, reason: str, message: str) -> None:
        super().__init__(str(path), 0, message)
        self.reason = reason


def read_plain(path: Path, root: Path, limit: int) -> bytes:
    """The bytes of an ordinary file of at most `limit` bytes inside the folder `root` of a deck.

    A pipe or a device would keep the program waiting forever, and a link that leads out of the folder would
    show what its author cannot know. Raises UnreadableFileError, which says what to do.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            raise UnreadableFileError(
                path,
                "outside",
                "this link leads outside of the deck and is not followed: put the file itself here",
            )
        return _read(path, real, limit)
    except FileNotFoundError:
        raise UnreadableFileError(
            path, "missing", "cannot be read: No such file, or a link that leads nowhere"
        ) from None
    except (OSError, RuntimeError) as error:
        if not isinstance(error, OSError) or error.errno == errno.ELOOP:  # RuntimeError: before Python 3.13
            raise UnreadableFileError(
                path, "denied", "this link leads in a circle: put the file itself here"
            ) from None
        why = error.strerror or str(error)
        raise UnreadableFileError(
            path, "denied", f"the file cannot be read ({why}): look at its permissions"
        ) from None


def read_own(path: Path, limit: int) -> bytes:
    """The bytes of a file that is the learner's own, wherever a link to it leads.

    Raises UnreadableFileError for a pipe, a device or more than `limit` bytes, and OSError as `open` does.
    """
    return _read(path, Path(os.path.realpath(path, strict=True)), limit)


def _read(path: Path, real: Path, limit: int) -> bytes:
    # O_NONBLOCK opens a pipe that nobody writes to, so that it can be refused. O_NOFOLLOW: `real` was no link
    # a moment ago, and must not become one.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(real, flags)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(
                path, "special", "this is not a file: put a file there, or give it another name"
            )
        data = b""
        if status.st_size <= limit:
            with open(handle, "rb", closefd=False) as file:
                data = file.read(limit + 1)
        size = max(status.st_size, len(data))
        if size > limit:
            raise UnreadableFileError(
                path, "large", f"the file has {size:,} bytes, at most {limit:,} are read: make it smaller"
            )
        return data
    finally:
        os.close(handle)
