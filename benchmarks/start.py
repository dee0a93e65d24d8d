"""Cold start: how long a command takes from the shell and back, beside bare Python and git.

    python benchmarks/start.py [rounds]

Each round runs every command once, in turn, so that other work of the machine affects all of them equally;
the median of the rounds is shown, and how many times bare Python that is. The last row is the first start of
all, in a new home each time: installed from a wheel, which has the index of the cards in it, it should be as
quick as any other. The mlterms measured is the one on the PATH."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds(command: list[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def main(rounds: int = 30) -> None:
    mlterms = shutil.which("mlterms") or str(Path(sys.executable).with_name("mlterms"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -S -c pass": [sys.executable, "-S", "-c", "pass"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "git --version": [shutil.which("git") or "git", "--version"],
        "mlterms --version": [mlterms, "--version"],
        "mlterms due": [mlterms, "due"],
        "mlterms list": [mlterms, "list"],
        "mlterms show epoch": [mlterms, "show", "epoch"],
        "mlterms search epoch": [mlterms, "search", "epoch"],
    }
    first_start = "mlterms due, first start"
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
        for (
            command
        ) in commands.values():  # the first start of all makes the index, the database, the .pyc files
            seconds(command, environment)
        taken: dict[str, list[float]] = {name: [] for name in [*commands, first_start]}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(seconds(command, environment))
            with tempfile.TemporaryDirectory() as new:  # no database yet, and no index
                taken[first_start].append(seconds(commands["mlterms due"], environment | {"HOME": new}))
    bare = statistics.median(taken["python -c pass"])
    print(f"{'':26}{'median ms':>10}{'best ms':>10}{'x Python':>10}")
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{name:26}{middle * 1000:10.1f}{min(times) * 1000:10.1f}{middle / bare:10.1f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
