"""NumPy without what no demo needs, for a quicker start: a third of its import.

NumPy writes the docstrings of its functions in C while it is imported; they are in a module of their own, so
that it can be left out. So are the types for annotations, of which `numpy.linalg` asks for one. Its random
generators take their seeds from `secrets`, which would load OpenSSL to offer more than the random numbers of
the operating system.
"""

from __future__ import annotations

import sys
from random import SystemRandom
from types import ModuleType
from typing import Any

from mlterms.base.lean_import import import_without


def import_lean_numpy() -> None:
    """Import `numpy.random` without docstrings, annotations and OpenSSL. Nothing happens where
    it is imported already."""
    if "numpy" in sys.modules:
        return
    stand_ins = (
        _module("numpy._core._add_newdocs"),
        _module("numpy._core._add_newdocs_scalars"),
        _module("numpy._typing", NDArray=list),  # anything that takes a type in brackets
        _module("secrets", randbits=SystemRandom().getrandbits),  # as `secrets` defines it
    )
    import_without("numpy.random", {module.__name__: module for module in stand_ins})


def _module(name: str, **content: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(content)
    return module
