"""What is wrong with a card or a deck, and where: `Problem`, and the `Report` that collects them."""

from __future__ import annotations

from typing import NamedTuple

from mlterms.base.errors import place_in_file

MOST = 100  # problems that are reported of one file; a file that is not a card would give thousands


class Problem(NamedTuple):
    """One thing to correct. `message` says what is wrong and what to write instead.

    line: from 1; 0 where the file as a whole is meant. severity: "error" or "warning"; a question or card
    with an error is set aside; a warning changes nothing, except that what is still to be written is not
    asked. question: the slug of the question it is about, or "". rule: the name of the checker's rule, which
    can be switched off, or "".
    """

    path: str
    line: int
    message: str
    severity: str = "error"
    question: str = ""
    rule: str = ""

    def __str__(self) -> str:
        where = place_in_file(self.path, self.line)
        warning = "" if self.severity == "error" else "warning: "
        return f"{where}: {warning}{self.message}" + (f" [{self.rule}]" if self.rule else "")


class Report:
    """Collects the problems of one file while it is read. `errors` counts the errors so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.errors = 0
        self.question = ""
        self._problems: list[Problem] = []

    def error(self, line: int, message: str) -> None:
        self.errors += 1
        self._add(line, message, "error")

    def warn(self, line: int, message: str) -> None:
        self._add(line, message, "warning")

    def problems(self) -> tuple[Problem, ...]:
        """All of them, by line; beyond the first `MOST` only their number."""
        found = sorted(self._problems, key=lambda problem: problem.line)
        if len(found) > MOST:
            rest = f"and {len(found) - MOST} more problems: correct the first ones and look again"
            found = [*found[:MOST], Problem(self.path, found[MOST].line, rest)]
        return tuple(found)

    def _add(self, line: int, message: str, severity: str) -> None:
        self._problems.append(Problem(self.path, line, message, severity, self.question))
