"""Files beside the learner's database: what a lost one left behind, and the name of this device."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mlterms.base.errors import MltermsError
from mlterms.base.files import locked

_DEVICE = re.compile(r"[0-9a-f]{16}")


def put_aside_orphans(database: Path) -> None:
    """Rename the write-ahead log of a database that is gone: it must not be played into another one, but may
    hold answers."""
    for suffix in ("-wal", "-shm"):
        orphan = database.with_name(database.name + suffix)
        if orphan.exists():
            orphan.replace(orphan.with_name(orphan.name + "-orphan"))


def device_of(database: Path) -> str:
    """The name of this device, from the file `device` beside the database, made where there is none.

    It lies outside the database, so a database that was copied elsewhere is another device's. Where the file
    cannot be written, a name for this run alone.
    """
    path = database.with_name("device")
    if name := _read_device(path):
        return name
    made = os.urandom(8).hex()
    try:
        with locked(database):
            if name := _read_device(path):
                return name
            fresh = path.with_name("device~")
            fresh.write_text(made + "\n", encoding="ascii")
            fresh.replace(path)
    except (MltermsError, OSError):
        pass  # a name for this run alone
    return made


def _read_device(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if _DEVICE.fullmatch(text) else None
