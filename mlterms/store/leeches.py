"""Leeches: questions that are forgotten again and again."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import QuestionId, term_of
from mlterms.store.availability import IN_A_CARD

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index, Link

LEECH = 8
"""Lapses from which a question is a leech, as in Anki."""


class Leech(NamedTuple):
    """A question that keeps being forgotten, the terms it may be confused with, and a demo ("" for none)."""

    question: QuestionId
    term: str
    title: str
    lapses: int
    contrast: list[Link]
    demo: str


def leeches(connection: sqlite3.Connection, index: Index) -> list[Leech]:
    """Questions with many lapses, the most forgotten first."""
    rows = connection.execute(
        f"SELECT question, lapses FROM card WHERE lapses >= {LEECH} AND suspended = 0 AND {IN_A_CARD}"
        " ORDER BY lapses DESC, question"
    )
    found = ((question, lapses, index.row(term_of(question))) for question, lapses in rows.fetchall())
    return [
        Leech(question, row.id, row.title, lapses, index.contrast(row.id), row.demo)
        for question, lapses, row in found
        if row
    ]
