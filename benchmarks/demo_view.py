"""The demo view in a real pseudo-terminal: first picture, frames a second, CPU a frame, key to paint, and how
long the picture takes when a knob is turned at update 250.

    python benchmarks/demo_view.py [rounds]
    python benchmarks/demo_view.py all

First paint is measured in turn with a bare Textual app, so that other work of the machine affects both
equally. A picture is there when its first axis, block or line has come out, and the chosen knob, which no
other page has; a frame is one synchronised update.

`all` plays every demo at 160×48 and holds it to what it should do: less than 40% of a core at 30 frames a
second, and less than 20 ms from a key to the paint at the median. Frames are counted from the first to the
last of a run; those of a slow run are as many as its updates, and a demo whose run has fewer than ten frames
has nothing to play, so that only its paints are timed. It also opens each from the list of the running app,
where its own head and picture should be there 150 ms after the key."""

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
from typing import NamedTuple

from mlterms.base.paths import bundle
from mlterms.demo.load import read_demo

BARE = [sys.executable, "-c", "from textual.app import App\nApp().run()"]
BRAILLE = (b"\xe2\xa0", b"\xe2\xa1", b"\xe2\xa2", b"\xe2\xa3")  # how each of its characters begins: lines
PICTURE = (*(sign.encode() for sign in "┤└▀▆█"), *BRAILLE)
SIZES = ((80, 24), (160, 48))
KNOB = re.compile(rb"\xe2\x96\xb8(?:\x1b\[[0-9;]*m)*[^ \x1b]")  # the sign of the chosen knob, and its name
FRAME = b"\x1b[?2026h"  # the beginning of a synchronised update
TURNED_AT, TURNING = 250, 0.033  # the update at which a knob is turned, and seconds until the new picture
MORE, LESS = b"\x1b[C", b"\x1b[D"  # the arrow keys to the right and to the left
RUNS, FEWEST, PACE = 3, 10, 30  # runs of a second, the fewest frames of one that plays, frames a second
CPU, KEY, OPENING = 0.4, 0.020, 0.150  # what every demo is held to
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
        """The output of at most `seconds`, in one piece; empty if there is none."""
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

    def until_picture(self, head: bytes = b"", seconds: float = 20.0) -> float:
        """Read until a demo with that in its head and its picture are there; the seconds since the start."""
        seen = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and not self.ended:
            seen += self.read(end - time.perf_counter())
            if head in seen and KNOB.search(seen) and any(sign in seen for sign in PICTURE):
                return time.perf_counter() - self.begun
        raise SystemExit(f"no picture of a demo was painted in {seconds:g} seconds ({head.decode()})")

    def run(self, seconds: float) -> tuple[int, float]:
        """The number of updates of the screen in `seconds`, and the seconds from the first to the last."""
        end, count = time.perf_counter() + seconds, 0
        first = last = time.perf_counter()
        while (left := end - time.perf_counter()) > 0:
            came = self.read(left).count(FRAME)
            if came:
                last = time.perf_counter()
                first = first if count else last
            count += came
        return count, last - first

    def frames(self, seconds: float) -> int:
        """The number of updates of the screen in `seconds`."""
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

    def key_to_rest(self, key: bytes, quiet: float = 0.2) -> float:
        """Seconds from a key to the last thing that is painted before nothing comes for a while."""
        while self.read(0.05):
            pass
        pressed = last = time.perf_counter()
        os.write(self.descriptor, key)
        while self.read(quiet):
            last = time.perf_counter()
        return last - pressed

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
        for command, taken in ((BARE, bare), (demo, picture)):
            terminal = Terminal(command, (80, 24), home)
            first = terminal.until((FRAME,)) if command is BARE else terminal.until_picture()
            seconds = first, terminal.cpu()
            terminal.close()
            if number:  # the first round makes .pyc files
                taken.append(seconds)
    for place, what in enumerate(("", "of the processor's time")):
        one, other = (statistics.median(pair[place] for pair in pairs) for pairs in (bare, picture))
        print(f"first paint of a bare Textual app   {one * 1000:6.0f} ms {what}")
        print(f"first picture of a demo             {other * 1000:6.0f} ms {what} = {other / one:.2f} times")


class Played(NamedTuple):
    """What playing a demo took. rate: frames a second, None where there is nothing to play. cpu: of a core at
    30 frames a second; key: seconds from a key to the paint, at the median."""

    rate: float | None
    cpu: float
    key: float


