"""Finds answers in backups when the database has none, because it may have replaced a lost one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.base.paths import restore_command
from mlterms.base.plurals import count_of
from mlterms.store.log.backup import DAMAGED, backups_and_rescued
from mlterms.store.log.connection import connect, explain_sqlite_errors
from mlterms.store.log.learner import Learner

_ANSWERS = "SELECT count(*) FROM event WHERE kind = 'answer'"


class SavedAnswers(NamedTuple):
    """A copy of a database. made: local time. command: what brings it back."""

    answers: int
    made: datetime
    command: str

    def __str__(self) -> str:
        it = "it" if self.answers == 1 else "them"
        count = count_of(self.answers, "answer")
        return (
            f"No answer is recorded here, but a copy from {self.made:%Y-%m-%d %H:%M} has {count}: "
            f"`{self.command}` brings {it} back."
        )


def find_saved_answers(learner: Learner) -> SavedAnswers | None:
    """The newest copy that has answers; None where the database has some itself, or no copy has any."""
    with explain_sqlite_errors(learner.path):
        if learner.connection.execute("SELECT 1 FROM event WHERE kind = 'answer' LIMIT 1").fetchone():
            return None
    for copy in backups_and_rescued(learner.path):
        answers = _count_answers(copy.path) if copy.why != DAMAGED else 0
        if answers:
            return SavedAnswers(answers, copy.made, restore_command(copy.path, learner.path))
    return None


def _count_answers(copy: Path) -> int:
    with suppress(MltermsError, sqlite3.Error), closing(connect(copy, immutable=True)) as connection:
        return int(connection.execute(_ANSWERS).fetchone()[0])
    return 0
