"""Writes a picture or a recording where the learner asked for it, and leaves other files alone."""

from __future__ import annotations

from pathlib import Path

from mlterms.base.errors import CallError, MltermsError


def refuse_other_file(path: Path, begins: str) -> None:
    """CallError if `path` is a file that does not begin as what would be written there: it may be precious.

    A file of the same kind, such as an older picture, may be overwritten.
    """
    if str(path) == "-" or not path.is_file():
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(begins)).decode("utf-8", "replace")
    except OSError as error:
        raise MltermsError(f"{path} cannot be read: {error.strerror}") from None
    if start not in ("", begins):
        raise CallError(f"{path} already exists and is something else; name another file")


def save_text(text: str, path: Path) -> None:
    """Write the text; `-` is standard output. MltermsError where the file cannot be written."""
    if str(path) == "-":
        print(text, end="")
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MltermsError(f"{path} cannot be written: {error.strerror}") from None
