"""The type of an argument that is a path: an empty one is an error, and not the current folder."""

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
        return super().convert(value, param, context)
