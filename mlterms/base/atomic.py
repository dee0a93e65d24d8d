"""Writing a file whole: whoever reads it sees the old content or the new, never half of either."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlterms.base.errors import MltermsError
from mlterms.base.paths import resolved

_SCRATCH = re.compile(r"\.mlterms-[0-9a-f]{16}(-(wal|shm|journal))?")
_ABANDONED = 86_400  # seconds after which a scratch file was left behind by a program that was killed
# What a file system answers that cannot sync. The content is written all the same.
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@contextmanager
def replacing(path: Path, *, exclusive: bool = False) -> Iterator[Path]:
    """Give the caller an empty scratch file that takes the place of `path` when the block ends.

    The block fills the file, closes it and checks it as far as it wants proof. If it raises, the scratch file
    is removed and `path` stays as it was. The file keeps its mode, and a new one can be read by its owner
    only. A link stays a link: the file that it leads to is replaced.

    exclusive: never replace a file. Raises FileExistsError if there is one at the end, OSError where the
    folder cannot be written, MltermsError for a link that leads nowhere.
    """
    path = follow_links(path)
    _sweep(path.parent)
    scratch = path.with_name(f".mlterms-{os.urandom(8).hex()}")
    os.close(os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield scratch
        if not exclusive:
            _keep_mode(path, scratch)
        sync(scratch)
        if exclusive:
            _move_to_free_name(scratch, path)
        else:
            scratch.replace(path)
    except BaseException:
        for suffix in ("", "-wal", "-shm", "-journal"):  # SQLite's files beside a database
            scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole, as `replacing` does."""
    with replacing(path) as scratch:
        scratch.write_bytes(data)


def follow_links(path: Path) -> Path:
    """The file that `path` leads to through links; it need not exist, but the folder of a link's end must.

    Raises MltermsError for links that lead in a circle or into a folder that is missing, and for a link to a
    missing folder above the file.
    """
    real = resolved(path)
    if real is None:
        raise MltermsError(f"{path} is a link that leads in a circle")
    if not real.parent.is_dir():
        for each in (path, *path.parents):
            if each.is_symlink() and not each.exists():
                raise MltermsError(f"{each} leads to {resolved(each)}, which is not there")
    return real


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk, as far as the file system can do that.

    A folder is synced at best: Windows, CIFS and some others cannot, and the file in it is there anyway.
    """
    is_folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if not is_folder and error.errno not in _CANNOT_SYNC:
            raise


def _keep_mode(path: Path, scratch: Path) -> None:
    with suppress(OSError):
        scratch.chmod(stat.S_IMODE(path.stat().st_mode))


def _move_to_free_name(scratch: Path, path: Path) -> None:
    """Rename without replacing. A second name for the file is the only way that is safe from a race."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        scratch.rename(path)
    else:
        scratch.unlink()


def _sweep(folder: Path) -> None:
    """Remove scratch files that a killed program left in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _SCRATCH.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < time.time() - _ABANDONED:
                        Path(entry).unlink()
