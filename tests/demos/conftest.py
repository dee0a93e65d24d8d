"""The bundled demos, run headless."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, demo_path, load_demo
from mlterms.demo.run import Result, run

SEEDS = range(100)

Measures = Mapping[str, float]


class Bench:
    """Runs bundled demos; each is loaded once."""

    def __init__(self) -> None:
        self._loaded: dict[str, Demo] = {}

    def demo(self, name: str) -> Demo:
        if name not in self._loaded:
            self._loaded[name] = load_demo(demo_path(bundle() / "demos", name))
        return self._loaded[name]

    def run(self, name: str, seed: int = 0, *, knobs: Mapping[str, Any] | None = None, **end: Any) -> Result:
        """A run to its end; `end` is updates=, epochs= or when=."""
        return run(self.demo(name), knobs, seed, **end)

    def measures(
        self, name: str, seed: int = 0, *, knobs: Mapping[str, Any] | None = None, **end: Any
    ) -> Measures:
        """The measures at the end of a run."""
        return self.run(name, seed, knobs=knobs, **end).measures

    def over_seeds(self, one: Callable[[int], float], seeds: Iterable[int] = SEEDS) -> tuple[float, float]:
        """The least and the greatest of `one(seed)`, usually over seeds 0 to 99."""
        values = [one(seed) for seed in seeds]
        return min(values), max(values)


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()


@pytest.fixture(
    params=[
        pytest.param(range(4), id="4 seeds"),
        pytest.param(SEEDS, id="100 seeds", marks=pytest.mark.slow),
    ]
)
def seeds(request: pytest.FixtureRequest) -> range:
    """Four seeds in the usual test run, a hundred in the slow one."""
    return request.param
