"""The errors that Python raises for a damaged SQLite file, whichever of the two databases it is."""

from __future__ import annotations

import sqlite3


def is_garbled(error: Exception) -> bool:
    """Whether Python could not decode text: in a value, or in what SQLite says about a damaged table."""
    return isinstance(error, UnicodeDecodeError) or (
        type(error) is sqlite3.OperationalError and not hasattr(error, "sqlite_errorcode")
    )
