"""The checker of cards and demos: everything they claim is run, in a process that can do no harm.

`check(path) -> CheckReport`. The rest of the room is loaded with the first call, because the worker, which
starts once for every card, is in this package too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlterms.check.checker import check
    from mlterms.check.report import CheckReport

__all__ = ["CheckReport", "check"]


def __getattr__(name: str) -> Any:
    if name == "check":
        from mlterms.check.checker import check

        return check
    if name == "CheckReport":
        from mlterms.check.report import CheckReport

        return CheckReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
