"""The benchmark runs where its peers are missing."""

import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).parents[2] / "benchmarks" / "nn.py"


def test_it_prints_a_row_for_every_peer_whether_it_is_there_or_not():
    asked = [sys.executable, str(FILE), "--seconds", "0.001"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    rows = [line[:16].strip() for line in done.stdout.splitlines()[2:8]]
    assert rows == ["batch", "mlterms.nn", "plain NumPy", "PyTorch eager", "scikit-learn", "ConvNetJS"]
