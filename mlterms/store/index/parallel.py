"""Reads many files for the index, by several processes where that is quicker."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from mlterms.store.index.contents import Contents, Task, read_contents

Progress = Callable[[int, int], None]
"""Is called with the number of files read so far, and of those that are to be read."""

WORTH_A_PROCESS = 200
"""Files that take about as long to read as a process takes to start."""

_BATCH = 25
_MOST = 8  # processes; behind them, writing is what takes the time
_AHEAD = 3  # batches that wait for each process

Process = subprocess.Popen[bytes]


def read_all(tasks: Sequence[Task], progress: Progress | None = None) -> Iterator[Contents]:
    """What is in each file, in their order. `progress` is called from the thread that reads the results."""
    count = min(os.cpu_count() or 1, _MOST, len(tasks) // WORTH_A_PROCESS)
    results = _by_processes(tasks, count) if count > 1 else map(read_contents, tasks)
    for done, contents in enumerate(results, 1):
        yield contents
        if progress is not None and (done % _BATCH == 0 or done == len(tasks)):
            progress(done, len(tasks))


def _by_processes(tasks: Sequence[Task], count: int) -> Iterator[Contents]:
    batches = deque(tasks[start : start + _BATCH] for start in range(0, len(tasks), _BATCH))
    processes = [process for _ in range(count) if (process := _start())]
    idle: SimpleQueue[Process | None] = SimpleQueue()
    for process in processes:
        idle.put(process)
    for _ in range(count - len(processes)):
        idle.put(None)
    waiting: deque[Future[list[Contents]]] = deque()
    try:
        with ThreadPoolExecutor(count) as threads:
            while batches or waiting:
                while batches and len(waiting) < count * _AHEAD:
                    waiting.append(threads.submit(_read, batches.popleft(), idle))
                yield from waiting.popleft().result()
    finally:
        for process in processes:
            _end(process)


def _start() -> Process | None:
    """Another process, or None where there can be none."""
    # -P: a file of the working folder must not be taken for a module.
    command = [sys.executable, "-P", "-m", "mlterms.store.index.worker"]
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None


def _read(batch: Sequence[Task], idle: SimpleQueue[Process | None]) -> list[Contents]:
    """Let a process that is idle read some files; where it fails, this one reads them."""
    process = idle.get()
    try:
        if process is not None:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(batch, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            read: list[Contents] = pickle.load(process.stdout)
            return read
    except (OSError, EOFError, pickle.UnpicklingError, ValueError):
        process = None
    finally:
        idle.put(process)
    return [read_contents(task) for task in batch]


def _end(process: Process) -> None:
    with suppress(OSError):
        process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.wait()
