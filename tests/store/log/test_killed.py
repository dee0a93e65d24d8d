"""Killed at any instruction, the database opens and holds every answer that was acknowledged."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mlterms.store.log.integrity import examine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")

_WRITER = """
import sys
from pathlib import Path
from mlterms.base.clock import Now
from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer, Learner

now = Now(1_795_248_000_000, 0)
with Learner.open(Path(sys.argv[1]), now) as learner:
    number = learner.last_sequence()
    while True:
        number += 1
        now = now.later(60_000)
        question = f"d:t/{number % 7}"
        event = learner.answer(
            Answer(question, Rating(number % 4 + 1)), learner.state(question), now, {"number": number}
        )
        print(event.uuid, number, flush=True)
        if number % 5 == 0:
            print(learner.undo(event.uuid, now).uuid, number, flush=True)
"""


def test_every_acknowledged_answer_survives_a_kill(database: Path, opened):
    randomness = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(database)], stdout=subprocess.PIPE, text=True
        ) as writer:
            for _ in range(randomness.randrange(1, 40)):
                acknowledged.append(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            acknowledged += writer.stdout.readlines()
        with_newline = [line.split() for line in acknowledged if line.endswith("\n")]
        learner = opened(database)
        assert examine(learner.log).problems == ()
        held = {event.uuid for event in learner.events()}
        assert {uuid for uuid, _ in with_newline} <= held
        assert learner.sitting.read()["number"] >= int(with_newline[-1][1])
        learner.close()


def test_a_first_start_that_is_killed_leaves_nothing_in_the_way(tmp_path: Path, opened):
    randomness = random.Random(2)
    for n in range(6):
        database = tmp_path / str(n) / "mlterms.db"
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(database)], stdout=subprocess.PIPE, text=True
        ) as writer:
            try:
                writer.wait(timeout=randomness.uniform(0.05, 0.5))  # wherever in the start that is
            except subprocess.TimeoutExpired:
                writer.send_signal(signal.SIGKILL)
        assert examine(opened(database).log).problems == ()
