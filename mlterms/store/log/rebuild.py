"""All folded tables made anew from the log, compared with what is there, and put in its place.

A history that is whole is taken from its last event without reading the others: a million events take about a
second. Only histories with an undone event, another machine's events in between or a rename are gone through.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mlterms.base.ids import QuestionId
from mlterms.store.log.card import CARD_COLUMNS
from mlterms.store.log.connection import check_current, explained, transaction
from mlterms.store.log.fold import names_now
from mlterms.store.log.log import Log
from mlterms.store.log.tables import (
    DAYS_ANEW,
    count,
    name_now,
    refold_card,
    refold_settings,
    settings_rows,
)

_KEYS = {"day": "day", "setting": "name", "renamed": "question"}
_AT_ONCE = 5000  # cards decoded together: one call of json for each would cost twice the time

# One row a question: how many events its chain has, the highest nth, the last `after`, and the card as it is
# now. With max(), SQLite takes the other columns from the row that holds the maximum.
_OLD = f"old.{CARD_COLUMNS.replace(', ', ', old.')}"
_TIPS = f"""
SELECT tip.question, tip.events, tip.top, tip.seq, event.after, {_OLD} FROM (
    SELECT question, count(nth) AS events, max(nth) AS top, seq FROM event
    WHERE question IS NOT NULL GROUP BY question
) AS tip JOIN event ON event.seq = tip.seq LEFT JOIN card AS old ON old.question = tip.question
WHERE tip.events > 0
"""
_PUT = f"INSERT INTO card ({CARD_COLUMNS}) VALUES ({', '.join('?' * len(CARD_COLUMNS.split(', ')))})"


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild saw. events: in the log. cards: in the table. again: events whose outcome had to be
    worked out again, because what came before them is not what they were recorded of. wrong: rows that were
    not what the log says, by table."""

    events: int
    cards: int
    again: int
    wrong: dict[str, int]


def rebuild(log: Log, *, write: bool = True) -> RebuildReport:
    """Make the folded tables anew, in one transaction. write=False only compares. Raises MltermsError."""
    with explained(log.path), transaction(log.connection, "IMMEDIATE" if write else "DEFERRED"):
        check_current(log.connection, log.path)
        return rebuild_within(log, write=write)


