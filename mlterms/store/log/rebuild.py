"""Rebuilds the folded tables: folds the whole log again, compares the tables with it, and corrects them.

The card of a complete history is in its last event, so the others need not be read: a million events take
about a second. Only fragmented histories (an undone event, events of another machine in between, a rename)
are folded event by event.
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
from mlterms.store.log.connection import check_current, explain_sqlite_errors, transaction
from mlterms.store.log.fold import names_now
from mlterms.store.log.log import Log
from mlterms.store.log.tables import (
    ALL_DAYS,
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
    """The result of a rebuild.

    events: in the log. cards: in the table. recomputed: events whose outcome had to be computed again,
    because the card before them is not the one that they were recorded of. wrong: the number of rows that
    differed from the log, by table.
    """

    events: int
    cards: int
    recomputed: int
    wrong: dict[str, int]


def rebuild(log: Log, *, write: bool = True) -> RebuildReport:
    """Rebuild the folded tables in one transaction. write=False only compares. Raises MltermsError."""
    with explain_sqlite_errors(log.path), transaction(log.connection, "IMMEDIATE" if write else "DEFERRED"):
        check_current(log.connection, log.path)
        return rebuild_within(log, write=write)


def rebuild_within(log: Log, *, write: bool = True) -> RebuildReport:
    """As `rebuild`, inside a transaction of the caller."""
    connection = log.connection
    with _new_tables(log):
        undone = log.all_undone()
        connection.executemany(
            "INSERT INTO temp.undone SELECT seq FROM event WHERE uuid = ?", ((uuid,) for uuid in undone)
        )
        now = names_now(log.renames(undone))
        connection.executemany("INSERT INTO temp.new_renamed VALUES (?, ?)", now.items())
        connection.executemany("INSERT INTO temp.new_setting VALUES (?, ?)", settings_rows(log, undone))
        connection.execute(f"INSERT INTO temp.new_day {ALL_DAYS}")
        cards = _Cards(log)
        cards.compare(undone, now)
        wrong = {"card": len(cards.wrong)}
        if write:
            cards.write_corrections()
        wrong |= {table: _correct_table(log, table, key, write) for table, key in _KEYS.items()}
        (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
        return RebuildReport(events, len(cards.found), cards.recomputed, wrong)


@contextmanager
def _new_tables(log: Log) -> Iterator[None]:
    names = ["undone", "wrong", *(f"new_{table}" for table in _KEYS)]
    log.connection.execute("CREATE TEMP TABLE undone (seq INTEGER PRIMARY KEY)")
    log.connection.execute("CREATE TEMP TABLE wrong (key)")
    for table in _KEYS:
        log.connection.execute(f"CREATE TEMP TABLE new_{table} AS SELECT * FROM {table} WHERE 0")
    yield
    for name in names:
        log.connection.execute(f"DROP TABLE temp.{name}")


class _Cards:
    """The table `card`, compared with the log.

    found: the questions that should have a card. wrong: question → its correct row, or None if it should have
    none. recomputed: the number of events whose outcome had to be computed again.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self.found: set[str] = set()
        self.wrong: dict[str, tuple[Any, ...] | None] = {}
        self.recomputed = 0

    def compare(self, undone: set[str], now: dict[str, str]) -> None:
        """Find the rows that are wrong. now: old id → id now."""
        connection = self._log.connection
        # The ids whose history is in several pieces, or was once, or has gaps.
        fragmented = {name for rename in self._log.renames(()) for name in rename}
        fragmented.update(
            question
            for (question,) in connection.execute(
                "SELECT DISTINCT question FROM temp.undone CROSS JOIN event USING (seq)"
                " WHERE question IS NOT NULL"
            )
        )
        tips = connection.execute(_TIPS)
        while rows := list(islice(tips, _AT_ONCE)):
            whole = [row for row in rows if row[1] == row[2] and row[0] not in fragmented]
            fragmented.update(row[0] for row in rows if row[1] != row[2])
            cards = json.loads(f"[{','.join(row[4] for row in whole)}]")
            self.found.update(row[0] for row in whole)
            for row, card in zip(whole, cards, strict=True):
                right = (row[0], *card, row[3])
                if right != row[5:]:
                    self.wrong[row[0]] = right
        self._compare_fragmented(fragmented, undone, now)
        for (question,) in connection.execute("SELECT question FROM card"):
            if question not in self.found:
                self.wrong[question] = None

    def _compare_fragmented(self, fragmented: set[str], undone: set[str], now: dict[str, str]) -> None:
        """Fold the histories that are in pieces, event by event."""
        names: dict[str, list[str]] = {question: [question] for question in fragmented if question not in now}
        for old, new in now.items():
            names[new].append(old)
        for question, known_as in names.items():
            folded = self._log.fold(known_as, undone)
            if folded is not None:
                sql = f"SELECT {CARD_COLUMNS} FROM card WHERE question = ?"
                row = self._log.connection.execute(sql, (question,)).fetchone()
                right = (question, *json.loads(folded.card_json), folded.last.sequence)
                if right != row:
                    self.wrong[question] = right
                self.found.add(question)
                self.recomputed += folded.recomputed

    def write_corrections(self) -> None:
        """Replace the wrong rows with the correct ones."""
        connection = self._log.connection
        connection.executemany("DELETE FROM card WHERE question = ?", ((each,) for each in self.wrong))
        connection.executemany(_PUT, (row for row in self.wrong.values() if row))


def _correct_table(log: Log, table: str, key: str, write: bool) -> int:
    """The number of rows of `table` that differ from the log; with `write`, they are corrected."""
    connection = log.connection
    names = [column[0] for column in connection.execute(f"SELECT * FROM main.{table} LIMIT 0").description]
    new, old = (", ".join(f"{side}.{name}" for name in names) for side in ("new", "old"))
    wrong = connection.execute(
        f"INSERT INTO temp.wrong SELECT new.{key} FROM temp.new_{table} AS new"
        f" LEFT JOIN main.{table} AS old ON old.{key} = new.{key} WHERE ({new}) IS NOT ({old})"
        f" UNION ALL SELECT {key} FROM main.{table} WHERE {key} NOT IN (SELECT {key} FROM temp.new_{table})"
    ).rowcount
    if wrong and write:
        which = f"{key} IN (SELECT key FROM temp.wrong)"
        connection.execute(f"DELETE FROM main.{table} WHERE {which}")
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM temp.new_{table} WHERE {which}")
    connection.execute("DELETE FROM temp.wrong")
    return wrong


def refold_after_undo(log: Log, question: QuestionId | None, before: set[str]) -> None:
    """Bring the tables up to date after an undo of an event under one id (None: a change of the settings).

    before: the events under that id that did not count before the undo.
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
