"""The only code that reads a clock. Everything else receives a `Now`."""

from __future__ import annotations

import time
from typing import NamedTuple

from mlterms.base.errors import CallError


class Now(NamedTuple):
    """An instant and the offset of the local clock from UTC at that time and place.

    at: milliseconds since 1970-01-01T00:00Z. offset: seconds east of UTC (3600 for UTC+1).
    """

    at: int
    offset: int

    def later(self, milliseconds: int) -> Now:
        """The instant `milliseconds` later, at the same place."""
        return Now(self.at + milliseconds, self.offset)


class Clock:
    """The system's clock, or a clock that started at a given moment and runs on from there.

    A test can also set it: `clock.start = ...`.
    """

    def __init__(self, start: Now | None = None) -> None:
        self.start = start
        self._since = time.monotonic()

    def now(self) -> Now:
        if self.start is not None:
            return self.start.later(int((time.monotonic() - self._since) * 1000))
        seconds = time.time()
        return Now(int(seconds * 1000), time.localtime(seconds).tm_gmtoff or 0)


def parse_now(text: str) -> Now:
    """Read an ISO 8601 date and time (`2026-11-21T09:00` or with an offset, `…+01:00`).

    Without an offset the local one of that moment is meant. Raises CallError when it cannot be read.
    """
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.astimezone()
        at = int(moment.timestamp() * 1000)
    except (ValueError, OverflowError):  # the latter for years that the system's clock does not reach
        raise CallError(f"not a date and time: {text!r}; write it like 2026-11-21T09:00") from None
    offset = moment.utcoffset()
    assert offset is not None  # astimezone and fromisoformat both leave one
    return Now(at, int(offset.total_seconds()))
