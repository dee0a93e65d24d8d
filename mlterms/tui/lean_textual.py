"""Textual without what only other apps need, for a quicker start.

`textual.app` imports its command palette with the widgets in it, what saves a screenshot, what draws lines
between widgets and a table of all colours, and asyncio what encrypted connections need. Without them, a bare
app is painted about 15% sooner. Our palette is loaded when it is opened, and the real module with it. The app
makes no connection: asyncio has no TLS until the program ends.
"""

from __future__ import annotations

import sys
from itertools import count
from types import ModuleType

from mlterms.base.lean_import import import_without

_UNUSED = (
    "textual.command",
    "textual.canvas",
    "rich.table",
    "platformdirs",
    "mimetypes",
    "asyncio.sslproto",
)


class _StandIn(ModuleType):
    """Has an empty class for every name that is asked for."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


class _Uuid(ModuleType):
    """Textual's notifications ask `uuid` for names that are used once; it is loaded with `platform`."""

    uuid4 = count().__next__


def import_lean_textual() -> None:
    """Import `textual.app` with placeholders for modules that are not used, and without `ssl`.

    Call it before anything else of Textual is imported. Where that is too late, nothing happens.
    """
    if "textual.message" in sys.modules:
        return
    stand_ins = {name: _StandIn(name) for name in _UNUSED}
    import_without("textual.app", {**stand_ins, "uuid": _Uuid("uuid"), "ssl": None})
