"""Progress over many answers, beside the statistics of a year of Anki's library on as many.

    python benchmarks/progress.py [questions …]          default: 1000 10000 100000; ten answers each

Measured on files that were written before and are opened afresh, alternating:

- first: everything that Progress shows, for the first time after opening; again: the median of ten more;
  CPU: the same in time of the processor, which says more on a machine that is busy with other things;
- Anki: `graphs`, the call behind its statistics screen, for all cards and 365 days.

Every answer has a confidence, so that the calibration has as much to read as it can. The peer is the package
`anki` (`pip install anki`), if it can be imported.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from store import ANSWERS, answer_all, timed, write_collection, write_deck

from mlterms.base.clock import Now
from mlterms.base.config import Config
from mlterms.progress.report import read_report
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from mlterms.store.workspace import Workspace

TIMES = 10


def write_ours(folder: Path, questions: int, now: Now) -> None:
    write_deck(folder / "deck", questions)
    index = open_index((folder / "deck",), folder / "cache")
    ids = [row[0] for row in index.select("SELECT id FROM question")]
    answer_all(folder / "learner.db", ids, now, confidence=2)
    with Learner.open(folder / "learner.db", now) as learner:
        Queue(learner, index, now).counts(now)
    index.close()


def open_ours(folder: Path, now: Now) -> Workspace:
    workspace = Workspace(str(folder / "learner.db"))
    workspace.config = Config()
    workspace.index = open_index((folder / "deck",), folder / "cache")
    workspace.learner = Learner.open(folder / "learner.db", now)
    return workspace


def measure(ours: Path, theirs: Path, now: Now) -> dict[str, list[tuple[float, float]]]:
    """name → milliseconds of the clock and of the processor, the first time and the times after it."""
    workspace = open_ours(ours, now)
    acts = {"ours": lambda: read_report(workspace, now)}
    if importlib.util.find_spec("anki") is not None:
        from anki.collection import Collection

        collection = Collection(str(theirs / "collection.anki2"))
        acts["anki"] = lambda: collection._backend.graphs(search="", days=365)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    for _ in range(1 + TIMES):
        for name, act in acts.items():
            cpu = time.process_time()
            wall = timed(act)
            taken[name].append((wall, (time.process_time() - cpu) * 1000))
    workspace.learner.close()
    workspace.index.close()
    return taken


def main(sizes: list[int]) -> None:
    peer = importlib.util.find_spec("anki") is not None
    if not peer:
        print("anki is not installed: measured alone")
    for size in sizes:
        now = Now(int(time.time() * 1000), 0)
        with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
            write_ours(Path(ours), size, now)
            if peer:
                write_collection(str(Path(theirs) / "collection.anki2"), size)
            taken = measure(Path(ours), Path(theirs), now)
        print(f"\n{size:,} questions, {ANSWERS} answers each        ms  first     again       CPU")
        medians = {}
        for name, (first, *again) in taken.items():
            medians[name] = [median(each) for each in zip(*again, strict=True)]
            print(f"  {name:36}{first[0]:9.1f}{medians[name][0]:10.1f}{medians[name][1]:10.1f}")
        if peer:
            wall, cpu = (their / our for their, our in zip(medians["anki"], medians["ours"], strict=True))
            print(f"  {'anki / ours':45}{wall:10.1f}{cpu:10.1f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
