"""The errors that people read. Each says what is wrong, where, and what to do."""

from __future__ import annotations


class MltermsError(Exception):
    """Something is wrong that the person can fix. `str(error)` is the whole sentence.

    `exit_code` is the exit code of the command line: 1 if something was wrong, 2 if it was called wrongly.
    """

    exit_code = 1


class CallError(MltermsError):
    """The program was called wrongly: an unknown term, an option out of range."""

    exit_code = 2


class FileError(MltermsError):
    """Something in a file is wrong. line: from 1, or 0 for the whole file."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{place_in_file(self.path, self.line)}: {self.message}"


class DamagedError(MltermsError):
    """A database cannot be read as one: a disk, or another program, has changed it."""


def place_in_file(path: str, line: int) -> str:
    """`path:line`, or the path alone for line 0, on one line even if the file's name holds line ends."""
    path = path.replace("\n", " ").replace("\r", " ")
    return f"{path}:{line}" if line else path


class Overtaken(MltermsError):  # noqa: N818 - it is not a fault: another window was quicker
    """Another window or process has answered this question since it was shown here."""
