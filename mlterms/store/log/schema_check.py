"""Whether the tables and triggers of a database are those that mlterms makes: a file may be damaged, or come
from a stranger."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from mlterms.base.errors import MltermsError
from mlterms.store.log.schema import MIGRATIONS

# Beside the log, other rooms keep what can be derived again. The names of their triggers begin so.
_DERIVED = "course_"
_OWN_TRIGGERS = ("event_stays", "event_remains")


def check_triggers(connection: sqlite3.Connection, path: Path) -> None:
    """Raise MltermsError for a trigger or a view that mlterms does not make. Every start asks."""
    rows = connection.execute(
        "SELECT type, name FROM sqlite_schema"
        " WHERE type IN ('trigger', 'view') OR type = 'table' AND rootpage = 0"  # a virtual table has no page
    )
    for kind, name in rows:
        if kind != "trigger" or not (name in _OWN_TRIGGERS or str(name).startswith(_DERIVED)):
            raise _not_ours(path, f"a {kind} `{name}` that mlterms does not make")


def check_schema(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Raise MltermsError unless the log's tables and triggers are those of that version of the database."""
    check_triggers(connection, path)
    with closing(sqlite3.connect(":memory:")) as model:
        for migration in MIGRATIONS[:version]:
            migration(model)
        wanted, found = _describe_schema(model), _describe_schema(connection)
    for name, description in wanted.items():
        if name not in found:
            raise _not_ours(path, f"it has no {name}")
        if found[name] != description:
            raise _not_ours(path, f"its {name} differs from the one that mlterms creates")


def _not_ours(path: Path, what: str) -> MltermsError:
    return MltermsError(f"{path}: the database is damaged or not from mlterms: {what}")


def _describe_schema(connection: sqlite3.Connection) -> dict[str, object]:
    """The tables by their columns and the triggers by their text, without comments and line breaks."""
    described: dict[str, object] = {}
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger')"
    ).fetchall():
        if kind == "trigger":
            described[f"trigger {name}"] = " ".join(re.sub(r"--.*", "", str(sql)).split())
        else:
            columns = connection.execute(
                'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid', (name,)
            )
            described[f"table {name}"] = columns.fetchall()
    return described
