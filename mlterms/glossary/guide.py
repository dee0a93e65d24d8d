"""From the bytes of a guide to a `Guide`: a title, a summary, and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mlterms.glossary.lines import Line, number_lines, read_text, text_of
from mlterms.glossary.parse import CHECK, read_front_matter
from mlterms.glossary.problems import Problem, Report
from mlterms.glossary.types import Guide


@dataclass(frozen=True, slots=True)
class ParsedGuide:
    """What a file says, and what is wrong with it. guide: None where there is an error."""

    guide: Guide | None
    problems: tuple[Problem, ...]
    lines: Sequence[Line] = field(default=(), compare=False)


def parse_guide(path: str, data: bytes, *, guide_id: str) -> ParsedGuide:
    """Read a guide. Never raises on what the file holds: everything that is wrong is among the problems."""
    from mlterms.glossary.models import GuideMatter
    from mlterms.glossary.validation import validate

    report = Report(path)
    text = read_text(data, report)
    if text is None:
        return ParsedGuide(None, report.problems())
    texts = text.split("\n")
    body_at, tree = read_front_matter(texts, report)
    lines = number_lines(texts[body_at:], body_at + 1, report).lines
    for line in lines:
        if line.fence and line.fence.info == CHECK and line.number == line.fence.first:
            report.error(line.number, "a guide has no check blocks: put this one on a card")
    front = tree and validate(GuideMatter, tree, report)
    body = text_of(lines)
    if not body:
        report.error(len(texts), "this guide is empty: write its text below the front matter")
    if not front or report.errors:
        return ParsedGuide(None, report.problems(), lines)
    return ParsedGuide(Guide(guide_id, front.title, front.summary, body, path), report.problems(), lines)
