"""The process that runs cards' Python: whatever happens in it, it is told, and the next task runs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlterms.base.errors import MltermsError
from mlterms.check import sandbox
from mlterms.check.sandbox import Limits, Outcome, Task, run_tasks

LIMITS = Limits(step=20, task=60)
QUIET = {"out": "", "raised": "", "line": 0, "numbers": []}
IMPATIENT = Limits(step=1, task=60)

posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no `resource` to limit it with")

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans another parent")


def run(source: str, limits: Limits = LIMITS) -> Outcome:
    """The outcome of the code, after making sure that a task behind it still runs."""
    first, second = run_tasks([Task("code", {"source": source}), Task("code", {"source": "1 + 1"})], limits)
    assert second.result == QUIET
    return first


def test_code_that_runs_through_raises_nothing():
    assert run("import math\nassert math.pi > 3") == Outcome(result=QUIET)


@pytest.mark.parametrize(
    ("source", "raised", "line"),
    [
        ("x = 1\nx / 0", "ZeroDivisionError: division by zero", 2),
        ("def f():\n    return y\n\nf()", "NameError: name 'y' is not defined", 2),
        ("import json\njson.loads('[')", "json.decoder.JSONDecodeError: Expecting value", 2),
        ("raise SystemExit(3)", "SystemExit: 3", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
        ("while True print('x')", "SyntaxError: invalid syntax", 1),
        ("class Odd(BaseException): pass\nraise Odd", "Odd", 2),
    ],
)
def test_an_exception_is_reported_with_its_line(source, raised, line):
    result = run(source).result
    assert raised in result["raised"]
    assert result["line"] == line


def test_leaving_the_process_is_reported_with_its_status():
    assert run("import os\nos._exit(3)").failure == "ended its process (exit status 3)"


@posix
def test_a_crash_is_reported_with_its_signal():
    assert "SIGSEGV" in run("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)").failure


def test_an_endless_loop_is_ended():
    assert run("while True: pass", IMPATIENT).failure == "did not end within 1 s"


def test_an_endless_loop_that_no_exception_ends_is_ended():
    source = "while True:\n  try:\n    while True: print('x' * 1000)\n  except BaseException: pass"
    assert run(source, IMPATIENT).failure == "did not end within 1 s"


def test_a_task_of_many_short_steps_is_ended_too():
    sources = ["import time; time.sleep(0.1)\n"] * 100
    outcome = run_tasks([Task("examples", {"sources": sources})], Limits(step=20, task=0.5))[0]
    assert outcome.failure == "did not end within 0.5 s altogether"
    assert 1 <= outcome.reached < 50


@posix
def test_a_memory_bomb_gets_no_memory():
    assert run("x = bytearray(2**31)").result == {**QUIET, "raised": "MemoryError", "line": 1}


@posix
def test_a_memory_bomb_that_grows_gets_no_more_memory():
    limits = Limits(step=20, memory=2**28)
    assert run("x = []\nwhile True:\n    x.append('x' * 10**7)", limits).result["raised"] == "MemoryError"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_of_output_is_stopped(stream):
    source = (
        f"import sys\nwhile True:\n    try: print('x' * 1000, file=sys.{stream})\n    except Exception: pass"
    )
    assert run(source).result["raised"] == "printed more than 100,000 characters"


@posix
def test_a_flood_past_pythons_streams_is_stopped():
    assert "File too large" in run("import os\nwhile True: os.write(2, b'x' * 100_000)").result["raised"]
    assert run("import os\nfor _ in range(100): os.write(1, b'x' * 100_000)").result["raised"] == ""


@posix
def test_a_flood_into_a_file_is_stopped():
    source = "file = open('big', 'wb')\nwhile True: file.write(b'x' * 100_000)"
    assert "File too large" in run(source).result["raised"]


@posix
def test_what_the_code_has_started_ends_with_it(tmp_path):
    noted = tmp_path / "child"
    source = f"""
import os, time
child = os.fork()
if child == 0:
    while True: time.sleep(1)
open({str(noted)!r}, "w").write(str(child))
while True: pass
"""
    assert run(source, IMPATIENT).failure
    child = int(noted.read_text())
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not _runs(child)


_DETACHES = """
import os, time
if os.fork() == 0:
    os.setsid()
    child = os.fork()
    if child == 0:
        while True: time.sleep(1)
    open({noted!r}, "w").write(str(child))
    os._exit(0)
