"""What a check has run or worked out, kept from one check to the next."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import mlterms
from mlterms.check.sandbox import Outcome, Task

_MONTH = 30 * 24 * 3600  # seconds after which what was not asked for is forgotten
_ROOMS = ("base", "check", "demo", "glossary", "nn", "plot", "quiz")  # of whose code an outcome is made


class OutcomeCache:
    """Outcomes by what was run: the same tasks under the same program end in the same way.

    path: the file, None to keep nothing. A file that cannot be used is the same as none. Failures are not
    kept: they may be the fault of a busy machine.
    """

    def __init__(self, path: Path | None) -> None:
        self._connection: sqlite3.Connection | None = None
        if path is not None:
            with suppress(sqlite3.Error, OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(path, timeout=1, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS outcome"
                    " (key TEXT PRIMARY KEY, json TEXT NOT NULL, used INTEGER NOT NULL) STRICT"
                )
                self._connection = connection

    def get(self, tasks: Sequence[Task]) -> list[Outcome] | None:
        """The outcomes of these tasks, if they are known."""
        row = self._execute("UPDATE outcome SET used = ? WHERE key = ? RETURNING json", _now(), _key(tasks))
        with suppress(ValueError, TypeError):
            return [Outcome(**each) for each in json.loads(row[0])] if row else None
        return None

    def put(self, tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> None:
        if not any(outcome.failure for outcome in outcomes):
            text = json.dumps([asdict(outcome) for outcome in outcomes])
            self._execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", _key(tasks), text, _now())

    def remembered(self, about: str, work_out: Callable[[], list[Any]]) -> list[Any]:
        """What work_out returns, which JSON can hold; worked out only if nothing is kept for `about`."""
        key = _digest(about)
        row = self._execute("UPDATE outcome SET used = ? WHERE key = ? RETURNING json", _now(), key)
        with suppress(ValueError):
            if row and isinstance(known := json.loads(row[0]), list):
                return known
        found = work_out()
        self._execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", key, json.dumps(found), _now())
        return found

    def close(self) -> None:
        """Close the file, and forget what nobody asked for in a month."""
        self._execute("DELETE FROM outcome WHERE used < ?", _now() - _MONTH)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _execute(self, sql: str, *values: str | int) -> tuple[str, ...] | None:
        if self._connection is None:
            return None
        try:
            found: tuple[str, ...] | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error:  # a full disk, or a damaged file: go on without
            return None
        return found


def _now() -> int:
    return int(time.time())


def _key(tasks: Sequence[Task]) -> str:
    return _digest(json.dumps([[task.do, task.about] for task in tasks], sort_keys=True))


def _digest(about: str) -> str:
    return sha256(f"{_program()}\n{about}".encode("utf-8", "surrogateescape")).hexdigest()


@cache
def _program() -> str:
    """What an outcome depends on besides what was run: this program, Python and NumPy."""
    from importlib.metadata import version

    here = Path(mlterms.__file__).parent
    files = sorted(path for room in _ROOMS for path in (here / room).rglob("*.py"))
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{mlterms.__version__} {len(files)} {newest} {sys.version} {version('numpy')}"
