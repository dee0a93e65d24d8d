"""Marks a command as one that only reads: it creates no database, and warns if the one given is missing."""

from __future__ import annotations

from mlterms.cli.say import warn
from mlterms.store.workspace import Workspace


def only_read(workspace: Workspace) -> None:
    """Create no file under the name given with --database, which may be mistyped; say that there is none."""
    workspace.only_reads = True
    if workspace.is_named and not workspace.path.exists():
        warn(f"{workspace.path}: there is no such file yet; the first answer creates it")