def rebuild_within(log: Log, *, write: bool = True) -> RebuildReport:
    """The same inside a transaction of the caller."""
    connection = log.connection
    with _new_tables(log):
        dead = log.all_undone()
        connection.executemany(
            "INSERT INTO temp.dead SELECT seq FROM event WHERE uuid = ?", ((uuid,) for uuid in dead)
        )
        now = names_now(log.renames(dead))
        connection.executemany("INSERT INTO temp.renamed_anew VALUES (?, ?)", now.items())
        connection.executemany("INSERT INTO temp.setting_anew VALUES (?, ?)", settings_rows(log, dead))
        connection.execute(f"INSERT INTO temp.day_anew {DAYS_ANEW}")
        cards = _Cards(log)
        cards.look(dead, now)
        wrong = {"card": len(cards.wrong)}
        if write:
            cards.settle()
        wrong |= {table: _settle(log, table, key, write) for table, key in _KEYS.items()}
        (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
        return RebuildReport(events, len(cards.found), cards.again, wrong)


@contextmanager
def _new_tables(log: Log) -> Iterator[None]:
    names = ["dead", "wrong", *(f"{table}_anew" for table in _KEYS)]
    log.connection.execute("CREATE TEMP TABLE dead (seq INTEGER PRIMARY KEY)")
    log.connection.execute("CREATE TEMP TABLE wrong (key)")
    for table in _KEYS:
        log.connection.execute(f"CREATE TEMP TABLE {table}_anew AS SELECT * FROM {table} WHERE 0")
    yield
    for name in names:
        log.connection.execute(f"DROP TABLE temp.{name}")


class _Cards:
    """The table `card`, compared with what the log says.

    found: the questions that have a card. wrong: question → its right row, or None where it should have none.
    again: how many events had to be worked out again.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self.found: set[str] = set()
        self.wrong: dict[str, tuple[Any, ...] | None] = {}
        self.again = 0

    def look(self, dead: set[str], now: dict[str, str]) -> None:
        connection = self._log.connection
        # Ids whose history is in several pieces, or was once, or has gaps.
        torn = {name for rename in self._log.renames(()) for name in rename}
        torn.update(
            question
            for (question,) in connection.execute(
                "SELECT DISTINCT question FROM temp.dead CROSS JOIN event USING (seq)"
                " WHERE question IS NOT NULL"
            )
        )
        tips = connection.execute(_TIPS)
        while rows := list(islice(tips, _AT_ONCE)):
            whole = [row for row in rows if row[1] == row[2] and row[0] not in torn]
            torn.update(row[0] for row in rows if row[1] != row[2])
            cards = json.loads(f"[{','.join(row[4] for row in whole)}]")
            self.found.update(row[0] for row in whole)
            for row, card in zip(whole, cards, strict=True):
                right = (row[0], *card, row[3])
                if right != row[5:]:
                    self.wrong[row[0]] = right
        self._look_at_torn(torn, dead, now)
        for (question,) in connection.execute("SELECT question FROM card"):
            if question not in self.found:
                self.wrong[question] = None

    def _look_at_torn(self, torn: set[str], dead: set[str], now: dict[str, str]) -> None:
        """The histories that are in pieces, event by event."""
        names: dict[str, list[str]] = {question: [question] for question in torn if question not in now}
        for old, new in now.items():
            names[new].append(old)
        for question, known_as in names.items():
            folded = self._log.fold(known_as, dead)
            if folded is not None:
                sql = f"SELECT {CARD_COLUMNS} FROM card WHERE question = ?"
                row = self._log.connection.execute(sql, (question,)).fetchone()
                right = (question, *json.loads(folded.card_json), folded.last.sequence)
                if right != row:
                    self.wrong[question] = right
                self.found.add(question)
                self.again += folded.again

    def settle(self) -> None:
        """Put the right rows in the place of the wrong ones."""
        connection = self._log.connection
        connection.executemany("DELETE FROM card WHERE question = ?", ((each,) for each in self.wrong))
        connection.executemany(_PUT, (row for row in self.wrong.values() if row))


def _settle(log: Log, table: str, key: str, write: bool) -> int:
    """How many rows of `table` are not what was made anew; with `write`, they are then."""
    connection = log.connection
    names = [column[0] for column in connection.execute(f"SELECT * FROM main.{table} LIMIT 0").description]
    anew, old = (", ".join(f"{side}.{name}" for name in names) for side in ("anew", "old"))
    wrong = connection.execute(
        f"INSERT INTO temp.wrong SELECT anew.{key} FROM temp.{table}_anew AS anew"
        f" LEFT JOIN main.{table} AS old ON old.{key} = anew.{key} WHERE ({anew}) IS NOT ({old})"
        f" UNION ALL SELECT {key} FROM main.{table} WHERE {key} NOT IN (SELECT {key} FROM temp.{table}_anew)"
    ).rowcount
    if wrong and write:
        which = f"{key} IN (SELECT key FROM temp.wrong)"
        connection.execute(f"DELETE FROM main.{table} WHERE {which}")
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM temp.{table}_anew WHERE {which}")
    connection.execute("DELETE FROM temp.wrong")
    return wrong


def refold_after_undo(log: Log, question: QuestionId | None, before: set[str]) -> None:
    """Bring the tables up to date after an undo among what was recorded under one id (None: the settings).

    before: the events under that id that did not count until now.
    """
    if question is None:
        return refold_settings(log)
    after = log.undone(question)
    turned = [log.get(uuid) for uuid in before ^ after]
    if any(event.kind == "renamed" for event in turned):
        rebuild_within(log)  # whose history is whose may have changed anywhere
        return None
    for event in turned:
        if event.kind == "answer":
            count(log.connection, event, -1 if event.uuid in after else 1)
    return refold_card(log, name_now(log.connection, question))