def playing(home: str, mlterms: str, name: str, size: tuple[int, int]) -> Played:
    terminal = Terminal([mlterms, "demo", name, "--no-predict"], size, home)
    terminal.until_picture()
    os.write(terminal.descriptor, b"++")  # an update or more a picture
    terminal.frames(1.0)
    before, frames, seconds = terminal.cpu(), 0, 0.0
    for _ in range(RUNS):
        os.write(terminal.descriptor, b"r")  # back to the beginning, or it would pause at its natural end
        came, taken = terminal.run(1.0)
        frames, seconds = frames + came, seconds + taken
    a_frame = (terminal.cpu() - before) / max(1, frames)
    os.write(terminal.descriptor, b" ")
    waits = [terminal.key_to_paint(key) for key in (b".", b",") * 10]
    terminal.close()
    rate = (frames - RUNS) / seconds if frames >= FEWEST * RUNS else None
    played = Played(rate, a_frame * PACE, statistics.median(waits))
    fps = "nothing to play" if rate is None else f"{rate:5.1f} fps, {played.cpu:4.0%} of a core"
    print(
        f"{name:22} {size[0]:3}x{size[1]}  {fps:26} {a_frame * 1000:5.1f} ms a frame  "
        f"key to paint {played.key * 1000:5.1f} ms",
        flush=True,
    )
    return played


def turning(home: str, mlterms: str, name: str) -> None:
    """A knob that is turned at update 250, where the whole run before it has to be computed again."""
    terminal = Terminal([mlterms, "demo", name, "--no-predict", "--updates", str(TURNED_AT)], SIZES[0], home)
    terminal.until_picture()
    terminal.frames(1.0)  # it opens paused
    waits = [terminal.key_to_rest(key) for key in (MORE, LESS) * 10]
    terminal.close()
    print(
        f"{name:22} a knob turned at update {TURNED_AT}: the picture is complete after "
        f"{statistics.median(waits) * 1000:5.1f} ms (should be {TURNING * 1000:.0f})"
    )


def title_of(name: str) -> str:
    """The title of a demo. What is behind its colon only the loaded demo shows, in its head."""
    return read_demo(bundle() / "demos" / f"{name.replace('-', '_')}.py").title


def opening(home: str, mlterms: str, names: list[str]) -> dict[str, float]:
    """Seconds from Enter in the list of the running app to the demo's first picture, by name."""
    terminal = Terminal([mlterms], SIZES[0], home)  # a larger one has a picture beside the list
    terminal.until((b"look around",))
    for key in (b"g", b"3"):  # from the first screen to the glossary, and from there to the demos
        os.write(terminal.descriptor, key)
        terminal.frames(1.5)
    found = {}
    for name in names:
        title = title_of(name)
        os.write(terminal.descriptor, b"/")  # alone: so much at once is taken for a paste
        terminal.frames(0.2)
        os.write(terminal.descriptor, title.encode())  # no other demo has all these words
        terminal.frames(0.7)
        begun = time.perf_counter()
        os.write(terminal.descriptor, b"\r")
        found[name] = terminal.until_picture(title.partition(": ")[2][:16].encode()) + terminal.begun - begun
        terminal.frames(0.3)
        os.write(terminal.descriptor, b"q")
        terminal.frames(0.3)
        os.write(terminal.descriptor, b"\x1b")
        terminal.frames(0.3)
    terminal.close()
    return found


def every_demo(home: str, mlterms: str) -> None:
    """Play and open all of them, and name those that take more than they should."""
    names = sorted(path.stem.replace("_", "-") for path in (bundle() / "demos").glob("*.py"))
    slow = []
    for name in names:
        played = playing(home, mlterms, name, SIZES[1])
        if (played.rate is not None and played.cpu > CPU) or played.key > KEY:
            slow.append(name)
    opened = opening(home, mlterms, names)
    for name, seconds in opened.items():
        print(f"{name:22} opened in {seconds * 1000:5.0f} ms")
    slow += [f"{name} (opening)" for name, seconds in opened.items() if seconds > OPENING]
    print(f"{len(names)} demos; beyond what they should take: {', '.join(slow) or 'none'}")


def main(what: str = "7") -> None:
    mlterms = shutil.which("mlterms") or str(Path(sys.executable).with_name("mlterms"))
    with tempfile.TemporaryDirectory() as home:
        if what == "all":
            every_demo(home, mlterms)
            return
        first_paint(int(what), home, [mlterms, "demo", "epoch"])
        for size in SIZES:
            for name in ("epoch", "optimizer", "loss"):
                playing(home, mlterms, name, size)
        for name in ("optimizer", "loss"):
            turning(home, mlterms, name)


if __name__ == "__main__":
    main(*sys.argv[1:2])
