"""The demo view in a real pseudo-terminal: first picture, frames a second, CPU a frame, key to paint.

    python benchmarks/demo_view.py [rounds]

First paint is measured in turn with a bare Textual app, so that whatever else the machine does falls on both
alike. A picture is there when its first axis or block comes out; a frame is one synchronised update."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

BARE = [sys.executable, "-c", "from textual.app import App\nApp().run()"]
PICTURE = ("┤".encode(), "└".encode(), "▀".encode(), "▆".encode())
SIZES = ((80, 24), (160, 48))
FRAME = b"\x1b[?2026h"  # the beginning of a synchronised update
ASKED = b"\x1b[?2026$p"  # the question whether there are such


class Terminal:
    """A program on a pseudo-terminal of its own that can do synchronised updates."""

    def __init__(self, command: list[str], size: tuple[int, int], home: str) -> None:
        environment = {
            "HOME": home,
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        self.begun = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(command[0], command, environment)
        self.ended = False
        self._last = b""

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds, at most one piece."""
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:  # it has closed its end
            self.ended = True
            return b""
        seen = self._last + data
        if ASKED in seen:
            os.write(self.descriptor, b"\x1b[?2026;2$y")
        self._last = seen.rpartition(ASKED)[2][1 - len(ASKED) :]  # a piece may end anywhere in a sequence
        return data

    def until(self, signs: tuple[bytes, ...], seconds: float = 60.0) -> float:
        """Read until one of these is seen; the seconds since the start."""
        seen = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and not self.ended:
            seen += self.read(end - time.perf_counter())
            if any(sign in seen for sign in signs):
                return time.perf_counter() - self.begun
        said = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z$]", "", seen.decode(errors="replace"))[-2000:]
        why = "the program ended" if self.ended else f"{seconds:g} seconds went by"
        raise SystemExit(f"{why}, and nothing was painted but:\n{said}")

    def frames(self, seconds: float) -> int:
        """How many updates of the screen come in so many seconds."""
        end, count = time.perf_counter() + seconds, 0
        while (left := end - time.perf_counter()) > 0:
            count += self.read(left).count(FRAME)
        return count

    def cpu(self) -> float:
        """Seconds of CPU that the program has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def key_to_paint(self, key: bytes) -> float:
        """Seconds from a key to the next thing that is painted."""
        while self.read(0.05):
            pass
        begun = time.perf_counter()
        os.write(self.descriptor, key)
        self.read(2.0)
        return time.perf_counter() - begun

    def close(self) -> None:
        os.kill(self.pid, 15)
        while self.read(0.5):
            pass
        os.close(self.descriptor)
        os.waitpid(self.pid, 0)


def first_paint(rounds: int, home: str, demo: list[str]) -> None:
    bare: list[tuple[float, float]] = []
    picture: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        for command, signs, taken in ((BARE, (FRAME,), bare), (demo, PICTURE, picture)):
            terminal = Terminal(command, (80, 24), home)
            seconds = terminal.until(signs), terminal.cpu()
            terminal.close()
            if number:  # the first round makes .pyc files
                taken.append(seconds)
    for place, what in enumerate(("", "of the processor's time")):
        one, other = (statistics.median(pair[place] for pair in pairs) for pairs in (bare, picture))
        print(f"first paint of a bare Textual app   {one * 1000:6.0f} ms {what}")
        print(f"first picture of a demo             {other * 1000:6.0f} ms {what} = {other / one:.2f} times")


def playing(home: str, mlterms: str, name: str, size: tuple[int, int]) -> None:
    terminal = Terminal([mlterms, "demo", name, "--no-predict"], size, home)
    terminal.until(PICTURE)
    os.write(terminal.descriptor, b"++")  # an update or more a picture
    terminal.frames(1.0)
    before, begun = terminal.cpu(), time.perf_counter()
    frames = 0
    for _ in range(4):
        os.write(terminal.descriptor, b"r")  # back to the beginning, or it would pause at its natural end
        frames += terminal.frames(1.0)
    seconds, used = time.perf_counter() - begun, terminal.cpu() - before
    os.write(terminal.descriptor, b" ")
    waits = [terminal.key_to_paint(key) for key in (b".", b",") * 20]
    terminal.close()
    print(
        f"{name:12} {size[0]:3}x{size[1]}  {frames / seconds:5.1f} fps  {used / seconds:5.0%} of a core  "
        f"{used / max(1, frames) * 1000:5.1f} ms a frame  "
        f"key to paint {statistics.median(waits) * 1000:5.1f} ms"
    )


def main(rounds: int = 7) -> None:
    mlterms = shutil.which("mlterms") or str(Path(sys.executable).with_name("mlterms"))
    with tempfile.TemporaryDirectory() as home:
        first_paint(rounds, home, [mlterms, "demo", "epoch"])
        for size in SIZES:
            for name in ("epoch", "optimizer", "loss"):
                playing(home, mlterms, name, size)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
