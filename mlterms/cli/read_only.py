"""Marks a command as one that only reads: it creates no database, and warns if the one given is missing."""

from __future__ import annotations

from mlterms.base.atomic import follow_links
from mlterms.base.errors import MltermsError
from mlterms.cli.say import warn
from mlterms.store.workspace import Workspace


def only_read(workspace: Workspace) -> None:
    """Create no file under the name given with --database, which may be mistyped; say that there is none.

    Raises MltermsError where none can be: for links in a circle, or a file in the place of a folder.
    """
    workspace.only_reads = True
    if workspace.is_named and not workspace.path.exists():
        real = follow_links(workspace.path)
        above = next(folder for folder in real.parents if folder.exists())
        if not above.is_dir():
            raise MltermsError(f"{real}: {above} is a file, where a folder should be")
        warn(f"{workspace.path}: there is no such file yet; the first answer creates it")
