"""A learner who answers whatever the plain quiz asks, through pipes to the real program."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

_HEADING = re.compile(r"^── .+ · .+$", re.MULTILINE)
_CHOICES = re.compile(r"^  (\d+)  ", re.MULTILINE)


class Learner:
    """One running plain quiz. `shown` is all that it has printed."""

    def __init__(self, home: Path, *arguments: str, now: str) -> None:
        run_path(str(Path(__file__).with_name("tmux.py")))["begin_with_the_card"](home)
        environment = {
            **{name: os.environ[name] for name in ("PATH",) if name in os.environ},
            "HOME": str(home),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "mlterms", "--now", now, "quiz", "--plain", *arguments]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
        )
        self.shown = ""

    def __enter__(self) -> Learner:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def read(self) -> bool:
        """Read until the quiz asks for a line; False once it has ended."""
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        while True:
            ready, _, _ = select.select([descriptor], [], [], 60)
            assert ready, f"the quiz has said nothing for a minute, after:\n{self.shown[-500:]}"
            chunk = os.read(descriptor, 65536)
            if not chunk:
                self.process.wait(timeout=60)
                return False
            self.shown += chunk.decode(errors="replace")
            if self.shown.endswith("> "):
                return True

    def write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    @property
    def prompt(self) -> str:
        """What the quiz asks for now: `rating`, `ideas`, or nothing in particular."""
        asked = self.shown.rpartition("\n")[2].removesuffix("> ")
        return "rating" if asked == "Enter goes on" else asked  # where only one can be given

    @property
    def question(self) -> str:
        """The open question: all since its heading."""
        return self.shown[[match.start() for match in _HEADING.finditer(self.shown)][-1] :]

    def reply(self) -> str:
        """An answer that the open prompt takes."""
        if self.shown.endswith("Enter goes on> "):
            return ""
        if self.prompt == "rating":
            return "3"
        if "right order" in self.question:
            return " ".join(_CHOICES.findall(self.question.rpartition("Give the numbers")[0]))
        return "1"

    def answer_one(self) -> None:
        """Answer the open question up to and with its rating, and wait until the next is there."""
        while self.prompt != "rating":
            self.write(self.reply())
            assert self.read()
        self.write(self.reply())
        if self.read() and self.prompt.endswith("Enter ends"):
            self.write("")
            self.read()

    def kill(self) -> None:
        """SIGKILL, and every pipe closed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=60)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue


@pytest.fixture
def learner_at(tmp_path: Path):  # type: ignore[no-untyped-def]  # a factory: (arguments, now) -> Learner
    """`learner_at("--limit", "3", now="…")`: the plain quiz in a home that lasts as long as the test."""
    return lambda *arguments, now: Learner(tmp_path, *arguments, now=now)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`terminal(columns=80, rows=24, environment={})`: a tmux.Terminal; each shares the home of the test."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed: the app is not tried in a real terminal")
    kind = run_path(str(Path(__file__).with_name("tmux.py")))["Terminal"]
    with ExitStack() as opened:
        yield lambda *size, **environment: opened.enter_context(kind(tmp_path, *size, **environment))
