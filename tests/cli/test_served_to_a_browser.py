"""Textual's web driver runs the program with pipes: it is the app then, and not the plain line of a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import IO


def read_packet(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The kind of the next packet (D: what is drawn, M: something about it) and what it holds."""
    kind, size = stream.read(1), stream.read(4)
    return kind, stream.read(int.from_bytes(size, "big"))


def test_the_first_screen_is_drawn_and_a_quit_of_the_browser_ends_it(home: dict[str, str]) -> None:
    served = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "ROWS": "24"}
    with subprocess.Popen(
        [sys.executable, "-m", "mlterms"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=home | served,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"__GANGLION__\n"  # with which the driver begins
        drawn = b""
        while b"mlterms" not in drawn:
            kind, data = read_packet(process.stdout)
            assert kind in (b"D", b"M", b"P")
            drawn += data if kind == b"D" else b""
        bye = json.dumps({"type": "quit"}).encode()
        process.stdin.write(b"M" + len(bye).to_bytes(4, "big") + bye)
        process.stdin.flush()
        while process.stdout.read(1 << 16):
            pass
        assert process.wait(60) == 0
