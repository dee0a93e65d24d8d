"""A progress line for reading many cards."""

from __future__ import annotations

import sys
import time

_PATIENCE = 0.7  # seconds before anything is said

_since: list[float] = []


def show_progress(done: int, total: int) -> None:
    """Say how many files have been read, on one line of standard error that goes again at the end."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    now = time.monotonic()
    if not _since:
        _since.append(now)
    if done == total:
        sys.stderr.write("\r\x1b[K" if now - _since[0] >= _PATIENCE else "")
        _since.clear()
    elif now - _since[0] >= _PATIENCE:
        sys.stderr.write(f"\rReading the cards: {done:,} of {total:,} files\x1b[K")
    sys.stderr.flush()
