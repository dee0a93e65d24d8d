"""The room needs nothing but NumPy."""

import subprocess
import sys


def test_nothing_but_numpy_comes_with_it():
    code = (
        "import sys, mlterms.nn; ours = {m for m in sys.modules if m.startswith('mlterms')};"
        "print(sorted(m for m in ours if not m.startswith('mlterms.nn') and m != 'mlterms'),"
        " [m for m in ('textual', 'sqlite3', 'click', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
