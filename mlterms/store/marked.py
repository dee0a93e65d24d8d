"""Which questions are marked: flagged, suspended, buried, or forgotten again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId
from mlterms.store.leeches import LEECH

if TYPE_CHECKING:
    import sqlite3


def marked_questions(connection: sqlite3.Connection, today: Day) -> list[QuestionId]:
    """Their ids, in alphabetical order; some may be in no card any more."""
    rows = connection.execute(
        "SELECT question FROM card WHERE flagged OR suspended OR lapses >= ? OR buried_until > ?"
        " ORDER BY question",
        (LEECH, today),
    )
    return [QuestionId(question) for (question,) in rows]
