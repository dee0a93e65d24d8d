"""What must not be loaded by looking at what is due, seen from a process of its own."""

import subprocess
import sys

PROGRAM = """
import sys
from mlterms.base.clock import Now
from mlterms.memory.forgetting import retrievability
from mlterms.memory.schedule import Policy, due_now, interval_text
from mlterms.memory.state import CardState, Phase
state = CardState(Phase.REVIEW, 0, 5.0, 5.0, None, 20_785, 1_795_258_800_000, 20_780, 2, 0)
due_now(state, Now(1_795_258_800_000, 0), Policy()), interval_text(state, Now(0, 0), Policy())
print(*sorted(sys.modules))
"""


def test_telling_what_is_due_loads_neither_fsrs_nor_anything_heavy():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {
        "fsrs_rs_python",
        "numpy",
        "sqlite3",
        "textual",
        "pydantic",
        "yaml",
        "hashlib",
        "random",
        "datetime",
    }
    assert "mlterms.memory.schedule" in loaded
    assert not loaded & heavy