os.wait()
"""


@linux
@pytest.mark.parametrize("ending", ["while True: pass", "os._exit(3)", "os.kill(os.getpid(), 11)", "1 + 1"])
def test_what_leaves_the_session_ends_too_however_the_code_ends(tmp_path, ending):
    noted = tmp_path / "child"
    code = Task("code", {"source": _DETACHES.format(noted=str(noted)) + ending})
    run_tasks([code], IMPATIENT)
    assert not _runs(int(noted.read_text()))


_STARTS = """
import sys
from mlterms.check.sandbox import Limits, Task, run_tasks
run_tasks([Task("code", {"source": sys.argv[1]})], Limits())
"""


@linux
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_started_ends_with_the_program_that_started_it(tmp_path, ending):
    noted = tmp_path / "child"
    source = f"""
import os
import signal
import subprocess
open({str(tmp_path / "new")!r}, "w").write(str(os.getpid()))
os.rename({str(tmp_path / "new")!r}, {str(noted)!r})
while True: pass
"""
    program = subprocess.Popen([sys.executable, "-c", _STARTS, source])
    deadline = time.monotonic() + 30
    while not noted.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    program.send_signal(ending)
    program.wait()
    child = int(noted.read_text())
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(child)


@linux
def test_memory_is_bounded_for_all_processes_together():
    source = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        held = bytearray(120 * 2**20)
        time.sleep(60)
time.sleep(60)
"""
    failure = run(source, Limits(step=50, task=60, memory=400 * 2**20)).failure
    assert "its processes took more than 400 MB of memory together" in failure


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_code_finds_nothing_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    monkeypatch.chdir(tmp_path)
    source = f"""
import os, sys
assert "SECRET" not in os.environ and "PYTHONPATH" not in os.environ
assert sys.stdin.read() == ""
assert os.listdir() == []
assert os.path.realpath(os.getcwd()) != {str(tmp_path.resolve())!r}
assert sys.argv == ["-c"] and "" not in sys.path
"""
    assert run(source).result["raised"] == ""


def test_files_that_code_leaves_behind_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox.tempfile, "tempdir", str(tmp_path))
    assert run("open('left', 'w').write('x')").result["raised"] == ""
    assert list(tmp_path.iterdir()) == []


def test_writing_into_the_report_is_reported():
    source = "import os\nfor n in range(3, 20):\n  try: os.write(n, b'spoofed\\n')\n  except OSError: pass"
    assert "wrote into the report" in run(source).failure


def test_tasks_after_a_fatal_one_keep_their_order():
    sources = ["1", "import os; os._exit(1)", "1 / 0", "import os; os._exit(2)"]
    outcomes = run_tasks([Task("code", {"source": source}) for source in sources], LIMITS)
    assert [o.failure or o.result["raised"] for o in outcomes] == [
        "",
        "ended its process (exit status 1)",
        "ZeroDivisionError: division by zero",
        "ended its process (exit status 2)",
    ]


def test_examples_share_a_namespace_and_print_as_at_the_prompt():
    sources = ["x = 2\n", "x + 1\n", "print('a'); x\n", "None\n", "1 / 0\n", "x\n"]
    outcome = run_tasks([Task("examples", {"sources": sources})], LIMITS)[0]
    assert [(r["out"], r["raised"]) for r in outcome.result] == [
        ("", ""),
        ("3\n", ""),
        ("a\n2\n", ""),
        ("", ""),
        ("", "ZeroDivisionError: division by zero"),
        ("2\n", ""),
    ]


def test_two_tasks_share_no_names():
    outcomes = run_tasks(
        [Task("examples", {"sources": ["x = 2\n"]}), Task("examples", {"sources": ["x\n"]})], LIMITS
    )
    assert outcomes[1].result[0]["raised"] == "NameError: name 'x' is not defined"


def test_the_example_that_hung_is_known():
    outcome = run_tasks([Task("examples", {"sources": ["1\n", "while True: pass\n", "2\n"]})], IMPATIENT)[0]
    assert outcome == Outcome(failure="did not end within 1 s", reached=1)


def test_a_python_that_cannot_start_is_reported_once(monkeypatch):
    monkeypatch.setattr(sandbox, "_START", "raise SystemExit('no such room')")
    with pytest.raises(MltermsError, match="does not start: no such room"):
        run_tasks([Task("code", {"source": "1"})], LIMITS)


def test_no_tasks_start_no_process(monkeypatch):
    monkeypatch.setattr(sandbox, "_START", "raise SystemExit(1)")
    assert run_tasks([], LIMITS) == []
