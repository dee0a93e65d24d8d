"""What holds for all tests: NumPy uses one thread, as in the app, and there are more workers than cores."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is imported: the demos' matrices are small


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than cores: tests of a terminal spend much of their time waiting for it."""
    return (os.cpu_count() or 1) + 2
