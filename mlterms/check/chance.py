"""Whether chance has a part in a run of a demo: where it has none, every seed gives the same run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.run import run
from mlterms.demo.state import State


def is_chancy(demo: Demo, knobs: Mapping[str, Any], **ends: Any) -> bool:
    """Make the run once more, from seed 0, and see whether anything is drawn from its generator.

    A demo gets its chance from the generator that is handed to `setup` and stays in `s.rng`. ends: as `run`
    takes them.
    """
    given: list[np.random.Generator] = []

    def setup(knobs: Knobs, rng: np.random.Generator) -> State:
        given.append(rng)
        return demo.setup(knobs, rng)

    run(replace(demo, setup=setup), knobs, 0, **ends)
    return any(_place(rng) != _place(np.random.default_rng(0)) for rng in given)


def _place(rng: np.random.Generator) -> tuple[str, int]:
    """Where a generator is in its sequence, and how many children it has had."""
    bits = rng.bit_generator
    return repr(bits.state), getattr(bits.seed_seq, "n_children_spawned", 0)
