"""A card as plain text, for `mlterms show` and `/card`."""

from __future__ import annotations

from collections.abc import Callable

from mlterms.base.ids import name_of
from mlterms.base.text import clean
from mlterms.base.text_columns import columns
from mlterms.cli.conversation import Conversation
from mlterms.glossary.plain_text import plain_text
from mlterms.glossary.types import Section
from mlterms.quiz.words import introduction_of, own_version_in_words
from mlterms.store.index.overlay import is_own_version
from mlterms.store.index.reader import Index


def introduce(index: Index, lines: Conversation, term_id: str) -> None:
    """Print the definition and a first explanation of a term that is new."""
    term = index.term(term_id)
    lines.say(f"New: {term.title}. {introduction_of(term)}")
    lines.say()
    lines.say("`/card` shows all of the card.")
    lines.say()


def card_lines(index: Index, term_id: str, width: int, bold: Callable[[str], str] | None = None) -> str:
    """The card of a term (its global id), wrapped to `width` columns, and its place among the others.

    bold: makes headings and strong text bold on the terminal at hand, instead of underlining headings.
    """
    term = index.term(term_id)
    parts = [*_heading(term.title, "=", bold), plain_text(clean(term.definition), width, bold), ""]
    for label, others in (("Also called", term.aliases), ("Also explained here", term.explains)):
        if others:
            parts += [plain_text(clean(f"{label}: {', '.join(others)}."), width), ""]
    for section in term.sections:
        parts += [] if section.folded else _section(section, width, bold)
    for label, names in (
        ("Needs", index.needs(term_id)),
        ("Leads to", index.opens(term_id)),
        ("Not to be confused with", index.contrast(term_id)),
    ):
        if names:
            shown = (name.title if name.has_card else f"{name.title} (no card yet)" for name in names)
            parts += [plain_text(clean(f"{label}: {', '.join(shown)}."), width)]
    if term.demo:
        parts += [clean(f"Demo: mlterms demo {term.demo}")]
    if term.sources:
        parts += ["", "Sources:", *(plain_text(clean(f"- {source}"), width) for source in term.sources)]
    for section in term.sections:
        parts += ["", *_section(section, width, bold)] if section.folded else []
    if is_own_version(term.path):
        parts += ["", plain_text(own_version_in_words(name_of(term_id)), width)]
    return "\n".join(parts).rstrip()


def _section(section: Section, width: int, bold: Callable[[str], str] | None) -> list[str]:
    return [*_heading(section.heading, "-", bold), plain_text(clean(section.text), width, bold), ""]


def _heading(text: str, line: str, bold: Callable[[str], str] | None) -> list[str]:
    text = clean(text)
    return [bold(text), ""] if bold else [text, line * columns(text), ""]
