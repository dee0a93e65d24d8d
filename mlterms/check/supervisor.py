"""Keeps together what a worker starts: its process, and every process that this one starts, however detached.

Linux only. Elsewhere a process that leaves the worker's session outlives it, and each process has its own
memory limit.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_LOOK = 0.1  # seconds between two looks at the memory
_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


def supervise(memory: int, parent: int) -> None:
    """Fork. The child returns and does the work; this process waits for it and then ends as it ended.

    When the child ends, on SIGTERM, when the process `parent`, which started this one, has ended, or when all
    processes together hold more than `memory` bytes, everything that was started is killed. Does nothing but
    return where that cannot be done.
    """
    if sys.platform != "linux" or not _adopt_orphans():
        return
    awaited = {signal.SIGCHLD, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    worker = os.fork()
    if worker == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
        return
    status = None
    while status is None:
        came = signal.sigtimedwait(awaited, _LOOK)
        if (came is not None and came.si_signo == signal.SIGTERM) or os.getppid() != parent:
            break
        found = _descendants(os.getpid())
        if len(found) > 1 and sum(map(_resident, found)) > memory:
            print(f"its processes took more than {memory >> 20:,} MB of memory together", file=sys.stderr)
            break
        ended, how = os.waitpid(worker, os.WNOHANG)
        status = how if ended else None
    _kill_all()
    _end_like(status)


def _adopt_orphans() -> bool:
    """Become the parent of every descendant whose own parent ends, instead of the system's first process."""
    try:
        import ctypes

        return bool(ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (ImportError, OSError, AttributeError):
        return False


def _children(process: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):  # it has just ended
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _descendants(process: int) -> list[int]:
    found = _children(process)
    for child in found:  # grows as it goes
        found += _children(child)
    return found


def _resident(process: int) -> int:
    """The bytes of memory that a process holds; shared ones count for each that shares them."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _kill_all() -> None:
    """Kill until nobody is left: the children of one that is killed become ours."""
    with suppress(ChildProcessError):
        while True:
            for child in _descendants(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            os.waitpid(-1, 0)


def _end_like(status: int | None) -> None:
    if status is not None and os.WIFSIGNALED(status):
        how = os.WTERMSIG(status)
        if how not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(how, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {how})
        os.kill(os.getpid(), how)
    sys.stderr.flush()
    os._exit(1 if status is None else os.waitstatus_to_exitcode(status))
