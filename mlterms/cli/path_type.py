"""The type of an argument that is a path. An empty one is an error, and not the current folder; and so is `-`
where only a file or a folder will do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class FilePath(click.Path):
    """As `click.Path`, with a `Path` as its value."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty", param, context)
        if value == "-" and not self.allow_dash:
            kinds = ("file",) * self.file_okay + ("folder",) * self.dir_okay
            self.fail(f"'-' means standard input, but a {' or '.join(kinds)} is needed here", param, context)
        path: Any = super().convert(value, param, context)
        is_named_so = value != "-" and path == Path("-")  # `./-`, which pathlib shortens
        return path.absolute() if is_named_so else path
