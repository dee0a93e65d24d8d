"""The texts of a card, each with what it is and the lines it is on: what the rules about prose look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mlterms.glossary.lines import Line, code_spans, find_text, number_lines
from mlterms.glossary.problems import Report
from mlterms.glossary.types import (
    Choice,
    Cloze,
    Numeric,
    Order,
    Predict,
    Question,
    Recall,
    Term,
)

DEFINITION = "definition"
IMAGE = "In plain words"
PROMPT = "prompt"
RIGHT, WRONG, REASON = "right option", "wrong option", "reason"
ANSWER, EXPLANATION = "answer", "explanation"

_LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
_GAP = re.compile(r"\{\{([^{}|]*)[^{}]*\}\}")
_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")


@dataclass(frozen=True)
class Passage:
    """A text of a card. part: `definition`, the heading of a section, or what it is of a question.

    text: as written. question: its slug, or "". starts: the offset in `text` at which each line begins.
    lines: their numbers.
    """

    part: str
    text: str
    question: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """The line of the file on which the character at `offset` is."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    @cached_property
    def prose(self) -> str:
        """The text with spaces for code, formulas, targets of links and `{names}`; offsets stay."""
        text = _without_code(self.text)
        for pattern in (_LINK_TARGET, _PLACEHOLDER):
            text = pattern.sub(lambda match: " " * len(match[0]), text)
        return text


def passages(term: Term, lines: Sequence[Line]) -> list[Passage]:
    """All texts of a card, in the order of the file. lines: of the file, as the parser gives them."""
    found = [text_passage(DEFINITION, term.definition, lines)]
    found += [text_passage(section.heading, section.text, lines, section.line) for section in term.sections]
    for question in term.questions:
        below = _lines_of(question, lines)
        found += [_in_question(part, text, question, below) for part, text in _texts(question) if text]
    return found


def _texts(question: Question) -> Iterator[tuple[str, str]]:
    is_cloze = isinstance(question, Cloze)
    yield PROMPT, _GAP.sub(lambda match: match[1], question.prompt) if is_cloze else question.prompt
    match question:
        case Recall():
            yield ANSWER, question.answer
            yield from ((ANSWER, idea) for idea in question.ideas)
        case Choice():
            for option in question.options:
                yield RIGHT if option.right or option.when else WRONG, option.text
                yield REASON, option.why
        case Numeric():
            yield from ((REASON, slip.says) for slip in question.slips)
        case Predict():
            yield from ((WRONG, outcome.text) for outcome in question.options)
        case Order():
            yield from ((ANSWER, step) for step in question.steps)
    yield EXPLANATION, question.explain


def _lines_of(question: Question, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a question from its heading on. They end somewhere below it."""
    start = next((i for i, line in enumerate(lines) if line.number >= question.line), len(lines))
    end = next(
        (i for i in range(start + 1, len(lines)) if not lines[i].fence and lines[i].text.startswith("### ")),
        len(lines),
    )
    return lines[start:end]


def _in_question(part: str, text: str, question: Question, lines: Sequence[Line]) -> Passage:
    passage = text_passage(part, text, lines, question.line, question.slug)
    if passage.lines == (question.line,):  # it is in a list or in yaml: look for how it begins
        begins = " ".join(text.split())[:20]
        for line in lines:
            if begins in line.text:
                return Passage(part, text, question.slug, (0,), (line.number,))
    return passage


def text_passage(part: str, text: str, lines: Sequence[Line], start: int = 0, question: str = "") -> Passage:
    """A text that is made of whole lines. start: the line at or below which it begins."""
    found = find_text(lines, text, start)
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    if len(found) != len(starts):
        return Passage(part, text, question, (0,), (start or (lines[0].number if lines else 1),))
    return Passage(part, text, question, tuple(starts), tuple(line.number for line in found))


def _without_code(text: str) -> str:
    """Spaces for fenced blocks, indented formulas and spans between backticks."""
    lines = text.split("\n")
    for line in number_lines(lines, 0, Report("")).lines:
        if line.fence is not None or line.is_formula:
            lines[line.number] = " " * len(lines[line.number])
    text = "\n".join(lines)
    for begin, end in code_spans(text):
        text = text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]
    return text
