"""Importing a module without some of what it would import in turn, for a quicker start."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def import_without(module: str, stand_ins: Mapping[str, ModuleType | None]) -> None:
    """Import `module`, which meanwhile finds these in place of the modules of those names. None: importing it
    fails, as in a Python that was built without it.

    What is loaded already stays in place, and afterwards the real modules can be imported.
    """
    absent: dict[str, Any] = {name: each for name, each in stand_ins.items() if name not in sys.modules}
    sys.modules.update(absent)
    try:
        import_module(module)
    finally:
        for name in absent:
            del sys.modules[name]
