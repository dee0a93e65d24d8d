"""What a signal that ends a program does to a command: it ends in order, with all that it has started."""

from __future__ import annotations

from types import FrameType


def end_on_signal(number: int, frame: FrameType | None) -> None:
    """A handler, as for the signal of a closed window. Raises SystemExit with the code that shells use."""
    raise SystemExit(128 + number)
