"""What holds for all tests: NumPy uses one thread, as in the app, and there are more workers than cores."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is imported: the demos' matrices are small


def pytest_xdist_auto_num_workers() -> int:
    """Three workers for each core: tests of the app and of a terminal mostly wait."""
    return 3 * (os.cpu_count() or 1) + 2


@pytest.fixture(scope="session")
def card_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests, in which the index of the bundle is built once: see `same_place`."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def same_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder at the same path for each test. An index of the cards is of one learner's folder: the
    next learner in that place, with the same cache, does not have to build another one."""
    place = tmp_path_factory.getbasetemp() / "same"
    place.mkdir()
    yield place
    place.rename(tmp_path_factory.mktemp("left") / "same")
