"""A JSON schema of the front matter of cards, for editors that complete and check YAML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlterms.glossary.types import Deck

_ABOUT = {
    "title": "The term as it is shown.",
    "topic": "The id of a topic in deck.toml.",
    "needs": "Ids of the terms that must be known first; of another deck as deck:term.",
    "contrast": "Ids of the terms that it is confused with. They name it back.",
    "aliases": "Other names of the term.",
    "explains": "Notions without a card of their own that this card explains.",
    "found_by": "Other words that people type who look for this card. Not shown.",
    "demo": "The name of its demo.",
    "sources": "Where the facts come from.",
    "was": "Ids that this term had before.",
}
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_TERM = "^([a-z0-9]+(-[a-z0-9]+)*:)?[a-z0-9]+(-[a-z0-9]+)*$"


def front_matter_schema(deck: Deck | None = None, terms: Iterable[str] = ()) -> dict[str, Any]:
    """The schema. deck: whose topics an editor should offer. terms: the ids that a card may name."""
    from mlterms.glossary.models import FrontMatter

    schema = FrontMatter.model_json_schema()
    fields = schema["properties"]
    for name, sentence in _ABOUT.items():
        fields[name] = {key: value for key, value in fields[name].items() if key != "title"}
        fields[name]["description"] = sentence
    known = sorted({*terms, *(deck.planned if deck else ())})
    fields["topic"] |= {"enum": list(deck.topics)} if deck and deck.topics else {"pattern": _ID}
    for name in ("needs", "contrast"):
        fields[name]["items"] = {"anyOf": [{"enum": known}, {"type": "string", "pattern": _TERM}]}
    fields["was"]["items"] = {"type": "string", "pattern": _ID}
    fields["demo"] = {"type": "string", "pattern": _ID, "description": _ABOUT["demo"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Front matter of a card",
    }
