"""Textual without what only other apps need, for a quicker start.

`textual.app` imports its command palette, with the widgets in it, and asyncio imports what encrypted
connections need. Without both, a bare app is painted about 10% sooner. Our palette is loaded when it is
opened, and the real module with it. The app makes no connection: asyncio has no TLS until the program ends.
"""

from __future__ import annotations

import sys
from types import ModuleType

from mlterms.base.lean_import import import_without

_PALETTE = "textual.command"


class _StandIn(ModuleType):
    """Has an empty class for every name that is asked for."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def import_lean_textual() -> None:
    """Import `textual.app` with a placeholder for its command palette, and without `ssl`.

    Call it before anything else of Textual is imported. Where that is too late, nothing happens.
    """
    if "textual.message" in sys.modules:
        return
    import_without("textual.app", {_PALETTE: _StandIn(_PALETTE), "ssl": None})
