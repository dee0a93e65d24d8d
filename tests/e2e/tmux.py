"""A real terminal: tmux on a server of its own, read as text, typed into, resized, closed. Sleeps for nothing
but the next look at the screen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from mlterms.tui.key_pause import AFTER_ANSWER

PATIENCE = 30.0  # seconds until what is waited for is held never to come
_BETWEEN_LOOKS = 0.03
_NUMBERS = count()

# What is typed as `mlterms`: the program, with its process id and its exit code in files. The shell that
# waits for it outlives a closed window, to be able to tell.
_STARTER = """#!/bin/sh
trap : HUP
rm -f "$SIGNS/code"
sh -c 'echo $$ >"$SIGNS/pid"; exec "$PYTHON" $PROGRAM "$@"' mlterms "$@"
code=$?
echo $code >"$SIGNS/code.new"
mv "$SIGNS/code.new" "$SIGNS/code"
exit $code
"""


def begin_with_the_card(home: Path) -> None:
    """Let no new term begin with a guess: which ones do is drawn for each learner."""
    config = home / ".config" / "mlterms" / "config.toml"
    if not config.exists():
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text('guess_first = "off"\n')


class Terminal:
    """A shell in a window of so many columns and rows, in a home of its own.

    folder: where the home is, and what the tests need to know. environment: beyond HOME, PATH, a UTF-8 locale
    and 256 colours.
    """

    def __init__(
        self, folder: Path, columns: int = 80, rows: int = 24, environment: Mapping[str, str] | None = None
    ) -> None:
        self.home, self._signs, tools = folder / "home", folder / "signs", folder / "tools"
        for each in (self.home, self._signs, tools):
            each.mkdir(exist_ok=True)
        begin_with_the_card(self.home)
        starter = tools / "mlterms"
        starter.write_text(_STARTER)
        starter.chmod(0o755)
        self.environment = {
            "HOME": str(self.home),
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHON": sys.executable,
            "PROGRAM": "-m mlterms",
            "SIGNS": str(self._signs),
            "LANG": "C.UTF-8",
            "TERM": "tmux-256color",
            "PS1": "$ ",
            **(environment or {}),
        }
        self._server = f"{os.getpid()}-{folder.name}-{next(_NUMBERS)}"
        given = [f"{name}={value}" for name, value in self.environment.items()]
        self._tmux(
            *("new-session", "-d", "-x", str(columns), "-y", str(rows), "env", "-i", *given, "sh"),
            *(";", "set", "-g", "window-size", "manual", ";", "set", "-g", "status", "off"),
        )
        self._socket = Path(self._tmux("display-message", "-p", "#{socket_path}").strip())
        self.wait_for("$")

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server", check=False)
        self._socket.unlink(missing_ok=True)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        """Run tmux on this terminal's server. The commands of a row of them are parted by a `;`."""
        done = subprocess.run(
            ["tmux", "-L", self._server, "-f", os.devnull, "-u", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            cwd=self.home,
        )
        assert not (check and done.returncode), f"tmux {arguments}: {done.stderr}"
        return done.stdout

    # -- looking -------------------------------------------------------------------------------------------

    def screen(self, *, colours: bool = False) -> str:
        """What is shown now, as lines without trailing blanks; with the escape sequences if asked."""
        shown = self._tmux("capture-pane", "-p", *(("-e",) if colours else ()))
        return "\n".join(line.rstrip() for line in shown.splitlines()).rstrip("\n")

    def wait_for(self, *texts: str | Callable[[str], bool], without: str = "\0") -> str:
        """Look until all of that is shown and `without` is not; the screen then."""

        def is_there(text: str | Callable[[str], bool]) -> bool:
            return text in shown if isinstance(text, str) else text(shown)

        end = time.monotonic() + PATIENCE
        while True:
            shown = self.screen()
            if without not in shown and all(map(is_there, texts)):
                return shown
            assert time.monotonic() < end, f"waited in vain for {texts}; what is shown:\n{shown}"
            time.sleep(_BETWEEN_LOOKS)

    def wait_until_still(self, *texts: str | Callable[[str], bool], without: str = "\0") -> str:
        """As `wait_for`, and until three looks in a row show the same."""
        seen: list[str] = []

        def is_still(shown: str) -> bool:
            seen.append(shown)
            return len(seen) > 2 and len(set(seen[-3:])) == 1

        return self.wait_for(*texts, is_still, without=without)

    def state(self, name: str) -> str:
        """What tmux knows of the window: `alternate_on`, `mouse_any_flag`, `cursor_flag` …, as "0" or "1"."""
        return self._tmux("display-message", "-p", f"#{{{name}}}").strip()

    # -- doing ---------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: `Enter`, `Escape`, `C-p`, `F6`, `q`."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def read_verdict(self) -> None:
        """Wait for the verdict on an answer, and until a key is taken after it."""
        self.wait_for("Enter next")
        self.read_question()

    def read_question(self) -> None:
        """Wait until a key is taken at the question that has come after a rating."""
        time.sleep(AFTER_ANSWER)

    def click(self, text: str) -> None:
        """Press and let go the mouse's left button on the first place where that text is shown."""
        rows = self.screen().split("\n")
        y, row = next((y, row) for y, row in enumerate(rows, 1) if text in row)
        x = row.index(text) + 1
        self.type(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m")

    def run(self, command: str) -> None:
        """Type a command and Enter; its exit code is shown once it has ended, as `code 0`."""
        self.wait_for(lambda shown: shown.endswith("$"))
        self._tmux("send-keys", "-R", ";", "clear-history")
        self.type(f"{command}; echo code $?")
        self.press("Enter")

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def close(self) -> None:
        """Close the window over whatever runs in it."""
        self._tmux("kill-server")

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(int((self._signs / "pid").read_text()), number)

    def wait_until_stopped(self) -> None:
        """Wait until the program has stopped, as SIGTSTP or SIGSTOP make it do."""
        ask = ["ps", "-o", "state=", "-p", (self._signs / "pid").read_text().strip()]
        end = time.monotonic() + PATIENCE
        while not subprocess.run(ask, capture_output=True, text=True, check=False).stdout.startswith("T"):
            assert time.monotonic() < end, "the program does not stop"
            time.sleep(_BETWEEN_LOOKS)

    def exit_code(self) -> int:
        """The exit code of the program, once it has ended."""
        end = time.monotonic() + PATIENCE
        while not (self._signs / "code").exists():
            assert time.monotonic() < end, "the program goes on and on"
            time.sleep(_BETWEEN_LOOKS)
        return int((self._signs / "code").read_text())
