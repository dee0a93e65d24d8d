"""NumPy without what no demo needs, for a quicker start: a fifth of its import.

NumPy writes the docstrings of its functions in C while it is imported; they are in a module of their own, so
that it can be left out. Its random generators import `hashlib`, which would load OpenSSL; Python's own hashes
are enough for them.
"""

from __future__ import annotations

import sys
from types import ModuleType

from mlterms.base.lean_import import import_without

_DOCSTRINGS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


def import_lean_numpy() -> None:
    """Import `numpy.random` without docstrings and OpenSSL. Where NumPy is there already, nothing happens."""
    if "numpy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in _DOCSTRINGS}
    import_without("numpy.random", {**stand_ins, "_hashlib": None})
