"""The rules of the checker that can be switched off: their names, what they hold, and how strictly."""

from __future__ import annotations

from mlterms.glossary.problems import Problem

RULES = {
    "accepted": "Each answer that a card accepts is right, but no other answer or term is a slip of it.",
    "alias": "Another name is not the title, and is listed once in the deck.",
    "answer-shown": "The explanation of a numeric question shows the answer.",
    "betrayed": "A wrong line is not given away by a variable that is never used.",
    "definition-length": "A definition is one sentence of at most 25 words.",
    "duplicate": "No two questions of the deck ask the same.",
    "early-word": "A term that comes later is linked where it is used, or not used.",
    "equation": "What is calculated in a text comes out as it says.",
    "explains": "What a card says it explains is in its text.",
    "first-questions": "The first question is an easy choice or cloze, the second asks for the definition.",
    "ideas": "A recall asks for at most four ideas.",
    "length": "A section, and the card as a whole, has the length that can be read in one go.",
    "link": "A link to another card leads to a card.",
    "longest-option": "The right option is the longest no more often than by chance.",
    "misconception": "A mistaken belief that has an id is asked after in at least two questions.",
    "never-right": "Each option of a choice that draws is right in some draw.",
    "number": "Each number in a text is computed by code on the card.",
    "outcomes": "No option of predictions is right, or wrong, too often.",
    "place": "The right option is in each place equally often.",
    "reasons": "Either each option has a reason or none has.",
    "require": "Each part of `require` excludes something.",
    "slips": "Each slip of a numeric question is recognised in some draw.",
    "spelling": "A word is spelled in one way over the whole deck.",
    "steps": "No step of an order question says its place.",
    "symbol": "A letter has one meaning over the whole deck.",
    "term-gap": "The term itself is the gap of a cloze.",
    "watch-out": "A misconception is quoted, and put right with a number.",
    "width": "A line of code fits a terminal.",
}
ERRORS = frozenset({"accepted", "equation", "explains", "link", "number"})


def violation(path: str, line: int, rule: str, message: str, question: str = "") -> Problem:
    """The problem that a card breaks a rule: an error or a warning, as the rule says."""
    severity = "error" if rule in ERRORS else "warning"
    return Problem(path, line, message, severity, question, rule)
