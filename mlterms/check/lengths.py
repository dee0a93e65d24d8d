"""How long the parts of a card are, and what its first questions are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlterms.base.plurals import count_of
from mlterms.check.passages import DEFINITION, Passage
from mlterms.check.rules import violation
from mlterms.glossary.problems import Problem
from mlterms.glossary.prose import Block, blocks
from mlterms.glossary.types import Choice, Cloze, Question, Recall, Section, Term

MOST_WORDS = {"definition": 25, "In plain words": 120, "Precisely": 150}
BODY = (350, 550)  # words of the definition and all sections but the folded one
MOST_BLOCKS = 2  # of a worked example
ITEMS = (3, 5)  # of "Watch out"

_WORD = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?][\"”')*]*(?:\s|$)(?=\s*[A-ZΑ-Ω\"“*(]|\s*$)")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|cf|approx|etc)\.$")
_ITEM_START = re.compile(r"^(?:[-*+]|\d+[.)]) +", re.MULTILINE)
_NUMBER_WORD = re.compile(
    r"\d|[½¼¾⅓⅔]|\b(?:zero|one|once|two|twice|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|"
    r"third|quarter|double|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)


def check_lengths(path: str, term: Term, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Warnings for parts that are too long, too short, or not as many as they should be."""
    definition = next(passage for passage in passages if passage.part == DEFINITION)
    count, most = count_words(term.definition), MOST_WORDS["definition"]
    sentences = count_sentences(term.definition)
    if count > most or sentences > 1:
        length = f"{count_of(count, 'word')} in {count_of(sentences, 'sentence')}"
        message = f"the definition has {length}: write one of at most {most} words"
        yield violation(path, definition.line_at(0), "definition-length", message)
    for section in term.sections:
        yield from _check_section(path, section)
    for passage in passages:
        if passage.part == "Watch out":
            yield from _check_watch_out(path, passage)
    shown = [section for section in term.sections if not section.folded]
    total = sum(count_words(text, all_of_it=True) for text in (term.definition, *(s.text for s in shown)))
    if shown and not BODY[0] <= total <= BODY[1]:
        message = f"the card has {count_of(total, 'word')} without questions and Going further"
        yield violation(path, definition.line_at(0), "length", f"{message}: write {BODY[0]} to {BODY[1]}")


def _check_section(path: str, section: Section) -> Iterator[Problem]:
    most, count = MOST_WORDS.get(section.heading, 0), count_words(section.text)
    if most and count > most:
        message = f"`{section.heading}` has {count_of(count, 'word')}: write at most {most}"
        yield violation(path, section.line, "length", message)
    if section.heading == "Worked example":
        code = sum(block.kind == "code" for block in blocks(section.text))
        if code > MOST_BLOCKS:
            message = f"the worked example has {code:,} blocks of code: write at most {MOST_BLOCKS}"
            yield violation(path, section.line, "length", message)


def _check_watch_out(path: str, passage: Passage) -> Iterator[Problem]:
    items = [block for block in blocks(passage.text) if block.kind in ("item", "wrong") and not block.indent]
    if not ITEMS[0] <= len(items) <= ITEMS[1]:
        count = count_of(len(items), "item")
        message = f"`Watch out` has {count}: write {ITEMS[0]} to {ITEMS[1]}"
        yield violation(path, passage.line_at(0), "watch-out", message)
    for item, start in zip(items, _ITEM_START.finditer(passage.text), strict=False):
        line = passage.line_at(start.start())
        if item.kind != "wrong":
            form = '`- *"The misconception."* The correction.`'
            yield violation(path, line, "watch-out", f"this quotes no misconception: write {form}")
        elif not _NUMBER_WORD.search("".join(run.text for run in item.rest)):
            message = "this is put right without a number: take one that the code of the card computes"
            yield violation(path, line, "watch-out", message)


def _text(block: Block) -> str:
    return "".join(run.text for run in (*block.runs, *block.rest))


def count_words(markdown: str, all_of_it: bool = False) -> int:
    """Words of some Markdown. all_of_it: with those in code and formulas."""
    found = [block for block in blocks(markdown) if all_of_it or block.kind not in ("code", "formula")]
    texts = [" ".join([_text(block), *block.lines]) for block in found]
    return sum(bool(_WORD.search(word)) for text in texts for word in text.split())


def count_sentences(text: str) -> int:
    """Sentences of a text without blocks."""
    ends = [match.start() + 1 for match in _SENTENCE_END.finditer(text)]
    return max(1, sum(not _ABBREVIATION.search(text[:end]) for end in ends))


def check_first_questions(path: str, term: Term) -> Iterator[Problem]:
    """Warnings for the order of a card's questions and for a term that is never asked for."""
    for place, question in enumerate(term.questions[:2], 1):
        message = _misplaced(place, question)
        if message:
            yield violation(path, question.line, "first-questions", message, question.slug)
    names = {_bare(name) for name in (term.title, *_in_brackets(term.title), *term.aliases)}
    gaps = [gap for each in term.questions if isinstance(each, Cloze) for gap in each.gaps]
    if term.questions and not any(_bare(answer) in names for gap in gaps for answer in gap):
        message = f"no cloze has the gap `{{{{{term.title}}}}}`: ask for the term from its definition"
        yield violation(path, term.questions[0].line, "term-gap", message)


def _misplaced(place: int, question: Question) -> str:
    if place == 1 and not isinstance(question, Choice | Cloze):
        return f"the first question is a {question.kind}: begin with an easy choice or cloze"
    if place == 1 and isinstance(question, Choice) and (question.draw or question.let):
        return "the first question draws its numbers: begin with one that needs no calculation"
    if place == 2 and not isinstance(question, Recall | Cloze):
        return f"the second question is a {question.kind}: ask for the definition, as a recall or cloze"
    return ""


def _bare(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name.partition(" (")[0]).strip().lower()


def _in_brackets(title: str) -> list[str]:
    found = re.search(r"\((.+)\)", title)
    return found[1].split(", ") if found else []
