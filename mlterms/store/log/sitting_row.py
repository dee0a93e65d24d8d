"""The open sitting as its row has it: JSON with a checksum, so that a damaged one is not taken up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from mlterms.store.log.card import to_json


def seal(sitting: Mapping[str, Any]) -> str:
    """The text of the row."""
    content = dict(sitting)
    return to_json({"checksum": crc32(to_json(content).encode()), "sitting": content})


def unseal(text: str) -> dict[str, Any] | None:
    """The sitting in a row; None if the row is damaged."""
    try:
        row = json.loads(text)
        sitting = dict(row["sitting"])
        return sitting if crc32(to_json(sitting).encode()) == row["checksum"] else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
