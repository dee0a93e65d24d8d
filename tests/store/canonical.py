"""The tables that are folded from a log, in the same form on every machine."""

from __future__ import annotations

from collections.abc import Iterator

from mlterms.store.log.card import CARD_COLUMNS
from mlterms.store.log.log import Log


def canonical(log: Log) -> Iterator[str]:
    """The folded tables line by line, in the same form on every machine: floats with every bit, and events by
    uuid where the tables have their sequence in this file."""
    uuids = "(SELECT uuid FROM event WHERE seq = last_event)"
    queries = {
        "card": f"SELECT {CARD_COLUMNS.replace('last_event', uuids)} FROM card ORDER BY question",
        "day": "SELECT * FROM day ORDER BY day",
        "setting": "SELECT * FROM setting ORDER BY name",
        "renamed": "SELECT * FROM renamed ORDER BY question",
    }
    for table, query in queries.items():
        for row in log.connection.execute(query):
            yield f"{table} {row!r}"
