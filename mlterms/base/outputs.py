"""Silences standard output and standard error for all but ourselves, while the app draws or prints JSON.

A demo can write to them past Python's streams, and so do the libraries below NumPy when a matrix is not
finite: that would steer a terminal, or spoil what another program reads.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

_NUMBERS = (1, 2)


class Outputs:
    """Both descriptors, as every part of the process and its children have them."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, int]] = []

    def close(self) -> None:
        """What is written to them is lost from now on."""
        if self._kept:
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number in _NUMBERS:
            self._kept.append((number, os.dup(number)))
            os.dup2(nowhere, number)
        os.close(nowhere)

    def open(self) -> None:
        """They lead where they led before."""
        while self._kept:
            number, before = self._kept.pop()
            os.dup2(before, number)
            os.close(before)


def duplicate_stream(stream: TextIOWrapper, errors: str | None = None) -> TextIOWrapper:
    """A stream of its own that is written to the same place. errors: another way to write what the encoding
    cannot."""
    return os.fdopen(os.dup(stream.fileno()), "w", encoding=stream.encoding, errors=errors or stream.errors)


@contextmanager
def only_own_outputs() -> Iterator[None]:
    """While this lasts, only what is written to `sys.stdout` and `sys.stderr` comes out.

    Nothing is done where these are not what the process was started with, as in tests.
    """
    before = sys.stdout, sys.stderr
    streams = [stream for stream in before if isinstance(stream, TextIOWrapper)]
    if before != (sys.__stdout__, sys.__stderr__) or len(streams) < len(before):
        yield
        return
    for stream in streams:
        stream.flush()
    outputs, ours = Outputs(), [duplicate_stream(stream) for stream in streams]
    sys.stdout, sys.stderr = ours
    sys.__stdout__, sys.__stderr__ = ours  # type: ignore[misc]  # the width of the terminal is asked of it
    outputs.close()
    try:
        yield
    finally:
        outputs.open()
        sys.stdout, sys.stderr = before
        sys.__stdout__, sys.__stderr__ = before  # type: ignore[misc]  # as above
        for stream in ours:
            stream.close()
