"""How ids, slugs and drawn names are spelt, and what to write instead of one that is spelt otherwise."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters of an id; a file name has to hold it on every platform

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def is_kebab(text: str) -> bool:
    """Whether `text` may be the id of a term, a deck, a topic or a question: `batch-size`."""
    return len(text) <= LONGEST and _KEBAB.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether `text` may name a drawn number, a run, a knob or a measure: `batch_size`."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def kebab(text: str) -> str:
    """`text` made an id: `Überfitting (bad)` becomes `uberfitting-bad`; "" if nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text[: 4 * LONGEST]).encode("ascii", "ignore").decode()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", plain).lower()
    return "-".join(re.findall(r"[a-z0-9]+", spaced))[:LONGEST].strip("-")


def kebab_hint(text: str) -> str:
    """What to say about an id that is not in kebab-case."""
    instead = kebab(text)
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    meant = f": write `{instead}`" if instead and instead != text else ""
    return f"`{shown}` is not an id (small letters, digits and single hyphens, at most {LONGEST}){meant}"
