"""The bundled demos, run headless."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, demo_path, load_demo
from mlterms.demo.run import run

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

    def measures(
        self, name: str, seed: int = 0, *, knobs: Mapping[str, Any] | None = None, **end: Any
    ) -> Measures:
        """The measures at the end of a run; `end` is updates=, epochs= or when=."""
        return run(self.demo(name), knobs, seed, **end).measures

    def over_seeds(self, one: Callable[[int], float]) -> tuple[float, float]:
        """The least and the greatest of `one(seed)` over seeds 0 to 99."""
        values = [one(seed) for seed in SEEDS]
        return min(values), max(values)


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()
